// Synthetic listing pages, whole and broken, for the tests of layout page.
#ifndef UNECHO_TESTS_SUPPORT_PAGE_BUILDER_H_
#define UNECHO_TESTS_SUPPORT_PAGE_BUILDER_H_

#include <ostream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "support/segment_driver.h"

namespace unecho {

struct Entry {
  std::string title;
  std::vector<std::string> body;  // paragraphs
  friend bool operator==(const Entry&, const Entry&) = default;
  friend void PrintTo(const Entry& entry, std::ostream* out) {
    *out << "{" << entry.title << "}";
    for (const std::string& text : entry.body) *out << " + {" << text.substr(0, 60) << "... " << text.size() << "}";
  }
};

inline const std::vector<std::string> kHead = {"new", "Get trending papers in your email inbox!", "Subscribe",
                                               "byAK and the research community"};

inline std::string Long(std::string_view subject) {
  return "We study " + std::string(subject) +
         " at length. Earlier work looked at small cases only, and it is not clear what remains when they grow. In "
         "this paper, we measure what happens on three public collections, and we find that the common wisdom is wrong "
         "for two of them. Our analysis explains why, and suggests a simple remedy that costs nothing at run time.";
}

inline std::vector<Entry> Synthetic() {
  return {{"Counting Sheep Considered Harmful", {Long("sheep")}},
          {"SHEEP: A Benchmark for Counting", {Long("benchmarks")}},
          {"Do Sheep Count Androids?", {Long("androids")}},
          {"On the theory of fences", {Long("fences")}},
          {"\"Baa\" Means No: $M^{2}$ Models of Refusal", {Long("refusal")}}};
}

using Paragraphs = std::vector<std::string>;

inline Paragraphs Page(const std::vector<Entry>& entries, std::string_view date = "Mar 14") {
  Paragraphs page = kHead;
  if (!date.empty()) page.emplace_back(date);
  for (const Entry& entry : entries) {
    page.push_back(entry.title);
    page.insert(page.end(), entry.body.begin(), entry.body.end());
  }
  return page;
}

inline std::string Join(const Paragraphs& paragraphs, std::string_view between = "\n\n") {
  std::string text;
  for (size_t i = 0; i < paragraphs.size(); ++i) text += (i == 0 ? "" : std::string(between)) + paragraphs[i];
  return text;
}

inline std::string Replace(std::string text, std::string_view from, std::string_view to) {
  for (size_t at = text.find(from); at != text.npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

inline Segmented SegmentPages(std::string_view source, const LayoutOptions& options = {}) {
  return SegmentDriver(GetLayout("page"), options).Run(source, 4096, 4096);
}

inline std::vector<Entry> Entries(const Segmented& segmented) {
  std::vector<Entry> entries;
  for (const OwnedRecord& record : segmented.records) {
    if (record.reason != Reason::kNone) continue;
    entries.push_back({record.pieces.at(0), {record.pieces.begin() + 1, record.pieces.end()}});
  }
  return entries;
}

inline std::vector<Reason> Rejected(const Segmented& segmented) {
  std::vector<Reason> reasons;
  for (const OwnedRecord& record : segmented.records) {
    if (record.reason != Reason::kNone) reasons.push_back(record.reason);
  }
  return reasons;
}

inline Paragraphs With(Paragraphs page, size_t at, const Paragraphs& more) {
  page.insert(page.begin() + static_cast<std::ptrdiff_t>(at), more.begin(), more.end());
  return page;
}

inline Paragraphs Without(Paragraphs page, size_t at) {
  page.erase(page.begin() + static_cast<std::ptrdiff_t>(at));
  return page;
}

inline std::string Wrapped(std::string_view text, size_t width, std::string_view line_end) {
  std::string out;
  size_t column = 0;
  std::istringstream words{std::string(text)};
  for (std::string word; words >> word;) {
    if (column > 0 && column + 1 + word.size() > width) {
      out += line_end;
      column = 0;
    } else if (column > 0) {
      out += ' ';
      ++column;
    }
    out += word;
    column += word.size();
  }
  return out;
}

inline std::vector<Entry> WrappedEntries(std::vector<Entry> entries, size_t width, std::string_view line_end) {
  for (Entry& entry : entries) {
    entry.title = Wrapped(entry.title, width, line_end);
    for (std::string& text : entry.body) text = Wrapped(text, width, line_end);
  }
  return entries;
}

inline LayoutOptions Limit(size_t max_record_bytes) {
  LayoutOptions options;
  options.max_record_bytes = max_record_bytes;
  return options;
}

}  // namespace unecho

#endif  // UNECHO_TESTS_SUPPORT_PAGE_BUILDER_H_
