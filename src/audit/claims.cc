#include "audit/claims.h"

#include <simdjson.h>

#include <algorithm>
#include <utility>

#include "absl/strings/str_format.h"
#include "audit/compact_provenance.h"
#include "audit/json_object.h"
#include "base/hash_map.h"
#include "read/fd_source.h"
#include "read/utf8_reader.h"
#include "text/counted.h"
#include "text/json_memory.h"
#include "text/ref.h"
#include "text/source_names.h"

namespace unecho {
namespace {

// At least; the whole file doubles the buffer as it goes.
constexpr size_t kReadBytes = size_t{64} << 10;

std::optional<std::string_view> StringOf(const simdjson::dom::object& line, std::string_view key) {
  std::string_view value;
  if (line[key].get(value) != simdjson::SUCCESS) return std::nullopt;
  return value;
}

std::optional<uint64_t> NumberOf(const simdjson::dom::object& line, std::string_view key) {
  uint64_t value = 0;
  if (line[key].get(value) != simdjson::SUCCESS) return std::nullopt;
  return value;
}

template <typename Enum>
std::optional<Enum> ByName(std::optional<std::string_view> name) {
  for (size_t i = 0; name && i < static_cast<size_t>(Enum::kCount); ++i) {
    if (Name(static_cast<Enum>(i)) == *name) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

class ClaimReader {
 public:
  ClaimReader(Claims& claims, std::span<const InputFile> sources, std::span<const Sameness::Key> keys,
              const AuditAgainst* against, const EarlierRecords* earlier, Violations& violations)
      : claims_(claims), keys_(keys), against_(against), earlier_(earlier), violations_(violations) {
    for (size_t i = 0; i < sources.size(); ++i) by_name_.emplace(sources[i].name, static_cast<uint32_t>(i));
    claims_.first_of_source.assign(1, 0);
  }

  void ReadAll(uint64_t first_line) {
    std::string_view rest = claims_.text;
    for (uint64_t line = first_line; !rest.empty(); ++line) {
      const size_t end = rest.find('\n');
      if (end == std::string_view::npos) Report(line, "the last line has no line end");
      ReadLine(rest.substr(0, end), line);
      rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
    claims_.first_of_source.resize(by_name_.size() + 1, claims_.all.size());
    ListWrong();
    claims_.num_own = claims_.all.size();
    ResolveWitnesses();
    if (earlier_ != nullptr) AppendEarlier();
  }

 private:
  struct Wrong {
    uint64_t line;
    const char* what;
    std::string_view source;  // that is not among the inputs
  };
  void Report(uint64_t line, const char* what, std::string_view source = {}) { wrong_.push_back({line, what, source}); }

  // One cause is said once: another file than a provenance, and a source that was left out.
  void ListWrong() {
    const bool is_none = std::ranges::none_of(claims_.all, &Claim::understood);
    const auto is_first = [this](const Wrong& each) { return std::string_view(each.what) == wrong_.front().what; };
    HashMap<std::string, uint64_t> lines_of;
    for (const Wrong& each : wrong_) {
      if (each.source.empty()) continue;
      ++lines_of[std::string(each.source)];
      claims_.cannot_be_checked = true;
    }
    for (const Wrong& each : wrong_) {
      std::string what = each.what;
      if (!each.source.empty()) {
        uint64_t& lines = lines_of[std::string(each.source)];
        if (lines == 0) continue;
        absl::StrAppendFormat(&what, " (%s, in %s)", each.source, Counted(std::exchange(lines, 0), "line"));
      } else if (is_none && wrong_.size() > 1 && std::ranges::all_of(wrong_, is_first)) {
        absl::StrAppendFormat(&what,
                              "; nor is any of the %d other lines one of a provenance: give the file that the run "
                              "wrote with --provenance",
                              wrong_.size() - 1);
        claims_.cannot_be_checked = true;
        violations_.Add(absl::StrFormat("provenance line %d", each.line), what);
        break;
      }
      violations_.Add(absl::StrFormat("provenance line %d", each.line), what);
    }
    wrong_.clear();
  }

  void ReadLine(std::string_view text, uint64_t line) {
    Claim claim;
    claim.source = static_cast<uint32_t>(claims_.first_of_source.size() - 1);
    claim.text = text;
    std::string witness;
    unknown_source_ = {};
    if (const char* wrong = Understand(text, claim, witness); wrong != nullptr) {
      Report(line, wrong, unknown_source_);
    } else {
      claim.understood = true;
    }
    while (claims_.first_of_source.size() <= claim.source) claims_.first_of_source.push_back(claims_.all.size());
    claim.ordinal = claims_.all.size() - claims_.first_of_source[claim.source] + 1;
    witnesses_.push_back(std::move(witness));
    claims_.all.push_back(claim);
  }

  // Null, or what is wrong. Exact text is not looked at here: the audit writes the line anew and compares.
  const char* Understand(std::string_view text, Claim& claim, std::string& witness) {
    simdjson::dom::object line;
    if (!IsParsed(parser_, parser_.parse(text.data(), text.size(), true).get(line))) return "is not a JSON object";
    const auto source = StringOf(line, "source");
    if (!source) return "names no source";
    const auto known = by_name_.find(absl::string_view(source->data(), source->size()));
    unknown_source_ = known == by_name_.end() ? NameIn(text) : std::string_view();
    if (known == by_name_.end())
      return "names a source that is not among the inputs: give them all, spelled as in the run";
    if (known->second + 1 < claims_.first_of_source.size()) return "is out of order: a later source came before it";
    const auto fate = ByName<Fate>(StringOf(line, "fate"));
    const auto offset = NumberOf(line, "offset");
    const auto bytes = NumberOf(line, "bytes");
    if (!fate) return "names no fate";
    if (!offset || !bytes) return "has no offset or no bytes";
    claim.source = known->second;
    claim.fate = *fate;
    claim.written_offset = claim.offset_bytes = *offset;
    claim.written_size = claim.size_bytes = *bytes;
    if (claim.fate == Fate::kRejected) {
      const auto reason = ByName<Reason>(StringOf(line, "reason"));
      if (!reason || *reason == Reason::kNone) return "is rejected for no known reason";
      claim.reason = *reason;
    }
    const std::vector<RawMember> members = RawMembers(text);
    claim.id = ValueText(members, "id");
    claim.equal = ValueText(members, "equal");
    claim.group = ValueText(members, "group");
    claim.member = ValueText(members, "member");
    claim.witness_id = ValueText(members, "witness_id");
    if (claim.fate == Fate::kExact || claim.fate == Fate::kNear || claim.fate == Fate::kContaminated) {
      const auto ref = StringOf(line, "witness");
      if (!ref) return "is removed without a witness";
      witness = *ref;
      claim.similarity = ValueText(members, "similarity");
      claim.similarities = ValueText(members, "similarities");
      claim.agreeing = ValueText(members, "agree");
      const auto by = StringOf(line, "by");
      claim.by_work = by == "work";
      claim.by_decision = by == "decided";
      if (by && !claim.by_work && !claim.by_decision) claim.by_key = KeyOf(*by);
      const auto ngrams = NumberOf(line, "ngrams");
      if (claim.fate == Fate::kContaminated && !ngrams) return "is contaminated without a count of n-grams";
      claim.ngrams = ngrams.value_or(0);
    }
    return nullptr;
  }

  // The source of a line, as it is written: the parser's copy is gone with the line.
  static std::string_view NameIn(std::string_view text) {
    std::string_view value = ValueText(RawMembers(text), "source");
    if (value.size() < 2) return value;
    return value.substr(1, value.size() - 2);
  }

  size_t KeyOf(std::string_view by) const {
    for (size_t key = 0; key < keys_.size(); ++key) {
      if (by == "key:" + keys_[key].name) return key + 1;
    }
    return Claim::kNoSuchKey;
  }

  // The value of a member as it is written; empty if it is not there.
  static std::string_view ValueText(std::span<const RawMember> members, std::string_view name) {
    for (const RawMember& member : members) {
      if (member.name.substr(1, member.name.size() - 2) == name) return member.value;
    }
    return {};
  }

  void ResolveWitnesses() {
    uint64_t unknown_witnesses = 0;  // of sources that the run has not
    std::string first_unknown;
    for (size_t i = 0; i < claims_.all.size(); ++i) {
      if (witnesses_[i].empty()) continue;
      if (claims_.all[i].fate == Fate::kContaminated) {
        if (against_ != nullptr) claims_.all[i].evaluation = against_->ByRef(witnesses_[i]).value_or(Claim::kNoWitness);
        continue;
      }
      const auto split = ParseRef(witnesses_[i]);
      if (!split) continue;
      const auto known = by_name_.find(absl::string_view(split->source.data(), split->source.size()));
      if (known == by_name_.end()) {
        const auto found = earlier_ == nullptr ? std::nullopt : earlier_->Find(split->source, split->ordinal);
        if (found) claims_.all[i].witness = claims_.num_own + *found;
        if (earlier_ == nullptr && unknown_witnesses++ == 0) first_unknown = witnesses_[i];
        continue;
      }
      const auto of_source = claims_.OfSource(known->second);
      if (split->ordinal > of_source.size()) continue;
      claims_.all[i].witness = claims_.first_of_source[known->second] + static_cast<size_t>(split->ordinal) - 1;
    }
    witnesses_.clear();
    if (unknown_witnesses < 2 || claims_.cannot_be_checked) return;
    claims_.cannot_be_checked = true;
    violations_.Add(first_unknown,
                    absl::StrFormat("is the witness of a record, and its source is not among the inputs, "
                                    "nor are those of %d more: of a run with --index, give that",
                                    unknown_witnesses - 1));
  }

  void AppendEarlier() {
    const size_t num_sources = by_name_.size();
    for (const EarlierRecord& record : earlier_->all()) {
      Claim& claim = claims_.all.emplace_back();
      claim.understood = true;
      claim.source = static_cast<uint32_t>(num_sources + record.source);
      claim.ordinal = record.ordinal;
      claim.fate = Fate::kReference;
      claim.earlier_source = earlier_->source_names()[record.source];
      claim.earlier_members = record.members;
    }
  }

  Claims& claims_;
  std::span<const Sameness::Key> keys_;
  const AuditAgainst* against_;
  const EarlierRecords* earlier_;
  Violations& violations_;
  std::vector<Wrong> wrong_;
  std::string_view unknown_source_;  // of the line in hand
  HashMap<std::string, uint32_t> by_name_;
  std::vector<std::string> witnesses_;
  simdjson::dom::parser parser_;
};

}  // namespace

void Violations::Add(std::string_view where, std::string_view what) {
  if (count_++ < AuditResult::kMaxListed) listed_.push_back(absl::StrFormat("%s: %s", where, what));
}

std::string ClaimRef(std::span<const InputFile> sources, const Claim& claim) {
  const std::string_view source =
      claim.earlier_source.empty() ? std::string_view(sources[claim.source].name) : claim.earlier_source;
  return absl::StrFormat("%s#%d", source, claim.ordinal);
}

namespace {

absl::StatusOr<std::string> ReadAll(InputReader& reader) {
  std::string bytes;
  for (size_t size = 0;;) {
    if (bytes.size() - size < kReadBytes) bytes.resize(2 * size + kReadBytes);
    UNECHO_ASSIGN_OR_RETURN(const InputReader::Result result,
                            reader.Read({bytes.data() + size, bytes.size() - size}, std::chrono::hours(1)));
    size += result.bytes;
    if (result.at_end) {
      bytes.resize(size);
      return bytes;
    }
  }
}

}  // namespace

absl::StatusOr<std::string> ReadWhole(const InputFile& file) {
  UNECHO_ASSIGN_OR_RETURN(auto reader, OpenInput(file, nullptr));
  return ReadAll(*reader);
}

absl::StatusOr<WholeText> ReadText(const InputFile& file, const std::string& encoding, const Layout* layout) {
  UNECHO_ASSIGN_OR_RETURN(auto input, OpenInput(file, nullptr));
  Utf8Reader reader(std::move(input), encoding, /*takes_binary=*/false, OwnEncodingsOf(layout));
  UNECHO_ASSIGN_OR_RETURN(std::string text, ReadAll(reader));
  return WholeText{std::move(text), reader.encoding().widths, reader.encoding().name, reader.num_undecodable()};
}

void PointIntoText(const WholeText& text, std::span<Claim> claims) {
  size_t at = 0;
  uint64_t source_at = 0;
  // The claims come in order; an offset inside a character becomes the one behind it, which no record has.
  const auto text_offset = [&](uint64_t source_offset) -> uint64_t {
    while (source_at < source_offset && at < text.text.size()) {
      size_t end = at + 1;
      while (end < text.text.size() && static_cast<signed char>(text.text[end]) < -0x40) ++end;
      source_at += SourceBytes(text.widths, std::string_view(text.text).substr(at, end - at));
      at = end;
    }
    return source_at == source_offset ? at : text.text.size() + 1;
  };
  for (Claim& claim : claims) {
    claim.offset_bytes = text_offset(claim.written_offset);
    claim.size_bytes = text_offset(claim.written_offset + claim.written_size) - claim.offset_bytes;
  }
}

absl::StatusOr<std::unique_ptr<Claims>> ReadClaims(const std::string& path, std::span<const InputFile> sources,
                                                   std::span<const Sameness::Key> keys, const AuditAgainst* against,
                                                   const EarlierRecords* earlier, Violations& violations) {
  auto claims = std::make_unique<Claims>();
  UNECHO_ASSIGN_OR_RETURN(OpenedProvenance provenance, OpenProvenance(path));
  UNECHO_ASSIGN_OR_RETURN(claims->text, ReadAll(*provenance.reader));
  claims->head = std::move(provenance.head);
  ClaimReader(*claims, sources, keys, against, earlier, violations).ReadAll(provenance.first_line);
  return claims;
}

void CheckHead(const Claims& claims, std::span<const InputFile> sources, std::span<const InputFile> sets,
               std::span<const std::string> earlier, Violations& violations) {
  if (claims.head.empty()) return;
  std::vector<std::string> names;
  for (const std::span<const InputFile> files : {sources, sets}) {
    for (const InputFile& file : files) names.push_back(file.name);
  }
  names.insert(names.end(), earlier.begin(), earlier.end());
  const SourceNames run(names);
  for (uint32_t i = 0; i < std::max(run.size(), claims.head.size()); ++i) {
    const std::string should = i < run.size() ? run.escaped(SourceId{i}) : "no further one";
    const std::string is = i < claims.head.size() ? claims.head[i] : "no further one";
    if (should == is) continue;
    violations.Add("provenance line 1", absl::StrFormat("source %d of the list is %s and should be %s", i, is, should));
    return;
  }
}

absl::StatusOr<std::string> FirstSourceOf(const std::string& path) {
  if (path != "-") UNECHO_RETURN_IF_ERROR(FdSource::CheckCanBeOpened(path));
  if (!CanBeReadTwice({path, path}))
    return absl::InvalidArgumentError(
        "audit: with --index and without --report the provenance is read twice: give a file");
  UNECHO_ASSIGN_OR_RETURN(LineStream lines, LineStream::OfProvenance(path));
  UNECHO_ASSIGN_OR_RETURN(const auto line, lines.Peek());
  simdjson::dom::parser parser;
  simdjson::dom::object first;
  const std::string text(line.value_or(""));
  if (!IsParsed(parser, parser.parse(text).get(first))) return std::string();
  return std::string(StringOf(first, "source").value_or(""));
}

absl::StatusOr<LineStream> LineStream::Open(const std::string& path) {
  LineStream stream;
  UNECHO_ASSIGN_OR_RETURN(stream.reader_, OpenInput({path, path}, nullptr));
  return stream;
}

absl::StatusOr<LineStream> LineStream::OfProvenance(const std::string& path) {
  UNECHO_ASSIGN_OR_RETURN(OpenedProvenance provenance, OpenProvenance(path));
  LineStream stream;
  stream.reader_ = std::move(provenance.reader);
  stream.line_ = provenance.first_line;
  return stream;
}

// Finds the end of the line that starts at buffer_[begin], reading on as needed. False: there is no such line.
absl::StatusOr<bool> LineStream::FindLine(size_t begin, size_t& end) {
  for (size_t seen = begin;;) {
    end = buffer_.find('\n', seen);
    if (end != std::string::npos) return true;
    seen = buffer_.size();
    if (at_end_) {
      end = buffer_.size();
      if (begin >= end) return false;
      cut_off_ = true;
      return true;
    }
    const size_t size = buffer_.size();
    buffer_.resize(size + kReadBytes);
    UNECHO_ASSIGN_OR_RETURN(const InputReader::Result result,
                            reader_->Read({buffer_.data() + size, kReadBytes}, std::chrono::hours(1)));
    buffer_.resize(size + result.bytes);
    at_end_ = result.at_end;
  }
}

absl::StatusOr<std::optional<std::string_view>> LineStream::Peek(bool second) {
  if (begin_ > kReadBytes) {
    buffer_.erase(0, begin_);
    begin_ = 0;
  }
  size_t begin = begin_, end = 0;
  UNECHO_ASSIGN_OR_RETURN(bool found, FindLine(begin, end));
  if (found && second) {
    begin = end + 1;
    UNECHO_ASSIGN_OR_RETURN(found, FindLine(begin, end));
  }
  if (!found) return std::optional<std::string_view>();
  return std::optional<std::string_view>(std::string_view(buffer_).substr(begin, end - begin));
}

void LineStream::Drop() {
  const size_t end = buffer_.find('\n', begin_);
  begin_ = end == std::string::npos ? buffer_.size() : end + 1;
  ++line_;
}

}  // namespace unecho
