// The layout of a source that shows too little by itself, by the files beside it.
//
// Problem. A file with one entry looks like a document with a title, though it is one of a listing that fills the
// other files of its folder. Read differently, its entry meets no copy of it.
// Idea. Such a source is read like the files of the same folder and ending: by the layout that most of them show, if
// they show any, and if it finds records in the source and nothing else.
//
// In:      the inputs of the run. The first kMostAsked of a folder and ending are looked at, so the answer depends on
//          the inputs and their order alone.
// Cost:    once a folder and ending in which there is such a source: the beginnings of these files.
// Threads: one caller. Failure: none; a file that cannot be read says nothing.
#ifndef UNECHO_SRC_READ_SIBLING_LAYOUTS_H_
#define UNECHO_SRC_READ_SIBLING_LAYOUTS_H_

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "layouts/sniff.h"
#include "read/input.h"
#include "unecho/layouts.h"

namespace unecho {

class SiblingLayouts {
 public:
  static constexpr size_t kMostAsked = 8;

  // `files` outlive it. `encoding`, `options`: as the sources are read.
  SiblingLayouts(std::span<const InputFile> files, std::string encoding, LayoutOptions options)
      : files_(files), encoding_(std::move(encoding)), options_(std::move(options)) {}

  // What is known of `file`, which begins with `prefix`, where `own` is what it shows by itself.
  Detected LayoutOf(const InputFile& file, std::string_view prefix, Detected own);

 private:
  LayoutPtr LayoutOfGroup(const std::string& group);

  std::span<const InputFile> files_;
  std::string encoding_;
  LayoutOptions options_;
  std::map<std::string, LayoutPtr> groups_;  // by folder and ending; null: they do not agree
};

}  // namespace unecho

#endif  // UNECHO_SRC_READ_SIBLING_LAYOUTS_H_
