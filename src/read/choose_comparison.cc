#include "read/choose_comparison.h"

#include <optional>

#include "absl/strings/str_format.h"
#include "layouts/sniff.h"
#include "read/first_look.h"
#include "works/bibliography.h"

namespace unecho {
namespace {

struct Seen {
  LayoutPtr layout;  // null: it says nothing
  bool is_bibliography = false;
};

Seen Look(InputFile& file, const std::atomic<int>* interrupted, const AnswerOptions& answer) {
  Seen seen;
  const auto tells = [&](const Beginning& begin) {
    if (begin.is_all && begin.bytes.empty()) return true;
    seen.layout = answer.layout;
    if (seen.layout == nullptr) {
      const auto detected = SniffLayout(begin.bytes, begin.is_all, answer.segment, file.name);
      if (!detected) return begin.is_all;
      seen.layout = detected->layout;
      if (seen.layout == nullptr) return true;
    }
    const std::optional<bool> is_one = IsBibliography(*seen.layout, answer.segment, begin.bytes, begin.is_all);
    seen.is_bibliography = is_one.value_or(false);
    return is_one.has_value();
  };
  LookAt(file, answer, interrupted, tells);
  return seen;
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
      if (first == nullptr) return {};
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
