#include "write/review.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "absl/strings/str_join.h"
#include "options/decisions.h"
#include "text/json.h"
#include "works/work_fields.h"
#include "write/corpus.h"

namespace unecho {
namespace {

constexpr std::string_view kMark = "\xef\xbb\xbf";
constexpr std::array<std::string_view, 10> kFields = {"ref",       "id",     "title",  "authors", "year",
                                                      "container", "volume", "number", "pages",   "doi"};

bool IsBlank(char c) { return static_cast<unsigned char>(c) <= ' '; }

// On one line, and UTF-8.
void AppendLine(std::string_view value, std::string& out) {
  thread_local std::string line;
  line.clear();
  for (const char c : value) {
    if (!IsBlank(c))
      line += c;
    else if (!line.empty() && line.back() != ' ')
      line += ' ';
  }
  if (!line.empty() && line.back() == ' ') line.pop_back();
  AppendRepairedUtf8(line, out);
  out += '\n';
}

void AppendCell(std::string_view value, std::string& out) {
  const std::string cell = CellText(value);
  if (cell.find_first_of(",;\"\n\r") == cell.npos) {
    out += cell;
    return;
  }
  out += '"';
  for (const char c : cell) out.append(c == '"' ? 2 : 1, c);
  out += '"';
}

void AppendNames(uint16_t signs, std::string& out) {
  const char* before = "";
  for (size_t i = 0; i < kNumSigns; ++i) {
    if ((signs >> i & 1) == 0) continue;
    out.append(before).append(Name(static_cast<Sign>(i)));
    before = " ";
  }
}

std::array<std::string_view, kFields.size()> CellsOf(std::string_view lines) {
  std::array<std::string_view, kFields.size()> cells;
  for (std::string_view& cell : cells) {
    cell = lines.substr(0, lines.find('\n'));
    lines.remove_prefix(std::min(lines.size(), cell.size() + 1));
  }
  return cells;
}

}  // namespace

void WriteFields::operator()(Batch& batch) const {
  std::string lines;
  for (Record& record : batch.records) {
    if (record.fate != Fate::kKept && record.fate != Fate::kReference) continue;
    const WorkFields fields = WorkFieldsOf(batch, record);
    lines.clear();
    for (const std::string& name : {RefName(sources_.name(batch.source), record.ordinal), TextOfId(record.id)})
      lines.append(NameKey(name)).append("\n");
    const std::string authors = absl::StrJoin(fields.authors, "; ");
    for (const std::string* value : {&fields.title, &authors, &fields.year, &fields.container, &fields.volume,
                                     &fields.number, &fields.pages, &fields.doi})
      AppendLine(*value, lines);
    record.written_fields = batch.arena.Copy(lines);
  }
}

KeptFields::KeptFields(const UnsurePairs* pairs) : takes_all_(pairs == nullptr) {
  for (size_t i = 0; pairs != nullptr && i < pairs->size(); ++i) {
    const UnsurePair& pair = (*pairs)[i];
    if (places_.size() <= pair.second) places_.Resize(size_t{pair.second} + 1);  // the first was kept before
    places_[pair.first].size = places_[pair.second].size = kAwaited;
  }
}

void KeptFields::operator()(const Batch& batch) {
  for (const Record& record : batch.records) {
    if (record.fate != Fate::kKept && record.fate != Fate::kReference) continue;
    if (takes_all_ && places_.size() <= record.kept_id) {
      places_.Resize(size_t{record.kept_id} + 1);
      places_[record.kept_id].size = kAwaited;
    }
    if (record.kept_id >= places_.size() || places_[record.kept_id].size != kAwaited) continue;
    const std::string_view text = record.written_fields;
    places_[record.kept_id] = {text_.size(), static_cast<uint32_t>(text.size())};
    std::memcpy(text_.Extend(text.size()), text.data(), text.size());
  }
}

absl::Status WriteReview(UnsurePairs& pairs, const KeptFields& fields, OutputFile& file) {
  constexpr size_t kBytesAtOnce = size_t{1} << 20;
  pairs.Sort();
  std::string out(kMark);
  out += "decision,likeness,agree,against";
  for (const std::string_view field : kFields) {
    for (const char* const which : {"_1", "_2"}) out.append(",").append(field).append(which);
  }
  out += '\n';
  for (size_t i = 0; i < pairs.size(); ++i) {
    const UnsurePair& pair = pairs[i];
    out += ',';
    AppendFixed6(pair.likeness, out);
    out += ',';
    AppendNames(pair.agreeing, out);
    out += ',';
    AppendNames(pair.opposing, out);
    const auto one = CellsOf(fields.of(pair.first)), other = CellsOf(fields.of(pair.second));
    for (size_t field = 0; field < kFields.size(); ++field) {
      for (const std::string_view value : {one[field], other[field]}) {
        out += ',';
        AppendCell(value, out);
      }
    }
    out += '\n';
    if (out.size() < kBytesAtOnce) continue;
    UNECHO_RETURN_IF_ERROR(file.Write(out));
    out.clear();
  }
  return file.Write(out);
}

}  // namespace unecho
