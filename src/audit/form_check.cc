#include "audit/form_check.h"

#include <algorithm>
#include <filesystem>
#include <string>

#include "absl/strings/str_format.h"
#include "audit/lines_check.h"
#include "text/file_name.h"
#include "text/path_text.h"
#include "text/scan.h"

namespace unecho {

namespace {

// x.csv -> x.csv, and x.csv@2 -> x@2.csv; of a packed file x.csv.gz and x@2.csv.gz.
std::string FileNameOf(const InputFile& source) {
  const size_t at = std::min(source.name.rfind('@'), source.name.size());
  const std::string number = source.name.substr(at);
  const bool is_numbered =
      number.size() > 1 && std::all_of(number.begin() + 1, number.end(), [](char c) { return '0' <= c && c <= '9'; });
  std::string name(WithoutCompressionSuffix(is_numbered ? source.name.substr(0, at) : source.name));
  if (is_numbered) name.insert(name.size() - std::filesystem::path(name).extension().string().size(), number);
  return name + std::string(CompressionSuffix(source.path));
}

}  // namespace

absl::StatusOr<std::unique_ptr<FormCheck>> FormCheck::Open(Evidence& evidence, const std::string& corpus) {
  std::unique_ptr<FormCheck> check(new FormCheck(evidence));
  const bool are_aligned = !evidence.answer.aligned.empty();
  std::error_code ignored;
  if (std::filesystem::is_directory(corpus, ignored)) {
    std::vector<std::string> names;
    for (size_t i = evidence.answer.reference.size(); i < evidence.sources.size(); ++i) {
      const InputFile& source = evidence.sources[i];
      if (!are_aligned) names.push_back(FileNameOf(source));
      for (const AlignedFile& file : evidence.sources[i].aligned) names.push_back(TextOfPath(file.path));
    }
    check->places_ = PlacesInFolder(corpus, names);
    return check;
  }
  if (are_aligned)
    return absl::InvalidArgumentError(absl::StrFormat(
        "%s: is no folder; aligned files are written into one (--output-dir): give that as --corpus", corpus));
  UNECHO_ASSIGN_OR_RETURN(check->corpus_, FormStream::Open(corpus, "corpus", evidence.violations));
  return check;
}

absl::Status FormCheck::CheckSource(uint32_t source, std::string_view text, const FormOptions& given,
                                    const AuditSource& reading) {
  const size_t num_references = evidence_.answer.reference.size();
  if (source < num_references) return absl::OkStatus();
  if (!evidence_.answer.aligned.empty()) return CheckAligned(source);
  std::vector<PlacedRecord> records;
  std::vector<size_t> claims;
  size_t taken = 0;
  for (size_t i = 0; i < reading.spans.size(); ++i) {
    const size_t claim = evidence_.claims->first_of_source[source] + i;
    const std::string_view bytes = reading.spans[i].bytes;
    if (!reading.spans[i].sound) continue;  // the violation is listed
    const auto begin = static_cast<size_t>(bytes.data() - text.data());
    if (begin < taken) continue;
    taken = begin + bytes.size();
    records.push_back({begin, bytes.size(), evidence_.ClaimOf(claim).fate == Fate::kKept});
    claims.push_back(claim);
  }
  FormOptions options = given;
  options.is_first = !corpus_ || is_first_;
  ExpectedForm form = ExpectedFormOf(text, records, options);
  std::vector<FormStream::Piece> pieces;
  for (ExpectedForm::Kept& kept : form.kept) {
    const PlacedRecord& record = records[kept.record];
    const size_t claim = claims[kept.record];
    const std::string& filled = evidence_.merged.Text(claim);
    const std::string_view as_it_came = text.substr(record.begin, record.size);
    pieces.push_back(
        {evidence_.Ref(claim), std::move(kept.before), filled.empty() ? as_it_came : std::string_view(filled)});
  }
  if (corpus_) {
    if (text.empty()) return absl::OkStatus();
    std::string between;
    if (!is_first_) {
      if (!corpus_->ends_in_a_line()) between = "\n";
      between += BetweenSources(options, ruler_, ends_in_ruler_);
    }
    is_first_ = false;
    ends_in_ruler_ = form.ends_in_ruler;
    if (ruler_.empty()) ruler_ = std::move(form.ruler);
    (pieces.empty() ? form.behind : pieces.front().before).insert(0, between);
    return corpus_->Take(std::move(pieces), std::move(form.behind));
  }
  const std::string& place = places_[source - num_references];
  if (!IsThere(place, source)) return absl::OkStatus();
  UNECHO_ASSIGN_OR_RETURN(FormStream file, FormStream::Open(place, "file " + place, evidence_.violations));
  UNECHO_RETURN_IF_ERROR(file.Take(std::move(pieces), std::move(form.behind)));
  return file.End();
}

// Each file has the lines of its own source that belong to kept records, with the line ends that they have there.
absl::Status FormCheck::CheckAligned(uint32_t source) {
  const std::vector<AlignedFile>& files = evidence_.sources[source].aligned;
  for (size_t file = 0; file < files.size(); ++file) {
    UNECHO_ASSIGN_OR_RETURN(const std::string text, ReadWhole({files[file].path, files[file].path}));
    if (!IsThere(places_[file], source)) continue;
    std::string_view left = text;
    if (left.starts_with(kBom)) left.remove_prefix(kBom.size());
    UNECHO_ASSIGN_OR_RETURN(LinesCheck lines,
                            LinesCheck::Open(places_[file], {"file " + places_[file], "kept"}, evidence_.violations));
    bool lacks_line_end = false;
    for (size_t i = evidence_.claims->first_of_source[source]; i < evidence_.claims->first_of_source[source + 1]; ++i) {
      const size_t end = std::min(left.find('\n'), left.size());
      if (evidence_.ClaimOf(i).fate == Fate::kKept) {
        UNECHO_RETURN_IF_ERROR(lines.Next(evidence_.Ref(i), std::string(left.substr(0, end))));
        lacks_line_end = end == left.size();
      }
      left.remove_prefix(std::min(end + 1, left.size()));
    }
    UNECHO_RETURN_IF_ERROR(lines.End(lacks_line_end));
  }
  return absl::OkStatus();
}

bool FormCheck::IsThere(const std::string& place, uint32_t source) {
  std::error_code ignored;
  if (std::filesystem::exists(place, ignored)) return true;
  evidence_.violations.Add(
      place, absl::StrFormat("is not there; it should have what is kept of %s", evidence_.sources[source].name));
  return false;
}

absl::Status FormCheck::End() { return corpus_ ? corpus_->End() : absl::OkStatus(); }

}  // namespace unecho
