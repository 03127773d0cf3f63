// The parallel half of the pattern engine: marks -> records, pieces, ledger.
//
// pattern_fields.h says which field each line of a record goes to. Where a profile has neither fields nor titles, the
// text is all lines as they stand, without the furniture inside.
//
// A piece is a view of the source where the lines of a paragraph lie under each other as they are; it is copied where
// something was cut out between them, or where the profile unescapes.
#include <algorithm>
#include <array>
#include <span>
#include <string>

#include "base/batch.h"
#include "layouts/asides.h"
#include "layouts/engines.h"
#include "layouts/furniture_text.h"
#include "layouts/line_batch.h"
#include "layouts/page_rules.h"
#include "layouts/pattern_cutter.h"
#include "layouts/pattern_fields.h"
#include "layouts/record_parts.h"
#include "layouts/separators.h"
#include "layouts/span_batch.h"
#include "layouts/unescape.h"
#include "text/json.h"
#include "text/scan.h"

namespace unecho {
namespace {

class PatternSegmenter {
 public:
  PatternSegmenter(const LayoutOptions& options, const Profile& profile, Batch& batch)
      : options_(options),
        profile_(profile),
        batch_(batch),
        rules_(profile.pattern),
        counter_(batch.content()),
        snapshot_(batch.snapshot),
        header_(batch.context),
        columns_(ColumnsOf(profile.pattern.table, batch.context)),
        fields_(profile.pattern, batch),
        tags_(batch.layout) {}

  void Run() {
    const std::span<const Cut> cuts = batch_.cuts;
    for (size_t i = 0; i < cuts.size(); ++i) {
      const Cut& cut = cuts[i];
      switch (static_cast<PatternCut>(cut.kind)) {
        case PatternCut::kRecord:
        case PatternCut::kMaybe: AddEntry(cut, cuts.subspan(i + 1)); break;
        case PatternCut::kOutside: AddOutside(cut); break;
        case PatternCut::kFurniture: CountFurniture(cut); break;
        case PatternCut::kSnapshot:
          CountFurniture(cut);
          snapshot_ = rules_.SnapshotOf(View(cut));
          break;
        case PatternCut::kHeader:
          CountFurniture(cut);
          header_ = View(cut);
          columns_ = ColumnsOf(profile_.pattern.table, header_);
          break;
        case PatternCut::kRow: AddRow(cut); break;
        case PatternCut::kBareRow: AddBareRow(cut); break;
        case PatternCut::kFragment: AddTooLong(cut.begin, cut.end, true); break;
        case PatternCut::kFragmentEnd: AddTooLong(cut.begin, cut.end, false); break;
      }
    }
    batch_.num_lines = counter_.Total();
    Ledger& ledger = batch_.ledger;
    ledger.bytes_read = batch_.size;
    ledger[ByteClass::kSeparator] = batch_.size - ledger[ByteClass::kRecord] - ledger[ByteClass::kLeftOut] -
                                    ledger[ByteClass::kFurniture] - ledger[ByteClass::kRejected];
  }

 private:
  std::string_view View(const Cut& cut) const { return batch_.content().substr(cut.begin, cut.end - cut.begin); }

  // Furniture inside a rejected record was counted with it.
  void CountFurniture(const Cut& cut) {
    if (cut.begin < counted_) return;
    batch_.ledger[ByteClass::kFurniture] += cut.end - cut.begin;
    NoteFurniture(batch_, View(cut), cut.begin, counter_.LinesBefore(cut.begin));
  }

  void AddTooLong(size_t begin, size_t end, bool goes_on) {
    const bool continues = batch_.open_fragment && begin == 0;
    RejectTooLong(batch_, begin, end, counter_.LinesBefore(begin), continues, goes_on);
    counted_ = end;
  }

  void AddOutside(const Cut& cut) {
    if (cut.end - cut.begin > options_.max_record_bytes) return AddTooLong(cut.begin, cut.end, false);
    Record record = MakeRecord(batch_, cut.begin, cut.end, counter_.LinesBefore(cut.begin));
    record.reason = Reason::kOrphanBody;
    Finish(record, 0);
  }

  void Finish(Record& record, uint64_t furniture_inside) {
    record.snapshot = snapshot_;
    NoteBadUtf8(batch_, record);
    const bool is_rejected = record.reason != Reason::kNone;
    if (is_rejected) {
      record.left_out_bytes = 0;
      batch_.ledger[ByteClass::kRejected] += record.size_bytes;
      counted_ = static_cast<size_t>(record.offset_bytes - batch_.offset_bytes + record.size_bytes);
    } else {
      record.furniture_bytes = furniture_inside;
      CountAccepted(batch_, record);
    }
    batch_.records.push_back(record);
  }

  // --- records made of lines ----------------------------------------------------------------------------------------

  // `behind`: the marks behind that of the entry; those that begin inside it are furniture.
  void AddEntry(const Cut& entry, std::span<const Cut> behind) {
    if (entry.end - entry.begin > options_.max_record_bytes) return AddTooLong(entry.begin, entry.end, false);
    const uint64_t furniture_inside = fields_.Read(entry, behind);
    Record record = MakeRecord(batch_, entry.begin, entry.end, counter_.LinesBefore(entry.begin));
    record.first_piece = static_cast<uint32_t>(batch_.pieces.size());
    AddTitle(fields_.FirstOf("title"));
    if (profile_.pattern.takes_all_lines())
      AddAllLines(entry, furniture_inside == 0 ? std::span<const Cut>() : behind);
    else
      AddBody(fields_.Text());
    record.num_pieces = static_cast<uint32_t>(batch_.pieces.size()) - record.first_piece;
    record.title = batch_.pieces[record.first_piece];
    record.left_out_bytes = fields_.LeftOutBytes();
    const bool has_no_body = static_cast<PatternCut>(entry.kind) == PatternCut::kMaybe && record.num_pieces == 1;
    if (has_no_body && !HasMore(record.raw, furniture_inside)) {
      batch_.pieces.resize(record.first_piece);
      batch_.ledger[ByteClass::kFurniture] += entry.end - entry.begin - furniture_inside;
      return;
    }
    CheckText(record);
    if (has_no_body && record.reason == Reason::kNone) Reject(record, Reason::kTitleWithoutBody);
    ListFields(record);
    TakeNamed(record);
    if (!profile_.pattern.tag.empty() && options_.match_fields.empty() && record.reason == Reason::kNone)
      HashAsides(batch_, record, asides_, options_.apart_fields, tags_);
    Finish(record, furniture_inside);
  }

  // Is there more to what may be a record, and has no body, than a heading and furniture?
  bool HasMore(std::string_view entry, uint64_t furniture_inside) const {
    if (!profile_.pattern.outside_is_rejected) return false;
    LineEnds ends(entry);
    const size_t end = std::min(ends.Find(0), entry.size());
    const std::string_view first = TrimBlanks(entry.substr(0, end));
    if (!first.starts_with('#') && !first.starts_with("**")) return true;
    uint64_t text = 0;
    for (const char c : entry.substr(end)) text += c != '\n' && c != '\r';
    return text > furniture_inside;
  }

  void CheckText(Record& record) {
    if (record.title.empty() && profile_.pattern.require_title)
      Reject(record, Reason::kNoTitle);
    else if (record.num_pieces == 1 && options_.require_body)
      Reject(record, Reason::kTitleWithoutBody);
  }

  void Reject(Record& record, Reason reason) {
    record.reason = reason;
    batch_.pieces.resize(record.first_piece);
    record.num_pieces = 0;
    record.title = {};
  }

  // The entry as it stands, without the lines of the marks in it.
  void AddAllLines(const Cut& entry, std::span<const Cut> marks) {
    std::string_view text = View(entry);
    if (!marks.empty()) {
      joined_.clear();
      size_t begin = entry.begin;
      LineEnds ends(batch_.content());
      for (const Cut& mark : marks) {
        if (mark.begin >= entry.end) break;
        joined_ += batch_.content().substr(begin, mark.begin - begin);
        begin = mark.end < entry.end ? mark.end + ends.Size(mark.end) : entry.end;
      }
      joined_ += batch_.content().substr(begin, entry.end - begin);
      text = batch_.arena.Copy(joined_);
    }
    if (NeedsUnescape(profile_.unescape_body, text)) {
      scratch_.clear();
      AppendUnescaped(profile_.unescape_body, text, scratch_);
      text = batch_.arena.Copy(scratch_);
    }
    batch_.pieces.push_back(text);
  }

  // --- rows of tables ----------------------------------------------------------------------------------------------

  void AddRow(const Cut& cut) {
    if (cut.end - cut.begin > options_.max_record_bytes) return AddTooLong(cut.begin, cut.end, false);
    const std::vector<std::string_view> cells = RowCells(OneLine(View(cut)), columns_.count, columns_.body);
    const auto cell = [&](std::optional<size_t> column) {
      return column && *column < cells.size() ? cells[*column] : std::string_view();
    };
    bool is_blank = true;
    for (const std::string_view each : cells) is_blank &= each.empty();
    if (is_blank) return CountFurniture(cut);
    const std::string_view body = cell(columns_.body), date = cell(columns_.snapshot);
    std::vector<std::string_view> texts;
    said_.assign(cells.size(), false);
    for (size_t i = 0; i < cells.size(); ++i) {
      const bool is_text = columns_.body == i ? !body.empty()
                                              : std::ranges::find(columns_.others, i) != columns_.others.end() &&
                                                    SaysSomething(cells[i], !body.empty());
      if (is_text) texts.push_back(cells[i]);
      said_[i] = is_text || columns_.title == i;
    }
    AddRowRecord(cut, cells, StrippedTitle(cell(columns_.title)), texts, Plain(date));
  }

  std::string_view StrippedTitle(std::string_view title) {
    const std::string_view stripped = fields_.Stripped(profile_.pattern.table.strip, title);
    return stripped.empty() ? title : stripped;
  }

  // A row that is broken over lines.
  std::string_view OneLine(std::string_view row) {
    if (row.find_first_of("\r\n") == row.npos) return row;
    scratch_.clear();
    AppendTidy(row, Space::kOneLine, scratch_);
    return batch_.arena.Copy(scratch_);
  }

  void AddBareRow(const Cut& cut) {
    for (const Pattern& row : profile_.pattern.table.row) {
      if (row.Matches(View(cut))) return AddRowRecord(cut, {}, row.Extract(View(cut)), {}, {});
    }
  }

  void AddRowRecord(const Cut& cut, std::span<const std::string_view> cells, std::string_view title,
                    std::span<const std::string_view> texts, std::string_view date) {
    Record record = MakeRecord(batch_, cut.begin, cut.end, counter_.LinesBefore(cut.begin));
    record.first_piece = static_cast<uint32_t>(batch_.pieces.size());
    const std::array<std::string_view, 1> title_line = {title};
    fields_.Clear();
    AddTitle(title_line);
    for (const std::string_view& text : texts) AddBody({&text, 1});
    record.num_pieces = static_cast<uint32_t>(batch_.pieces.size()) - record.first_piece;
    record.title = batch_.pieces[record.first_piece];
    CheckText(record);
    ListCells(cells, record);
    TakeNamed(record);
    const std::string_view in_force = snapshot_;
    if (!date.empty()) snapshot_ = date;
    Finish(record, 0);
    snapshot_ = in_force;
  }

  // --- text --------------------------------------------------------------------------------------------------------

  // A field as text: unescaped as a title is.
  std::string_view Plain(std::string_view text) {
    if (!NeedsUnescape(profile_.unescape_title, text)) return text;
    scratch_.clear();
    AppendUnescaped(profile_.unescape_title, text, scratch_);
    return batch_.arena.Copy(TrimBlanks(scratch_));
  }

  void AddTitle(std::span<const std::string_view> lines) {
    joined_.clear();
    size_t num_lines = 0;
    for (const std::string_view line : lines) {
      if (line.empty()) continue;
      if (num_lines++ > 0) joined_ += ' ';
      joined_ += line;
    }
    if (num_lines <= 1) {
      // The only line that is not empty.
      for (const std::string_view line : lines) {
        if (!line.empty()) return batch_.pieces.push_back(Plain(line));
      }
      return batch_.pieces.push_back({});
    }
    batch_.pieces.push_back(Plain(batch_.arena.Copy(joined_)));
  }

  void AddBody(std::span<const std::string_view> lines) {
    for (size_t begin = 0; begin < lines.size();) {
      if (lines[begin].empty()) {
        ++begin;
        continue;
      }
      size_t end = begin + 1;
      while (end < lines.size() && !lines[end].empty()) ++end;
      const std::string_view paragraph = Joined(lines.subspan(begin, end - begin));
      begin = end;
      if (!NeedsUnescape(profile_.unescape_body, paragraph)) {
        batch_.pieces.push_back(paragraph);
        continue;
      }
      scratch_.clear();
      AppendUnescaped(profile_.unescape_body, paragraph, scratch_);
      const std::string_view text = TrimBlanks(scratch_);
      if (!text.empty()) batch_.pieces.push_back(batch_.arena.Copy(text));
    }
  }

  // Lines with line ends between them: as they lie there, if nothing else lies between.
  std::string_view Joined(std::span<const std::string_view> lines) {
    bool is_one_view = true;
    for (size_t i = 1; i < lines.size() && is_one_view; ++i) {
      const char* const before = lines[i - 1].data() + lines[i - 1].size();
      is_one_view = lines[i].data() == before + 1 && (*before == '\n' || *before == '\r');
    }
    if (is_one_view) {
      const std::string_view last = lines.back();
      return {lines.front().data(), static_cast<size_t>(last.data() + last.size() - lines.front().data())};
    }
    joined_.clear();
    for (size_t i = 0; i < lines.size(); ++i) {
      if (i > 0) joined_ += '\n';
      joined_ += lines[i];
    }
    return batch_.arena.Copy(joined_);
  }

  // --- fields -------------------------------------------------------------------------------------------------------

  // Those that begin with a tag, if the profile has any; else those of its own that are neither title nor text.
  void ListFields(Record& record) {
    if (!profile_.pattern.tag.empty()) return ListTags(record);
    for (size_t i = 0; i < profile_.pattern.fields.size(); ++i) {
      const std::string& name = profile_.pattern.fields[i].name;
      const auto lines = fields_.LinesOf(i);
      if (name == "title" || name == "body" || name == "other" || lines.empty()) continue;
      if (fields_.FirstOf(name).data() == lines.data()) AddLines(name, lines, record);
    }
  }

  // A field goes on until the next tag, or the beginning of the text below a head. A ruler ends it, and so does a link
  // behind a blank line.
  void ListTags(Record& record) {
    std::string_view name;
    std::vector<std::string_view> lines;
    const auto add = [&] {
      if (!name.empty()) AddLines(name, lines, record);
      lines.clear();
      name = {};
    };
    const auto is_behind = [&](std::string_view line) {
      if (name.empty() || lines.empty() || line.empty()) return false;
      const bool is_link = line.starts_with("http://") || line.starts_with("https://");
      return IsRuler(TrimBlanks(line)) || (lines.back().empty() && is_link) || fields_.BeginsText(line);
    };
    LineEnds ends(record.raw);
    for (size_t begin = 0; begin < record.raw.size();) {
      const size_t end = std::min(ends.Find(begin), record.raw.size());
      const std::string_view line = TrimBlanksAtEnd(record.raw.substr(begin, end - begin));
      begin = end < record.raw.size() ? end + ends.Size(end) : end;
      std::array<std::string_view, 3> groups;
      const bool is_tag =
          std::ranges::any_of(profile_.pattern.tag, [&](const Pattern& tag) { return tag.Find(line, groups); });
      if (is_tag || is_behind(line)) add();
      if (is_tag) name = groups[1];
      lines.push_back(TrimBlanks(is_tag ? groups[2] : line));
    }
    add();
  }

  void AddLines(std::string_view name, std::span<const std::string_view> lines, Record& record) {
    while (!lines.empty() && lines.back().empty()) lines = lines.first(lines.size() - 1);
    const std::string_view value = lines.empty() ? std::string_view() : Joined(lines);
    const bool is_said = std::ranges::any_of(lines, [&](std::string_view line) { return fields_.IsSaid(line); });
    AddField(batch_, record, {.name = name, .value = value, .is_compared = is_said});
  }

  // By its name in the profile, as JSON.
  std::string_view OwnField(const std::string& name) {
    const auto lines = name.empty() ? std::span<const std::string_view>() : fields_.FirstOf(name);
    if (lines.empty()) return {};
    scratch_.clear();
    AppendJsonString(lines.front(), scratch_);
    return batch_.arena.Copy(scratch_);
  }

  // The cells of a row under the names of their columns.
  void ListCells(std::span<const std::string_view> cells, Record& record) {
    const std::vector<std::string_view> names = RowCells(header_, columns_.count);
    for (size_t i = 0; i < std::min(names.size(), cells.size()); ++i) {
      const bool is_compared = said_[i];
      if (!is_compared) record.left_out_bytes += cells[i].size();
      AddField(batch_, record, {.name = Plain(names[i]), .value = Plain(cells[i]), .is_compared = is_compared});
    }
  }

  // What the options name: the text, in place of that of the profile; the values.
  void TakeNamed(Record& record) {
    if (record.reason != Reason::kNone) return;
    if (!options_.match_fields.empty()) {
      RecordText text;
      text.title = record.title;
      joined_.clear();
      const auto pieces = batch_.PiecesOf(record);
      for (size_t i = 1; i < pieces.size(); ++i) joined_.append(i > 1 ? "\n\n" : "").append(pieces[i]);
      text.body = batch_.arena.Copy(joined_);
      const bool is_there = TakeNamedFields(options_, batch_, record, text);
      batch_.pieces.resize(record.first_piece);
      if (!is_there) return Reject(record, Reason::kNoMatchField);
      AddPieces(options_, batch_, record, text);
    }
    record.snapshot = snapshot_;
    TakeNamedValues(options_, batch_, record);
    if (record.id.empty()) record.id = OwnField(options_.id_field);
    if (record.order_value.empty()) record.order_value = OwnField(options_.order_field);
  }

  const LayoutOptions& options_;
  const Profile& profile_;
  Batch& batch_;
  const LineRules rules_;
  LineCounter counter_;
  std::string_view snapshot_;
  std::string_view header_;  // the row of names of the table in hand
  Columns columns_;
  std::vector<bool> said_;  // by cell of the row in hand
  size_t counted_ = 0;      // furniture in front of it is part of a rejected record
  PatternFields fields_;
  const StandardNames tags_;
  Asides asides_;
  std::string joined_, scratch_;
};

}  // namespace

void SegmentPattern(const LayoutOptions& options, const Profile& profile, Batch& batch) {
  PatternSegmenter(options, profile, batch).Run();
}

}  // namespace unecho
