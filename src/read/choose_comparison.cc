#include "read/choose_comparison.h"

#include <algorithm>
#include <optional>
#include <set>
#include <span>
#include <string_view>

#include "absl/strings/str_format.h"
#include "layouts/sniff.h"
#include "read/first_look.h"
#include "text/scan.h"
#include "works/bibliography.h"

namespace unecho {
namespace {

// A run of other things does not look at all its sources.
constexpr size_t kMostOthers = 8;

struct Seen {
  LayoutPtr layout;  // null: it says nothing
  bool is_bibliography = false;
};

Seen Look(InputFile& file, const std::atomic<int>* interrupted, const AnswerOptions& answer) {
  Seen seen;
  const auto tells = [&](const Beginning& begin) {
    std::string_view bytes = begin.bytes;
    if (bytes.starts_with("\xef\xbb\xbf")) bytes.remove_prefix(3);
    if (TrimBlanks(bytes).empty()) return begin.is_all;
    seen.layout = answer.layout;
    if (seen.layout == nullptr) {
      const auto detected = SniffLayout(begin.bytes, begin.is_all, answer.segment, file.name);
      if (!detected) return begin.is_all;
      seen.layout = detected->layout;
      if (seen.layout == nullptr) return true;
    }
    const auto is_one = IsBibliography(*seen.layout, answer.segment, begin.bytes, begin.is_all);
    seen.is_bibliography = is_one == Bibliography::kYes;
    if (is_one == Bibliography::kNoRecords) seen.layout = nullptr;
    return is_one.has_value();
  };
  LookAt(file, answer, interrupted, tells);
  return seen;
}

// Whether there is one among the others, of each ending one: what is left to words should be said.
bool HasBibliography(std::span<InputFile> sources, const std::atomic<int>* interrupted, const AnswerOptions& answer) {
  std::set<std::string_view> endings;
  for (InputFile& source : sources) {
    if (endings.size() == kMostOthers) return false;
    const std::string_view name = source.name;
    if (!CanBeReadTwice(source) || !endings.insert(name.substr(std::min(name.rfind('.'), name.size()))).second)
      continue;
    if (Look(source, interrupted, answer).is_bibliography) return true;
  }
  return false;
}

}  // namespace

std::string ChooseComparison(std::vector<InputFile>& sources, const std::atomic<int>* interrupted,
                             AnswerOptions& answer) {
  if (!answer.chooses_comparison) return {};
  const InputFile* first = nullptr;
  std::string layout;
  for (size_t i = 0; i < sources.size(); ++i) {
    if (first != nullptr && !CanBeReadTwice(sources[i])) continue;
    const Seen seen = Look(sources[i], interrupted, answer);
    if (seen.layout == nullptr) continue;
    if (!seen.is_bibliography) {
      if (first == nullptr && !HasBibliography(std::span(sources).subspan(i + 1), interrupted, answer)) return {};
      return absl::StrFormat(
          "texts are compared, for %s is no bibliography; by --compare works all records are compared by their fields",
          sources[i].name);
    }
    if (first == nullptr) {
      first = &sources[i];
      layout = seen.layout->name();
    }
  }
  if (first == nullptr) return {};
  answer.comparison.by = CompareBy::kWorks;
  return absl::StrFormat("bibliographies (%s: %s): works are compared by their fields; by --compare words, their texts",
                         first->name, layout);
}

}  // namespace unecho
