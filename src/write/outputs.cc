#include "write/outputs.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "base/batch.h"
#include "text/file_name.h"
#include "text/path_text.h"

namespace unecho {
namespace {

// What a name leads to. Files and pipes alone can be one another: terminals and /dev/null are nobody's.
struct Target {
  bool is_there = false, is_ours = false;
  dev_t device = 0;
  ino_t inode = 0;
  std::string path;  // of what is not there: with all links resolved

  bool Is(const Target& other) const {
    if (!is_ours || !other.is_ours || is_there != other.is_there) return false;
    return is_there ? device == other.device && inode == other.inode : path == other.path;
  }
};

// "-": standard input or output.
Target TargetOf(const std::string& path, int standard) {
  struct stat status {};
  Target target;
  target.is_there = (path == "-" ? ::fstat(standard, &status) : ::stat(path.c_str(), &status)) == 0;
  if (target.is_there) {
    target.is_ours = S_ISREG(status.st_mode) || S_ISFIFO(status.st_mode);
    target.device = status.st_dev;
    target.inode = status.st_ino;
  } else if (path != "-") {
    namespace fs = std::filesystem;
    std::error_code error;
    fs::path at = fs::absolute(path, error);
    constexpr int kMostLinks = 40;  // as many as Linux follows
    for (int links = 0; !error && links < kMostLinks && fs::is_symlink(fs::symlink_status(at, error)); ++links) {
      at = at.parent_path() / fs::read_symlink(at, error);
    }
    std::error_code not_there;
    target.path = fs::weakly_canonical(at, not_there).string();
    target.is_ours = !not_there;
  }
  return target;
}

std::string Shown(const std::string& path) { return path == "-" ? "standard output" : path; }

// Of --output-dir: for each source, or for each file of aligned ones.
absl::StatusOr<std::vector<std::string>> FilesOf(const PipelineOptions& options, std::span<const InputFile> sources) {
  std::vector<std::string> names, paths;
  if (options.answer.aligned.empty()) {
    for (const InputFile& source : sources) names.push_back(source.name), paths.push_back(source.path);
  } else {
    for (const std::string& path : options.inputs) names.push_back(TextOfPath(path)), paths.push_back(path);
  }
  return FilesInFolder(options.output_dir, names, paths);
}

// Of each source the Parquet file whose kept rows are written as such; empty: it is written as text.
absl::StatusOr<std::vector<std::string>> TablesOf(const PipelineOptions& options, std::span<const InputFile> sources) {
  std::vector<std::string> tables(sources.size());
  const bool to_folder = !options.output_dir.empty();
  if (options.dry_run || !options.answer.as_input || !(to_folder || IsTableName(options.output))) return tables;
  for (size_t i = options.answer.reference.size(); i < sources.size(); ++i) {
    const std::string& path = sources[i].path;
    if (IsParquetFile(path)) {
      tables[i] = path;
    } else if (!to_folder) {
      return absl::InvalidArgumentError(absl::StrFormat(
          "%s: takes the kept rows of Parquet files, and %s is none, or comes through a pipe; leave that out (of a "
          "folder by --glob '*.parquet'), or --as input, or write FILE.jsonl",
          options.output, path == "-" ? "standard input" : path));
    } else if (IsTableName(path)) {
      return absl::InvalidArgumentError(absl::StrFormat(
          "%s: --output-dir writes the kept rows of Parquet files, and this is none; -o FILE%s takes the rows of all",
          path, std::filesystem::path(path).extension().string()));
    }
    if (!tables[i].empty() && options.answer.merge) {
      return absl::InvalidArgumentError(absl::StrFormat(
          "--merge writes values into records, and rows of Parquet (%s) are written as they came: write FILE.jsonl",
          path));
    }
  }
  return tables;
}

// Rows of Parquet that became lines, and then rows of other types: nobody has asked for that.
absl::Status CheckNotRows(const PipelineOptions& options, std::span<const InputFile> sources) {
  const bool are_rows = !sources.empty() && !options.answer.mark && !options.answer.annotate &&
                        std::ranges::all_of(sources, IsParquetFile, &InputFile::path);
  if (!are_rows) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrFormat(
      "%s: the rows of Parquet files go into a table with --as input, which keeps their types; without it they are "
      "lines of JSON: write FILE.jsonl",
      options.output));
}

}  // namespace

absl::Status CheckOutputs(std::span<const std::string> written, std::span<const std::string> read, bool overwrite,
                          std::span<const std::string> tables) {
  std::vector<std::pair<Target, std::string>> others;
  std::vector<Target> inputs;  // once, however many outputs there are: runs read ten thousands of files
  for (const std::string& path : read) inputs.push_back(TargetOf(path, STDIN_FILENO));
  for (const std::string& path : written) UNECHO_RETURN_IF_ERROR(CheckSuffix(path));
  std::vector<std::string> all(written.begin(), written.end());
  all.insert(all.end(), tables.begin(), tables.end());
  for (const std::string& path : all) {
    if (path.empty()) continue;
    const Target target = TargetOf(path, STDOUT_FILENO);
    if (std::ranges::any_of(inputs, [&](const Target& input) { return input.Is(target); })) {
      return absl::InvalidArgumentError(
          Abs(Shown(path) + " is also an input; write to another file, so that the run can be audited"));
    }
    for (const auto& [other, name] : others) {
      if (!target.Is(other)) continue;
      return absl::InvalidArgumentError(Abs(Shown(path) + " and " + Shown(name) +
                                            " are one file, and only one output can be in it; name another one"));
    }
    others.emplace_back(target, path);
    if (!overwrite && path != "-") UNECHO_RETURN_IF_ERROR(CheckNotThere(path));
  }
  return absl::OkStatus();
}

absl::Status Outputs::Create(const PipelineOptions& options, std::span<const InputFile> sources, int threads,
                             size_t first, size_t end) {
  pool = std::make_unique<FramePool>(threads);
  num_references_ = options.answer.reference.size();
  tmpdir_ = options.run.tmpdir;
  std::vector<std::string> read = options.ReadBeside();
  read.insert(read.end(), options.inputs.begin(), options.inputs.end());
  if (options.inputs.empty()) read.emplace_back("-");
  std::vector<std::string> written = {options.rejects, options.removed, options.review, options.report};
  std::vector<std::string> names, files;
  for (const InputFile& source : sources) names.push_back(source.name);
  const bool to_folder = !options.output_dir.empty();
  if (to_folder) {
    UNECHO_ASSIGN_OR_RETURN(files, FilesOf(options, sources.subspan(num_references_)));
    files.insert(files.begin(), num_references_, std::string());  // of which nothing is written
    const bool is_one_a_source = options.answer.aligned.empty();
    for (size_t i = 0; i < files.size() && is_one_a_source; ++i) {
      if (i < first || i >= end) files[i].clear();
    }
  }
  UNECHO_ASSIGN_OR_RETURN(std::vector<std::string> tables, TablesOf(options, sources));
  std::vector<std::string> written_tables;
  (IsTableName(options.provenance) ? written_tables : written).push_back(options.provenance);
  for (size_t i = 0; i < files.size() && !options.dry_run; ++i)
    (i < tables.size() && !tables[i].empty() ? written_tables : written).push_back(files[i]);
  const bool is_table = std::ranges::any_of(tables, [](const std::string& path) { return !path.empty(); });
  const bool is_lines_table = !options.dry_run && !options.answer.as_input && !to_folder && IsTableName(options.output);
  if (!options.dry_run && !to_folder) (is_table || is_lines_table ? written_tables : written).push_back(options.output);
  UNECHO_RETURN_IF_ERROR(CheckOutputs(written, read, options.overwrite, written_tables));
  paths_ = written;
  paths_.insert(paths_.end(), written_tables.begin(), written_tables.end());
  const auto create = [this](const std::string& path) {
    return OutputFile::Create(path, OutputFile::Temporary::kUnnamed, pool.get());
  };
  if (!options.dry_run && !to_folder) {
    UNECHO_ASSIGN_OR_RETURN(corpus, create(options.output));
    are_lines_objects_ = options.command == Command::kSegment || options.answer.mark || options.answer.annotate;
    if (is_lines_table) {
      UNECHO_RETURN_IF_ERROR(CheckNotRows(options, sources.subspan(num_references_)));
      UNECHO_ASSIGN_OR_RETURN(corpus_table, LinesTable::OfCorpus(corpus.get()));
    }
  }
  if (!options.dry_run && !options.answer.aligned.empty() && to_folder) {
    UNECHO_ASSIGN_OR_RETURN(aligned, AlignedFiles::Create(files, pool.get()));
  } else if (!options.dry_run && options.answer.as_input)
    in_source_form =
        std::make_unique<SourceFiles>(std::move(files), std::move(tables), corpus.get(), names, pool.get());
  if (!options.provenance.empty()) {
    UNECHO_ASSIGN_OR_RETURN(provenance, create(options.provenance));
    if (IsTableName(options.provenance)) {
      if (options.provenance_format == ProvenanceFormat::kCompact) {
        return absl::InvalidArgumentError(absl::StrFormat(
            "--provenance-format compact is for lines, and %s is a table, in which names cost little: leave it out",
            options.provenance));
      }
      UNECHO_ASSIGN_OR_RETURN(provenance_table, LinesTable::OfProvenance(provenance.get()));
    }
  }
  if (!options.rejects.empty()) {
    UNECHO_ASSIGN_OR_RETURN(rejects, create(options.rejects));
  }
  if (!options.removed.empty()) {
    UNECHO_ASSIGN_OR_RETURN(removed, create(options.removed));
  }
  if (!options.review.empty()) {
    UNECHO_ASSIGN_OR_RETURN(review, create(options.review));
  }
  if (!options.report.empty()) {
    UNECHO_ASSIGN_OR_RETURN(report, create(options.report));
  }
  return absl::OkStatus();
}

absl::Status Outputs::Write(Batch& batch) {
  if (in_source_form && static_cast<size_t>(batch.source) >= num_references_)
    UNECHO_RETURN_IF_ERROR(in_source_form->Write(batch));
  else if (aligned)
    UNECHO_RETURN_IF_ERROR(aligned->Write(batch));
  else if (corpus_table)
    UNECHO_RETURN_IF_ERROR(WriteObjects(batch));
  else if (corpus)
    UNECHO_RETURN_IF_ERROR(WriteLines(batch));
  if (provenance_table)
    UNECHO_RETURN_IF_ERROR(provenance_table->Write(batch.provenance));
  else if (provenance)
    UNECHO_RETURN_IF_ERROR(provenance->Write(batch.provenance));
  if (rejects) UNECHO_RETURN_IF_ERROR(rejects->Write(batch.rejects));
  if (removed) UNECHO_RETURN_IF_ERROR(removed->Write(batch.removed));
  return absl::OkStatus();
}

// A name that promises rows or XML is no name for objects: whoever gives it wants the records in the form they came in.
absl::Status Outputs::WriteLines(Batch& batch) {
  const bool are_json_lines = batch.traits->pieces_are_fields;
  if (const std::string_view form = OtherFormat(corpus->path());
      !form.empty() && !batch.corpus_ranges.empty() && (are_json_lines || !batch.traits->is_written_as_lines)) {
    return absl::InvalidArgumentError(
        are_json_lines
            ? absl::StrFormat("%s: JSON lines stay as they came, and are no %s: name it FILE.jsonl, or FILE.parquet",
                              corpus->path(), form)
            : absl::StrFormat("%s: what is in it would be JSON objects, a line each, and no %s: --as input writes "
                              "records in the form they came in; or name it FILE.jsonl",
                              corpus->path(), form));
  }
  return corpus->WriteRanges(batch.corpus_ranges);
}

absl::Status Outputs::WriteObjects(const Batch& batch) {
  if (batch.corpus_ranges.empty()) return absl::OkStatus();
  UNECHO_RETURN_IF_ERROR(ChooseTable(batch));
  for (const iovec& range : batch.corpus_ranges) {
    const std::string_view bytes(static_cast<const char*>(range.iov_base), range.iov_len);
    UNECHO_RETURN_IF_ERROR(objects_table ? objects_table->Write(bytes) : corpus_table->Write(bytes));
  }
  return absl::OkStatus();
}

// Objects as they came have columns of their own, and those that unecho makes of records others.
absl::Status Outputs::ChooseTable(const Batch& batch) {
  const bool are_objects = batch.traits->pieces_are_fields;
  if (!are_objects && batch.traits->is_written_as_lines && !are_lines_objects_) {
    return absl::InvalidArgumentError(absl::StrFormat(
        "%s: takes objects, and the records of the layout %s are lines, which stay as they came: write FILE.txt, or "
        "have them made objects by 'unecho segment'",
        corpus->path(), batch.layout->name()));
  }
  if (are_objects ? has_records_ : objects_table != nullptr) {
    return absl::InvalidArgumentError(absl::StrFormat(
        "%s: objects that stay as they came (the layout jsonl) and records of other layouts do not go into one table: "
        "write FILE.jsonl, or a table of each",
        corpus->path()));
  }
  has_records_ = !are_objects;
  if (!are_objects || objects_table != nullptr) return absl::OkStatus();
  UNECHO_ASSIGN_OR_RETURN(objects_table, ObjectsTable::Create(corpus.get(), tmpdir_));
  return absl::OkStatus();
}

absl::Status Outputs::Commit(const std::string& report_json) {
  if (in_source_form) UNECHO_RETURN_IF_ERROR(in_source_form->Commit());
  if (aligned) UNECHO_RETURN_IF_ERROR(aligned->Commit());
  if (objects_table)
    UNECHO_RETURN_IF_ERROR(objects_table->Finish());
  else if (corpus_table)
    UNECHO_RETURN_IF_ERROR(corpus_table->Finish());
  if (corpus) UNECHO_RETURN_IF_ERROR(corpus->Commit());
  if (provenance_table) UNECHO_RETURN_IF_ERROR(provenance_table->Finish());
  if (provenance) UNECHO_RETURN_IF_ERROR(provenance->Commit());
  if (rejects) UNECHO_RETURN_IF_ERROR(rejects->Commit());
  if (removed) UNECHO_RETURN_IF_ERROR(removed->Commit());
  if (review) UNECHO_RETURN_IF_ERROR(review->Commit());
  if (!report) return absl::OkStatus();
  UNECHO_RETURN_IF_ERROR(report->Write(report_json));
  return report->Commit();
}

namespace {

class Descriptor {
 public:
  explicit Descriptor(const std::string& path) : fd_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

absl::Status NotSynced(const std::string& path, int error) {
  return absl::UnavailableError(absl::StrFormat(
      "%s: what was written did not reach the disk (%s); check the disk, and run again: the index is as it was", path,
      std::strerror(error)));
}

// They and their folders, and nothing that others write.
absl::Status SyncFiles(const std::vector<std::string>& paths) {
  std::vector<std::string> folders;
  std::vector<Descriptor> files;
  for (const std::string& path : paths) {
    // All are on their way before the first is waited for: a journal then has most of them in one commit.
    if (const int fd = files.emplace_back(path).get(); fd >= 0) ::sync_file_range(fd, 0, 0, SYNC_FILE_RANGE_WRITE);
    std::error_code no_link;
    folders.push_back(std::filesystem::canonical(path, no_link).parent_path().string());
  }
  for (size_t i = 0; i < paths.size(); ++i) {  // below 0: what may be written and not read
    if (files[i].get() >= 0 && ::fsync(files[i].get()) != 0) return NotSynced(paths[i], errno);
  }
  std::ranges::sort(folders);
  folders.erase(std::unique(folders.begin(), folders.end()), folders.end());
  for (const std::string& path : folders) {
    const Descriptor folder(path);
    // File systems that cannot do that for folders do it by themselves.
    if (folder.get() >= 0 && ::fsync(folder.get()) != 0 && errno != EINVAL) return NotSynced(path, errno);
  }
  return absl::OkStatus();
}

// Whole file systems, once each.
absl::Status SyncFileSystems(const std::vector<std::string>& paths) {
  std::vector<dev_t> synced;
  for (const std::string& path : paths) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0 || std::ranges::find(synced, status.st_dev) != synced.end()) continue;
    synced.push_back(status.st_dev);
    const Descriptor file(path);
    if (file.get() >= 0 && ::syncfs(file.get()) != 0) return NotSynced(path, errno);
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status Outputs::Sync() const {
  constexpr size_t kFewFiles = 16;  // of --output-dir there may be many, each with a commit of its own
  std::vector<std::string> paths;
  for (const std::string& path : paths_) {
    struct stat status {};
    if (!path.empty() && path != "-" && ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode))
      paths.push_back(path);
  }
  return paths.size() <= kFewFiles ? SyncFiles(paths) : SyncFileSystems(paths);
}

}  // namespace unecho
