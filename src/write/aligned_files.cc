#include "write/aligned_files.h"

#include <filesystem>

#include "read/aligned_input.h"

namespace unecho {

absl::StatusOr<std::unique_ptr<AlignedFiles>> AlignedFiles::Create(std::span<const std::string> paths,
                                                                   FramePool* pool) {
  auto files = std::make_unique<AlignedFiles>();
  for (const std::string& path : paths) {
    std::error_code error;
    std::filesystem::create_directories(std::filesystem::path(path).parent_path(),
                                        error);  // Create() says what is wrong
    UNECHO_ASSIGN_OR_RETURN(auto file, OutputFile::Create(path, OutputFile::Temporary::kUnnamed, pool));
    files->files_.push_back(std::move(file));
  }
  files->texts_.resize(paths.size());
  return files;
}

absl::Status AlignedFiles::Write(const Batch& batch) {
  for (std::string& text : texts_) text.clear();
  for (const Record& record : batch.records) {
    if (record.fate != Fate::kKept) continue;
    if (!AppendAlignedLines(record.raw, texts_)) return absl::InternalError("a line that --aligned made is no pair");
  }
  for (size_t i = 0; i < files_.size(); ++i) UNECHO_RETURN_IF_ERROR(files_[i]->Write(texts_[i]));
  return absl::OkStatus();
}

absl::Status AlignedFiles::Commit() {
  for (const auto& file : files_) UNECHO_RETURN_IF_ERROR(file->Commit());
  return absl::OkStatus();
}

}  // namespace unecho
