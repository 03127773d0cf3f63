#include "given/find_inputs.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <system_error>
#include <utility>

#include "absl/strings/str_format.h"
#include "read/folders.h"
#include "text/file_name.h"
#include "write/outputs.h"
#include "write/packing.h"

namespace unecho {
namespace {

using Files = std::vector<std::string>;

// What is written into a folder that is read, the next run reads. A folder of outputs there is an error: its files
// would be inputs at once where they are replaced.
// Of a file that is read twice all is a copy the second time: most often a folder is named, and a file in it. Empty:
// there is none.
std::string ReadTwice(const PipelineOptions& options) {
  std::map<std::pair<dev_t, ino_t>, const std::string*> first;
  for (const Files* files : {&options.answer.reference, &options.inputs}) {
    for (const std::string& path : *files) {
      struct stat file;
      if (stat(path.c_str(), &file) != 0 || !S_ISREG(file.st_mode) || file.st_size == 0) continue;
      const auto [at, is_new] = first.emplace(std::pair(file.st_dev, file.st_ino), &path);
      if (is_new) continue;
      const std::string both =
          *at->second == path ? path + " is named twice" : *at->second + " and " + path + " are one file";
      return both + ": it is read twice, and all of it is a copy the second time";
    }
  }
  return {};
}

absl::Status CheckBesideInputs(const Given& given, const PipelineOptions& options, Files& warnings) {
  if (!options.output_dir.empty() && !options.dry_run) {
    const std::string folder = FolderThatReads(options.output_dir + "/x", given.inputs, {});
    if (!folder.empty()) {
      return absl::InvalidArgumentError(absl::StrFormat(
          "--output-dir %s lies in %s, which is read: what is written there would be an input of the next run; name "
          "a folder outside",
          options.output_dir, folder));
    }
  }
  for (const std::string& file :
       Named({options.dry_run || !options.output_dir.empty() ? std::string() : options.output, options.provenance,
              options.rejects, options.removed, options.review, options.report})) {
    const std::string folder = file == "-" ? std::string() : FolderThatReads(file, given.inputs, given.globs);
    if (folder.empty()) continue;
    warnings.push_back(
        absl::StrFormat("%s is written into %s, which is read: other runs will take it for an input", file, folder));
  }
  if (std::string twice = ReadTwice(options); !twice.empty() && !given.aligned) warnings.push_back(std::move(twice));
  return absl::OkStatus();
}

}  // namespace

Files Named(std::initializer_list<std::string> paths, Files more) {
  for (const std::string& path : paths) {
    if (!path.empty()) more.push_back(path);
  }
  return more;
}

Files ParametersOf(const Given& given) {
  Files files = given.answer.against;
  files.insert(files.end(), given.answer.reference.begin(), given.answer.reference.end());
  files.insert(files.end(), given.parameter_files.begin(), given.parameter_files.end());
  if (!given.answer.decided.empty()) files.push_back(given.answer.decided);
  return files;
}

absl::StatusOr<Given> WithReferenceFiles(const Given& given) {
  Given walked = given;
  Files& files = walked.answer.reference;
  std::error_code ignored;
  const bool has_folders = std::ranges::any_of(
      files, [&ignored](const std::string& path) { return std::filesystem::is_directory(path, ignored); });
  if (files.empty()) return walked;
  UNECHO_ASSIGN_OR_RETURN(files, WalkInputs(files, has_folders ? given.globs : Files(), {}));
  return walked;
}

absl::StatusOr<Files> FindInputs(const Given& given, const Files& read_beside, const Files& written) {
  Files others = read_beside;
  others.insert(others.end(), written.begin(), written.end());
  others.push_back(given.index);
  UNECHO_ASSIGN_OR_RETURN(Files inputs, WalkInputs(given.inputs, given.globs, others));
  Files read = read_beside;
  read.insert(read.end(), inputs.begin(), inputs.end());
  if (inputs.empty()) read.emplace_back("-");
  Files lines, tables;
  for (const std::string& path : written) {
    const bool may_be_table = path == given.provenance || path == given.output;
    (may_be_table && IsTableName(path) ? tables : lines).push_back(path);
  }
  UNECHO_RETURN_IF_ERROR(CheckOutputs(lines, read, given.force, tables));
  return inputs;
}

bool IsHtmlName(std::string_view path) {
  path = WithoutCompressionSuffix(path);
  return path.ends_with(".html") || path.ends_with(".htm");
}

PipelineOptions PipelineOf(const Given& given, Command command) {
  return {.command = command,
          .inputs = given.inputs,
          .stdin_name = given.stdin_name,
          .answer = given.answer,
          .run = given.run,
          .output = given.output,
          .output_dir = given.output_dir,
          .provenance = given.provenance,
          .provenance_format = given.provenance_format,
          .report = given.report,
          .rejects = given.rejects,
          .removed = given.removed,
          .review = given.review,
          .index = given.index,
          .index_read_only = given.index_read_only,
          .resume = given.resume,
          .overwrite = given.force,
          .dry_run = given.dry_run || !given.ref.empty(),  // a story takes the place of the corpus
          .parameter_files = given.parameter_files};
}

absl::StatusOr<FoundRun> FindRun(const Given& as_given, Command command) {
  UNECHO_ASSIGN_OR_RETURN(const Given given, WithReferenceFiles(as_given));
  FoundRun run{PipelineOf(given, command), {}};
  PipelineOptions& options = run.options;
  // Most runs need nothing of it; the one that does would find out at its end.
  if (std::error_code error; !options.run.tmpdir.empty() && !std::filesystem::is_directory(options.run.tmpdir, error)) {
    return absl::NotFoundError(
        absl::StrFormat("--tmpdir %s: there is no such folder; name one that is there", options.run.tmpdir));
  }
  const std::string corpus = !given.ref.empty() ? "-"  // the story
                             : options.dry_run  ? std::string()
                                                : options.output;
  UNECHO_ASSIGN_OR_RETURN(options.inputs, FindInputs(given, options.ReadBeside(),
                                                     {corpus, options.provenance, options.rejects, options.removed,
                                                      options.review, options.report}));
  UNECHO_RETURN_IF_ERROR(CheckBesideInputs(given, options, run.warnings));
  return run;
}

absl::StatusOr<AuditOptions> FindAudit(const Given& as_given) {
  UNECHO_ASSIGN_OR_RETURN(const Given given, WithReferenceFiles(as_given));
  UNECHO_ASSIGN_OR_RETURN(
      Files inputs,
      FindInputs(given,
                 Named({given.run_corpus, given.run_provenance, given.run_report, given.run_rejects, given.run_removed},
                       ParametersOf(given)),
                 {given.output}));
  return AuditOptions{.inputs = std::move(inputs),
                      .stdin_name = given.stdin_name,
                      .answer = given.answer,
                      .run = given.run,
                      .provenance = given.run_provenance,
                      .corpus = given.run_corpus,
                      .rejects = given.run_rejects,
                      .removed = given.run_removed,
                      .report = given.run_report,
                      .index = given.index,
                      .recall = given.recall};
}

}  // namespace unecho
