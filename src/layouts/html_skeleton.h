// What Gumbo is given instead of a document, so that it is asked only for what it knows.
//
// It takes every byte through its state machine, some 30 ns each, but what matters to it is the markup. So it is given
// a skeleton: tags without attributes, no scripts, style sheets or comments, and for each run of text one code point of
// private use, by which the run is found again in the tree. Entities and white space stay for it to judge.
//
// It follows the HTML5 algorithm, which looks through the open elements at many a tag: a document with thousands of
// them would take quadratic time. So elements inside kMaxDepth others are left out, and their text stands in what is
// around them, as in browsers (which cut at 512).
//
// Cost:    linear, one search for '<' and '&'.
// Threads: one object a thread; buffers are kept.
// Failure: Build() returns false.
#ifndef UNECHO_SRC_LAYOUTS_HTML_SKELETON_H_
#define UNECHO_SRC_LAYOUTS_HTML_SKELETON_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash_map.h"

namespace unecho {

class HtmlSkeleton {
 public:
  static constexpr int kMaxDepth = 1500;   // open elements
  static constexpr size_t kMarkBytes = 4;  // of a code point of planes 15 and 16
  // A byte that no mark, and nothing that might be taken for one, begins below.
  static constexpr unsigned char kMarkByte = 0xF3;

  // False if the document is refused. It must outlive the skeleton.
  bool Build(std::string_view html);

  std::string_view text() const { return out_; }

  // The run that `text` begins with the mark of; null data() if it begins with none.
  std::string_view RunAt(std::string_view text) const;

 private:
  bool AddText(std::string_view text);
  bool AddRun(std::string_view run);
  size_t AddMarkup(std::string_view html);

  std::string out_;
  std::vector<std::string_view> runs_;
  struct Open {
    int kept = 0, too_deep = 0;  // elements; the latter are left out
  };
  Open& OpenOf(int tag, std::string_view name);

  int depth_ = 0;
  std::vector<Open> open_;                   // by tag
  HashMap<std::string, Open> unknown_open_;  // the same, of tags that HTML does not know
  std::string name_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_HTML_SKELETON_H_
