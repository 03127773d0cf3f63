// The parallel half of the pattern engine: marks -> records, pieces, ledger.
//
// Each line of a record belongs to one field: to that of the line before, if its `more` matches; else to the first of
// the profile's list whose `line` does; else to that of the line before, if it takes the `rest`; else to the field
// without a pattern, if there is one. Of several fields of one name the first of the list that has text counts. Where a
// profile has neither fields nor titles, the text is all lines as they stand, without the furniture inside.
//
// A piece is a view of the source where the lines of a paragraph lie under each other as they are; it is copied where
// something was cut out between them, or where the profile unescapes.
#include <algorithm>
#include <array>
#include <span>
#include <string>

#include "base/batch.h"
#include "layouts/engines.h"
#include "layouts/line_batch.h"
#include "layouts/page_rules.h"
#include "layouts/pattern_cutter.h"
#include "layouts/record_parts.h"
#include "layouts/span_batch.h"
#include "layouts/unescape.h"
#include "text/json.h"
#include "text/scan.h"

namespace unecho {
namespace {

constexpr size_t kNoField = SIZE_MAX;

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
        values_(profile.pattern.fields.size()) {
    const auto& fields = profile.pattern.fields;
    for (size_t i = 0; i < fields.size(); ++i) {
      if (fields[i].line.empty() && all_others_ == kNoField) all_others_ = i;
    }
    for (size_t byte = 0; byte < 256; ++byte) {
      for (size_t i = 0; i < fields.size(); ++i) {
        if (!fields[i].line.MayBeginWith(static_cast<unsigned char>(byte))) continue;
        if (first_field_[byte] == kNoField) first_field_[byte] = i;
      }
    }
  }

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
  // The lines that a field has, in paragraphs.
  struct Value {
    std::vector<std::string_view> lines;  // trimmed; an empty one between paragraphs
    bool is_open = false;                 // the next line may go on with it
  };

  std::string_view View(const Cut& cut) const { return batch_.content().substr(cut.begin, cut.end - cut.begin); }

  // Furniture inside a rejected record was counted with it.
  void CountFurniture(const Cut& cut) {
    if (cut.begin >= counted_) batch_.ledger[ByteClass::kFurniture] += cut.end - cut.begin;
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
    const uint64_t furniture_inside = ReadLines(entry, behind);
    Record record = MakeRecord(batch_, entry.begin, entry.end, counter_.LinesBefore(entry.begin));
    record.first_piece = static_cast<uint32_t>(batch_.pieces.size());
    AddTitle(FirstOf("title"));
    if (profile_.pattern.takes_all_lines())
      AddAllLines(entry, furniture_inside == 0 ? std::span<const Cut>() : behind);
    else
      AddBody(TextLines());
    record.num_pieces = static_cast<uint32_t>(batch_.pieces.size()) - record.first_piece;
    record.title = batch_.pieces[record.first_piece];
    record.left_out_bytes =
        left_out_bytes_ + AlternativeBytes("title") +
        (FirstOf("body").empty() ? AlternativeBytes("summary") : AlternativeBytes("body") + summary_bytes_);
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

  // Sorts the lines of an entry into values_. Returns the bytes of furniture inside.
  uint64_t ReadLines(const Cut& entry, std::span<const Cut> behind) {
    for (Value& value : values_) {
      value.lines.clear();
      value.is_open = false;
    }
    open_ = kNoField;
    left_out_bytes_ = summary_bytes_ = 0;
    uint64_t furniture = 0;
    const std::string_view text = batch_.content().substr(0, entry.end);
    LineEnds ends(text);
    for (size_t begin = entry.begin; begin < text.size();) {
      const size_t end = std::min(ends.Find(begin), text.size());
      while (!behind.empty() && behind.front().begin < begin) behind = behind.subspan(1);
      if (!behind.empty() && behind.front().begin == begin && end > begin) {
        furniture += end - begin;
        EndTitle();
      } else {
        const std::string_view line = TrimBlanks(text.substr(begin, end - begin));
        const size_t field = TakeLine(text.substr(begin, end - begin));
        const bool is_summary = field != kNoField && profile_.pattern.fields[field].name == "summary";
        if (!IsText(field)) (is_summary ? summary_bytes_ : left_out_bytes_) += line.size();
      }
      begin = end < text.size() ? end + ends.Size(end) : end;
    }
    return furniture;
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

  // Is what this field takes said? The fields of a layout that takes all lines are none.
  bool IsText(size_t field) const {
    if (profile_.pattern.takes_all_lines()) return true;
    if (field == kNoField) return false;
    const std::string& name = profile_.pattern.fields[field].name;
    return name == "title" || name == "body" || name == "snapshot";
  }

  // The field that the line goes to.
  size_t TakeLine(std::string_view line) {
    const auto& fields = profile_.pattern.fields;
    if (TrimBlanks(line).empty()) {
      for (Value& value : values_) {
        if (!value.lines.empty() && !value.lines.back().empty()) value.lines.emplace_back();
      }
      if (open_ == kNoField) return kNoField;
      const bool is_over = fields[open_].paragraph && !values_[open_].lines.empty();
      if (!fields[open_].rest || is_over) open_ = kNoField;
      return kNoField;
    }
    if (open_ != kNoField && !fields[open_].rest) {
      const std::string_view more = fields[open_].more.Extract(line);
      if (more.data() != nullptr) return GoOn(more);
      open_ = kNoField;
    }
    for (size_t i = first_field_[static_cast<unsigned char>(line[0])]; i < fields.size(); ++i) {
      if (fields[i].line.Matches(line) && TakeValue(i, line)) return values_[i].is_open ? i : kNoField;
    }
    if (open_ != kNoField) return GoOn(line);
    if (all_others_ != kNoField) AddLine(all_others_, line);
    return all_others_;
  }

  // What stands behind furniture, as a ruler below the head of a record, does not go on with the title.
  void EndTitle() {
    if (open_ != kNoField && profile_.pattern.fields[open_].name == "title" && !values_[open_].lines.empty())
      open_ = kNoField;
  }

  size_t GoOn(std::string_view line) {
    if (!values_[open_].is_open) return kNoField;
    AddLine(open_, line);
    return open_;
  }

  void AddLine(size_t field, std::string_view line) {
    const std::string_view text = Stripped(profile_.pattern.fields[field].strip, TrimBlanks(line));
    if (!text.empty()) values_[field].lines.push_back(text);
  }

  // False if nothing is left of the value when the profile has cut out what it says; another field may take the line.
  bool TakeValue(size_t i, std::string_view line) {
    const FieldPattern& field = profile_.pattern.fields[i];
    std::array<std::string_view, 3> groups;
    field.line.Find(line, groups);
    const std::string_view found = TrimBlanks(groups[1]);
    const std::string_view value = Stripped(field.strip, found);
    if (value.empty() && !found.empty()) return false;
    // Group 2 goes to the field without a pattern.
    if (!groups[2].empty() && all_others_ != kNoField) AddLine(all_others_, groups[2]);
    Value& to = values_[i];
    // Lines of one field under each other go together; of two that lie apart the first counts, and what goes on from
    // it.
    const bool goes_on = to.is_open && open_ == i && field.rest;
    const bool is_first = (to.lines.empty() && !to.is_open) || goes_on || field.every;
    if (field.every && !goes_on && !to.lines.empty() && !to.lines.back().empty()) to.lines.emplace_back();
    if (is_first && !value.empty()) to.lines.push_back(value);
    for (Value& other : values_) other.is_open = false;
    to.is_open = is_first;
    open_ = field.rest || !field.more.empty() ? i : kNoField;
    return true;
  }

  std::string_view Stripped(const std::vector<Pattern>& patterns, std::string_view value) {
    for (const Pattern& pattern : patterns) {
      std::array<std::string_view, 1> cut;
      // Each pattern once: what it leaves behind cannot make it match again and again.
      if (value.empty() || !pattern.Find(value, cut) || cut[0].empty()) continue;
      const size_t begin = static_cast<size_t>(cut[0].data() - value.data());
      if (begin == 0) {
        value = TrimBlanks(value.substr(cut[0].size()));
      } else if (begin + cut[0].size() == value.size()) {
        value = TrimBlanks(value.substr(0, begin));
      } else {
        scratch_.assign(value.substr(0, begin));
        scratch_ += value.substr(begin + cut[0].size());
        value = batch_.arena.Copy(scratch_);
      }
    }
    return value;
  }

  // The lines of the first field of that name that has text.
  std::span<const std::string_view> FirstOf(std::string_view name) const {
    const auto& fields = profile_.pattern.fields;
    for (size_t i = 0; i < fields.size(); ++i) {
      if (fields[i].name != name) continue;
      for (const std::string_view line : values_[i].lines) {
        if (!line.empty()) return values_[i].lines;
      }
    }
    return {};
  }

  // A summary is the text where there is no other.
  std::span<const std::string_view> TextLines() const {
    const auto body = FirstOf("body");
    return body.empty() ? FirstOf("summary") : body;
  }

  // Of the fields of that name that are not the first with text.
  uint64_t AlternativeBytes(std::string_view name) const {
    const auto taken = FirstOf(name);
    uint64_t bytes = 0;
    for (size_t i = 0; i < values_.size(); ++i) {
      const std::vector<std::string_view>& lines = values_[i].lines;
      if (profile_.pattern.fields[i].name != name || lines.empty() || lines.data() == taken.data()) continue;
      for (const std::string_view line : lines) bytes += line.size();
    }
    return bytes;
  }

  // --- rows of tables ----------------------------------------------------------------------------------------------

  void AddRow(const Cut& cut) {
    if (cut.end - cut.begin > options_.max_record_bytes) return AddTooLong(cut.begin, cut.end, false);
    const std::vector<std::string_view> cells = RowCells(OneLine(View(cut)), columns_.count);
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

  // A row that is broken over lines.
  std::string_view OneLine(std::string_view row) {
    if (row.find_first_of("\r\n") == row.npos) return row;
    scratch_.clear();
    AppendTidy(row, Space::kOneLine, scratch_);
    return batch_.arena.Copy(scratch_);
  }

  std::string_view StrippedTitle(std::string_view title) {
    const std::string_view stripped = Stripped(profile_.pattern.table.strip, title);
    return stripped.empty() ? title : stripped;
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
    for (Value& value : values_) value.lines.clear();
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
    for (size_t i = 0; i < values_.size(); ++i) {
      const std::string& name = profile_.pattern.fields[i].name;
      if (name == "title" || name == "body" || name == "other" || values_[i].lines.empty()) continue;
      if (FirstOf(name).data() == values_[i].lines.data()) AddLines(name, values_[i].lines, record);
    }
  }

  void ListTags(Record& record) {
    std::string_view name;
    std::vector<std::string_view> lines;
    const auto add = [&] {
      if (!name.empty()) AddLines(name, lines, record);
      lines.clear();
    };
    LineEnds ends(record.raw);
    for (size_t begin = 0; begin < record.raw.size();) {
      const size_t end = std::min(ends.Find(begin), record.raw.size());
      const std::string_view line = TrimBlanksAtEnd(record.raw.substr(begin, end - begin));
      begin = end < record.raw.size() ? end + ends.Size(end) : end;
      std::array<std::string_view, 3> groups;
      const bool is_tag =
          std::ranges::any_of(profile_.pattern.tag, [&](const Pattern& tag) { return tag.Find(line, groups); });
      if (is_tag) {
        add();
        name = groups[1];
      }
      lines.push_back(TrimBlanks(is_tag ? groups[2] : line));
    }
    add();
  }

  void AddLines(std::string_view name, std::span<const std::string_view> lines, Record& record) {
    while (!lines.empty() && lines.back().empty()) lines = lines.first(lines.size() - 1);
    const std::string_view value = lines.empty() ? std::string_view() : Joined(lines);
    const bool is_said = std::ranges::any_of(lines, [&](std::string_view line) { return IsSaid(line); });
    AddField(batch_, record, {.name = name, .value = value, .is_compared = is_said});
  }

  // Is it a line of the title or the text?
  bool IsSaid(std::string_view line) const {
    for (const std::string_view name : {"title", "body"}) {
      const auto is_in = [&](std::string_view said) {
        return !said.empty() && said.data() >= line.data() && said.data() < line.data() + line.size();
      };
      if (std::ranges::any_of(FirstOf(name), is_in)) return true;
    }
    return false;
  }

  // By its name in the profile, as JSON.
  std::string_view OwnField(const std::string& name) {
    const auto lines = name.empty() ? std::span<const std::string_view>() : FirstOf(name);
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
  std::vector<bool> said_;     // by cell of the row in hand
  size_t counted_ = 0;         // furniture in front of it is part of a rejected record
  std::vector<Value> values_;  // by field
  std::array<size_t, 256> first_field_ = [] {
    std::array<size_t, 256> all{};
    all.fill(kNoField);
    return all;
  }();
  size_t all_others_ = kNoField;  // the field that takes what no other does
  uint64_t summary_bytes_ = 0;    // of the lines of the entry in hand that are a summary
  uint64_t left_out_bytes_ = 0;   // of the lines of the entry in hand that are neither title nor text
  size_t open_ = kNoField;        // the field that the line before belongs to
  std::string joined_, scratch_;
};

}  // namespace

void SegmentPattern(const LayoutOptions& options, const Profile& profile, Batch& batch) {
  PatternSegmenter(options, profile, batch).Run();
}

}  // namespace unecho
