// The pattern engine on any bytes, by built-in profiles and by one that uses everything at once: the books balance, and
// the sizes in which bytes arrive change nothing.
#include <vector>

#include "fuzz/spans_check.h"

namespace {

// Every kind of line, both ways for a field to go on, and text outside records rejected.
constexpr char kEverything[] = R"(
name = "everything"
engine = "pattern"
[unescape]
title = ["html", "markdown", "latex"]
body = ["html", "markdown", "latex"]
[pattern]
furniture = ['^!', '^$x']
inside = ['^#a']
snapshot = ['^@(.*)']
section = ['^=']
separator = ['^-+$']
end = ['^;', 'end$']
start = ['^#', '^t:']
maybe = ['^\?']
block = ['^NOTE', '^\*']
above = ['^[0-9]+$']
outside = "reject"
[[pattern.field]]
name = "title"
line = '^[#t?]:? *(.*?)(?: - (.*))?$'
more = '^ +(.*)'
strip = ['[0-9]+']
[[pattern.field]]
name = "id"
line = '^i:(.*)'
[[pattern.field]]
name = "body"
line = '^b:(.*)'
rest = true
paragraph = true
every = true
[[pattern.field]]
name = "body"
[pattern.table]
title = ["t"]
body = ["b"]
snapshot = ["d"]
row = ['^\|\|(.*?)\|']
)";

const unecho::Layout& Everything() {
  static const unecho::Layout layout(*unecho::ParseProfile(kEverything, "fuzz"));
  return layout;
}

// What lies between separators, as it stands but for furniture.
constexpr char kBetween[] = R"(
name = "between"
engine = "pattern"
[unescape]
body = ["subtitles"]
[pattern]
outside = "record"
require_title = false
separator = ['^$', '^-+$']
furniture = ['^!', '-->']
above = ['^[0-9]+$']
block = ['^NOTE']
)";

const unecho::Layout& Between() {
  static const unecho::Layout layout(*unecho::ParseProfile(kBetween, "fuzz"));
  return layout;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 3) return 0;
  static constexpr const char* kNames[] = {"ris",
                                           "labels",
                                           "markdown-table",
                                           "markdown-headings",
                                           "markdown-titles",
                                           "markdown-bullets",
                                           "markdown-details",
                                           "front-matter",
                                           "arxiv-mail",
                                           "medline",
                                           "fortunes",
                                           "endoftext",
                                           "subtitles",
                                           "srt",
                                           "chat",
                                           "toolbox",
                                           "proquest"};
  unecho::CheckLayouts({kNames[data[2] % std::size(kNames)]}, data, size);
  unecho::CheckLayout(Between(), data, size);
  return unecho::CheckLayout(Everything(), data, size);
}
