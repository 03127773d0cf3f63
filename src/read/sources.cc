#include "read/sources.h"

#include <algorithm>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"

namespace unecho {
namespace {

constexpr size_t kMostNamed = 10;  // sources that an error lists

bool IsFolderOf(std::string_view folder, std::string_view path) {
  return path.size() > folder.size() && path.starts_with(folder) &&
         (folder.ends_with('/') || path[folder.size()] == '/');
}

bool Fits(std::string_view name, const InputFile& source) {
  for (const std::string_view known : {std::string_view(source.name), std::string_view(source.path)}) {
    if (known == name || IsFolderOf(name, known)) return true;
    if (known.size() > name.size() && known.ends_with(name) && known[known.size() - name.size() - 1] == '/')
      return true;
  }
  return false;
}

size_t Rank(const AnswerOptions& answer, const InputFile& source) {
  const auto fits = [&source](const std::string& name) { return Fits(name, source); };
  return static_cast<size_t>(std::ranges::find_if(answer.source_order, fits) - answer.source_order.begin());
}

}  // namespace

std::vector<InputFile> NameSources(std::span<const std::string> inputs, const AnswerOptions& answer,
                                   std::string_view stdin_name, std::span<const std::string> taken) {
  if (!answer.aligned.empty()) {  // one source, and no references
    std::vector<InputFile> sources = NameInputs(inputs, stdin_name, answer.aligned, taken);
    for (InputFile& source : sources) source.max_line_bytes = answer.segment.max_record_bytes;
    return sources;
  }
  std::vector<std::string> paths(inputs.begin(), inputs.end());
  if (paths.empty()) paths.emplace_back("-");
  const auto num_inputs = static_cast<std::ptrdiff_t>(paths.size());
  paths.insert(paths.end(), answer.reference.begin(), answer.reference.end());
  std::vector<InputFile> sources = NameInputs(paths, stdin_name, {}, taken);
  std::rotate(sources.begin(), sources.begin() + num_inputs, sources.end());
  OrderSources(answer, sources);
  return sources;
}

void OrderSources(const AnswerOptions& answer, std::vector<InputFile>& sources) {
  if (answer.source_order.empty()) return;
  const auto inputs = std::span(sources).subspan(std::min(answer.reference.size(), sources.size()));
  std::ranges::stable_sort(inputs, {}, [&answer](const InputFile& source) { return Rank(answer, source); });
}

absl::Status CheckSourceOrder(const AnswerOptions& answer, std::span<const InputFile> sources) {
  sources = sources.subspan(std::min(answer.reference.size(), sources.size()));
  for (const std::string& name : answer.source_order) {
    if (std::ranges::any_of(sources, [&name](const InputFile& source) { return Fits(name, source); })) continue;
    std::vector<std::string> names;
    for (const InputFile& source : sources.first(std::min(kMostNamed, sources.size()))) names.push_back(source.name);
    if (names.size() < sources.size()) names.emplace_back("...");
    return absl::InvalidArgumentError(
        absl::StrFormat("--keep source:%s: no source is called %s, nor lies in it; there are: %s",
                        absl::StrJoin(answer.source_order, ","), name, absl::StrJoin(names, ", ")));
  }
  return absl::OkStatus();
}

}  // namespace unecho
