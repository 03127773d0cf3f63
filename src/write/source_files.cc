#include "write/source_files.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <string_view>
#include <utility>

#include "absl/strings/str_format.h"
#include "text/file_name.h"
#include "text/path_text.h"
#include "text/scan.h"
#include "unecho/layouts.h"

namespace unecho {
namespace {

namespace fs = std::filesystem;

// The number of a second source of one name: "june.txt@2" -> "june.txt" and "@2". Empty: it has none.
std::string TakeNumber(std::string& name) {
  const size_t digits = name.find_last_not_of("0123456789") + 1;
  if (digits == 0 || digits == name.size() || name[digits - 1] != '@') return {};
  std::string number = name.substr(digits - 1);
  name.resize(digits - 1);
  return number;
}

// "a/../b/./x.jsonl" of a file x.jsonl.gz -> b/x.jsonl.gz; "x.jsonl@2" -> x@2.jsonl.gz, for the end of a name says
// what is in the file.
fs::path NameInFolder(const std::string& source, const std::string& path) {
  if (source == "-") return "stdin";
  std::string name(PathOfText(source));
  const std::string number = TakeNumber(name);
  name = WithoutCompressionSuffix(name);
  name.insert(name.size() - fs::path(name).extension().string().size(), number);
  name += CompressionSuffix(path);
  return fs::path(name).lexically_normal();
}

// By its layout a source is one record.
bool IsOneRecord(const Batch& batch) {
  const PatternProfile& pattern = batch.layout->profile().pattern;
  const bool parts = !pattern.start.empty() || !pattern.maybe.empty() || !pattern.separator.empty();
  return batch.traits->is_whole || (pattern.outside_is_record && !parts);
}

}  // namespace

absl::StatusOr<std::vector<std::string>> FilesInFolder(const std::string& folder, std::span<const std::string> sources,
                                                       std::span<const std::string> paths) {
  std::vector<fs::path> names;
  for (size_t i = 0; i < sources.size(); ++i) names.push_back(NameInFolder(sources[i], paths[i]));
  // Folders that all have in common.
  fs::path common = names.empty() ? fs::path() : names[0].parent_path();
  for (const fs::path& name : names) {
    const fs::path parent = name.parent_path();
    while (!common.empty() &&
           std::mismatch(common.begin(), common.end(), parent.begin(), parent.end()).first != common.end())
      common = common == common.parent_path() ? fs::path() : common.parent_path();
  }
  std::vector<std::string> files;
  std::map<std::string, std::string> taken, folders;  // by path: the source for which it is there
  for (size_t i = 0; i < names.size(); ++i) {
    fs::path name = common.empty() ? names[i].relative_path() : names[i].lexically_relative(common);
    fs::path inside;
    for (const fs::path& part : name) {
      if (part != "..") inside /= part;
    }
    files.push_back((fs::path(folder) / inside).string());
    const auto [other, is_new] = taken.emplace(files.back(), sources[i]);
    if (!is_new) {
      return absl::InvalidArgumentError(
          absl::StrFormat("--output-dir: %s and %s would both be written to %s; run one of them alone", other->second,
                          sources[i], files.back()));
    }
    const auto file_and_folder = [](const std::string& of_file, const std::string& path, const std::string& below) {
      return absl::InvalidArgumentError(absl::StrFormat(
          "--output-dir: %s would be the file %s, and %s a file in a folder of that name; run one of them alone",
          of_file, path, below));
    };
    if (const auto at = folders.find(files.back()); at != folders.end())
      return file_and_folder(sources[i], files.back(), at->second);
    for (fs::path above = fs::path(files.back()).parent_path(); above.has_relative_path();
         above = above.parent_path()) {
      if (const auto at = taken.find(above.string()); at != taken.end())
        return file_and_folder(at->second, at->first, sources[i]);
      folders.emplace(above.string(), sources[i]);
    }
  }
  return files;
}

absl::Status SourceFiles::Write(const Batch& batch) {
  if (!tables_[static_cast<size_t>(batch.source)].empty()) return WriteRows(batch);
  // Nothing is in it; but where it ends a source that has begun, what stands behind the last record is still to come.
  if (batch.size == 0 && paths_.empty() && source_ != batch.source) return absl::OkStatus();
  if (source_ != batch.source) UNECHO_RETURN_IF_ERROR(Begin(batch));
  const bool has_header = batch.traits->has_header;
  std::vector<iovec> ranges = form_.Append(batch, is_first_, has_header);
  if (paths_.empty() && has_header) UNECHO_RETURN_IF_ERROR(CheckHeader(batch));
  if (!ranges.empty()) {
    const iovec& last = ranges.back();
    lacks_line_end_ = static_cast<const char*>(last.iov_base)[last.iov_len - 1] != '\n';
  }
  OutputFile& file = paths_.empty() ? *corpus_ : *files_[static_cast<size_t>(batch.source)];
  UNECHO_RETURN_IF_ERROR(file.WriteRanges(ranges));
  return batch.ends_source && !paths_.empty() ? file.Close() : absl::OkStatus();
}

absl::Status SourceFiles::WriteRows(const Batch& batch) {
  const auto source = static_cast<size_t>(batch.source);
  if (source_ != batch.source) {
    if (batch.size == 0) return absl::OkStatus();  // no rows, or it could not be read
    source_ = batch.source;
    if (!paths_.empty()) UNECHO_RETURN_IF_ERROR(Create(source));
    if (!paths_.empty() || rows_ == nullptr)
      rows_ = std::make_unique<TableOutput>(paths_.empty() ? corpus_ : files_[source].get());
    UNECHO_RETURN_IF_ERROR(rows_->Begin(tables_[source]));
  }
  UNECHO_RETURN_IF_ERROR(rows_->Write(batch));
  if (!batch.ends_source) return absl::OkStatus();
  UNECHO_RETURN_IF_ERROR(rows_->End());
  if (paths_.empty()) return absl::OkStatus();
  UNECHO_RETURN_IF_ERROR(rows_->Finish());
  return files_[source]->Close();
}

absl::Status SourceFiles::Begin(const Batch& batch) {
  is_first_ = !source_.has_value() || !paths_.empty();
  source_ = batch.source;
  const SourceForm before = std::exchange(form_, {});
  if (!paths_.empty()) return Create(static_cast<size_t>(batch.source));
  const std::string layout(batch.layout->name());
  if (is_first_) first_layout_ = layout;
  if (!is_first_ && IsOneRecord(batch) && layout == first_layout_) {
    return absl::InvalidArgumentError(
        absl::StrFormat("%s: by the layout %s a source is one record, and two in one file would be one; --output-dir "
                        "writes a file for each",
                        sources_[static_cast<size_t>(batch.source)], layout));
  }
  if (!is_first_ && batch.traits->has_frame && layout == first_layout_) {
    return absl::InvalidArgumentError(
        absl::StrFormat("%s: what stands around the records of %s makes a file whole, and two in one file are none; "
                        "--output-dir writes "
                        "a file for each",
                        sources_[static_cast<size_t>(batch.source)], layout));
  }
  if (!is_first_ && layout != first_layout_) {
    return absl::InvalidArgumentError(
        absl::StrFormat("%s: its layout is %s, that of the sources before it %s, and both in one file would be no file "
                        "of either format; "
                        "--output-dir writes a file for each",
                        sources_[static_cast<size_t>(batch.source)], layout, first_layout_));
  }
  if (is_first_) return absl::OkStatus();
  std::string between = std::exchange(lacks_line_end_, false) ? "\n" : "";
  // What stands between records stands between those of two sources, too.
  const std::vector<Pattern>& rulers = batch.layout->profile().pattern.separator;
  const bool blank_is_ruler = std::ranges::any_of(rulers, [](const Pattern& ruler) { return ruler.Matches(""); });
  if (ruler_.empty()) ruler_ = before.ruler();
  if (batch.traits->has_blank_lines || blank_is_ruler) {
    between += '\n';
  } else if (!rulers.empty() && !before.ends_in_ruler()) {
    if (ruler_.empty()) {
      return absl::InvalidArgumentError(absl::StrFormat(
          "%s: the sources before it have one record each, so that they do not say what should part it from "
          "this one; --output-dir writes a file for each",
          sources_[static_cast<size_t>(batch.source)]));
    }
    between += ruler_;
  }
  return corpus_->Write(between);
}

// Names of columns are those of the first source.
absl::Status SourceFiles::CheckHeader(const Batch& batch) {
  std::string_view header = form_.header();
  if (header.starts_with(kBom)) header.remove_prefix(kBom.size());
  header = header.substr(0, header.find_last_not_of(" \t\r\n") + 1);
  if (header.empty()) return absl::OkStatus();
  if (is_first_) first_header_ = header;
  if (header == first_header_) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrFormat("%s: its columns are not those of the source before it, so that both do not go into one file; "
                      "--output-dir writes a file for each",
                      sources_[static_cast<size_t>(batch.source)]));
}

absl::Status SourceFiles::Create(size_t source) {
  std::error_code error;
  fs::create_directories(fs::path(paths_[source]).parent_path(), error);  // Create() says what is wrong
  UNECHO_ASSIGN_OR_RETURN(files_[source], OutputFile::Create(paths_[source], OutputFile::Temporary::kNamed, pool_));
  return absl::OkStatus();
}

// A table without rows has columns.
absl::Status SourceFiles::CreateWithoutRows(size_t source) {
  if (!paths_.empty()) UNECHO_RETURN_IF_ERROR(Create(source));
  rows_ = std::make_unique<TableOutput>(paths_.empty() ? corpus_ : files_[source].get());
  UNECHO_RETURN_IF_ERROR(rows_->Begin(tables_[source]));
  return rows_->Finish();
}

absl::Status SourceFiles::CommitRows() {
  if (rows_ != nullptr) return rows_->Finish();
  const auto first = std::ranges::find_if(tables_, [](const std::string& path) { return !path.empty(); });
  return first == tables_.end() ? absl::OkStatus() : CreateWithoutRows(static_cast<size_t>(first - tables_.begin()));
}

absl::Status SourceFiles::Commit() {
  if (paths_.empty()) return CommitRows();
  for (size_t i = 0; i < files_.size(); ++i) {
    if (paths_[i].empty()) continue;
    if (files_[i] == nullptr && !tables_[i].empty()) {
      if (const absl::Status created = CreateWithoutRows(i); !created.ok()) files_[i].reset();  // it could not be read
      if (files_[i] == nullptr) continue;
    }
    if (files_[i] == nullptr) UNECHO_RETURN_IF_ERROR(Create(i));  // nothing was in it
    UNECHO_RETURN_IF_ERROR(files_[i]->Commit());
  }
  return absl::OkStatus();
}

}  // namespace unecho
