#include "options/aligned.h"

#include <algorithm>
#include <filesystem>
#include <vector>

#include "absl/strings/str_format.h"
#include "text/file_name.h"

namespace unecho {
namespace {

namespace fs = std::filesystem;

bool AreDifferent(std::vector<std::string> names) {
  std::ranges::sort(names);
  return names.front() != "" && std::ranges::adjacent_find(names) == names.end();
}

// src.de, trg.en: de, en; else the names of the files, or where they are.
std::vector<std::string> FieldsOf(std::span<const std::string> paths) {
  std::vector<std::string> suffixes, names, whole;
  for (const std::string& path : paths) {
    const fs::path plain = WithoutCompressionSuffix(path);
    const std::string suffix = plain.extension().string();
    suffixes.push_back(suffix.empty() ? suffix : suffix.substr(1));
    names.push_back(plain.filename().string());
    whole.push_back(path);
  }
  return AreDifferent(suffixes) ? suffixes : AreDifferent(names) ? names : whole;
}

absl::Status TakeAligned(std::span<const std::string> paths, AnswerOptions& answer) {
  if (paths.size() < 2) {
    return absl::InvalidArgumentError(absl::StrFormat("--aligned takes two files or more, and %d %s given",
                                                      paths.size(), paths.size() == 1 ? "is" : "are"));
  }
  if (std::ranges::find(paths, "-") != paths.end())
    return absl::InvalidArgumentError("--aligned: name files; standard input is no pair of them");
  std::error_code error;
  for (const std::string& path : paths) {
    if (fs::is_directory(path, error))
      return absl::InvalidArgumentError(absl::StrFormat("--aligned takes files, and %s is a folder", path));
  }
  if (answer.layout != nullptr || !answer.segment.columns.empty() || !answer.segment.record.empty()) {
    return absl::InvalidArgumentError(
        "--aligned says what a record is: leave out --layout, --columns, --record and --record-separator");
  }
  if (answer.encoding != "auto" && answer.encoding != "utf-8")
    return absl::InvalidArgumentError("--aligned reads UTF-8: leave --encoding out, or convert the files with iconv");
  answer.aligned = FieldsOf(paths);
  answer.layout = FindLayout("jsonl");
  answer.encoding = "utf-8";
  if (answer.segment.match_fields.empty()) answer.segment.match_fields = answer.aligned;
  return CheckAligned(answer);
}

}  // namespace

Status AlignFiles(std::span<const std::string> paths, AnswerOptions& answer) {
  return PublicCall([&] { return TakeAligned(paths, answer); });
}

absl::Status CheckAligned(const AnswerOptions& answer) {
  if (answer.aligned.empty()) return absl::OkStatus();
  if (!AreDifferent(answer.aligned))
    return absl::InvalidArgumentError("--aligned: one file is named twice; each line of it would be a pair of equals");
  if (answer.layout == nullptr || answer.layout->name() != "jsonl" || answer.encoding != "utf-8")
    return absl::InvalidArgumentError("--aligned reads lines of UTF-8: leave out --layout and --encoding");
  if (!answer.reference.empty() || !answer.source_order.empty()) {
    return absl::InvalidArgumentError(
        "--aligned: the files are one source; --reference and --keep source: ask for others, leave them out");
  }
  if (answer.skip_unreadable) {
    return absl::InvalidArgumentError(
        "--aligned: the files are one source, and without it there is nothing; leave --skip-unreadable out");
  }
  return absl::OkStatus();
}

}  // namespace unecho
