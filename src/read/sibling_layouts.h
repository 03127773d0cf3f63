// The layout of a source that shows too little by itself, by the files beside it.
//
// Problem. A file with one entry looks like a document with a title, though it is one of a listing that fills the
// other files of its folder. Read differently, its entry meets no copy of it.
// Idea. Such a source is read like the files of the same folder and ending: by the layout that most of them show, if
// they show any, and if it finds records in the source and nothing else.
//
// In:      the inputs of the run. The first kMostAsked of a folder and ending are looked at, so the answer depends on
//          the inputs and their order alone.
// Cost:    once: the names of the files; once a folder and ending in which there is such a source: the beginnings of
//          these files. A copy knows what the others have found out, so that files can be read one by one.
// Threads: one caller, of all copies. Failure: none; a file that cannot be read says nothing.
#ifndef UNECHO_SRC_READ_SIBLING_LAYOUTS_H_
#define UNECHO_SRC_READ_SIBLING_LAYOUTS_H_

#include <cstddef>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "layouts/sniff.h"
#include "read/input.h"
#include "unecho/layouts.h"

namespace unecho {

class SiblingLayouts {
 public:
  static constexpr size_t kMostAsked = 8;

  // `files` outlive it. `encoding`, `options`: as the sources are read.
  SiblingLayouts(std::span<const InputFile> files, std::string encoding, LayoutOptions options)
      : files_(files),
        encoding_(std::move(encoding)),
        options_(std::move(options)),
        groups_(std::make_shared<std::map<std::string, Group>>()) {}

  // Whether the files beside `file` are asked, where `own` is what it shows by itself. Then LayoutOf() wants its first
  // kSniffBytes.
  bool AreAsked(const InputFile& file, const Detected& own) { return own.is_weak && GroupWith(file) != nullptr; }
  // What is known of `file`, which begins with `prefix`.
  Detected LayoutOf(const InputFile& file, std::string_view prefix, Detected own);

 private:
  // Of one folder and ending.
  struct Group {
    std::vector<const InputFile*> files;
    bool was_asked = false;
    LayoutPtr layout;  // null: they do not agree
  };
  // Null: there is no other file in it.
  Group* GroupWith(const InputFile& file);
  LayoutPtr LayoutOf(Group& group) const;

  std::span<const InputFile> files_;
  std::string encoding_;
  LayoutOptions options_;
  std::shared_ptr<std::map<std::string, Group>> groups_;  // empty: not yet found
};

}  // namespace unecho

#endif  // UNECHO_SRC_READ_SIBLING_LAYOUTS_H_
