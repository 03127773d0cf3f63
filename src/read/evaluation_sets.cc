#include "read/evaluation_sets.h"

namespace unecho {

std::vector<InputFile> NameAgainst(std::span<const InputFile> inputs, std::span<const std::string> paths,
                                   std::string_view stdin_name) {
  if (paths.empty()) return {};
  std::vector<std::string> all;
  for (const InputFile& input : inputs) all.push_back(input.path);
  all.insert(all.end(), paths.begin(), paths.end());
  std::vector<InputFile> files = NameInputs(all, stdin_name);
  files.erase(files.begin(), files.begin() + static_cast<std::ptrdiff_t>(inputs.size()));
  return files;
}

AnswerOptions OptionsOfSets(const AnswerOptions& answer) {
  AnswerOptions own;
  own.layout = answer.against_layout;
  own.encoding = answer.against_encoding.empty() ? answer.encoding : answer.against_encoding;
  own.segment.max_record_bytes = answer.segment.max_record_bytes;
  own.segment.match_fields = answer.against_fields;
  own.comparison = answer.comparison;
  own.shingle_tokens = answer.shingle_tokens;
  own.exact_join = answer.exact_join;
  own.against = answer.against;
  return own;
}

}  // namespace unecho
