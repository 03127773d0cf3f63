#include "write/lines_table.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <deque>
#include <limits>
#include <utility>

#include "absl/strings/str_format.h"
#include "tables/arrow_arrays.h"
#include "tables/row_objects.h"
#include "text/json.h"

namespace unecho {
namespace {

using MemberKind = LinesTable::MemberKind;
using Member = LinesTable::Member;

// In the order in which they stand in a line.
constexpr Member kProvenance[] = {
    {"ref", MemberKind::kText},           {"source", MemberKind::kText},
    {"ordinal", MemberKind::kNumber},     {"offset", MemberKind::kNumber},
    {"bytes", MemberKind::kNumber},       {"fate", MemberKind::kText},
    {"witness", MemberKind::kText},       {"reason", MemberKind::kText},
    {"line", MemberKind::kNumber},        {"similarity", MemberKind::kReal},
    {"similarities", MemberKind::kJson},  {"by", MemberKind::kText},
    {"agree", MemberKind::kJson},         {"ngrams", MemberKind::kNumber},
    {"equal", MemberKind::kText},         {"group", MemberKind::kText},
    {"member", MemberKind::kNumber},      {"witness_id", MemberKind::kId},
    {"merged", MemberKind::kJson},        {"id", MemberKind::kId},
    {"snapshot", MemberKind::kText},      {"language", MemberKind::kText},
    {"removed_lines", MemberKind::kJson},
};
constexpr Member kCorpus[] = {
    {"id", MemberKind::kTextOrNull},       {"ref", MemberKind::kText},
    {"title", MemberKind::kText},          {"text", MemberKind::kText},
    {"snapshot", MemberKind::kTextOrNull}, {"fields", MemberKind::kJson},
    {"unecho", MemberKind::kJson},
};

// Behind the JSON value that begins at `at`.
size_t EndOfMemberValue(std::string_view line, size_t at) {
  int depth = 0;
  for (bool in_string = false; at < line.size(); ++at) {
    const char c = line[at];
    if (in_string) {
      if (c == '\\')
        ++at;
      else if (c == '"')
        in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if (depth == 0 && (c == '}' || c == ',')) {
      return at;
    } else if (c == '}' || c == ']') {
      --depth;
    }
  }
  return at;
}

bool IsString(std::string_view json) { return json.starts_with('"'); }

// What a JSON string says.
std::string TextOf(std::string_view json) {
  const std::string_view inside = json.substr(1, json.size() - 2);
  std::string said;
  if (size_t at = 0; AppendJsonUnescaped(inside, at, said) && at == inside.size()) return said;
  simdjson::dom::parser parser;
  std::string_view text;
  if (parser.parse(json.data(), json.size(), true).get(text) != simdjson::SUCCESS) return std::string(inside);
  return std::string(text);
}

// The columns of a table in Arrow's form, which point to what the caller keeps.
struct Exported {
  explicit Exported(size_t size) : columns(size), pointers(size), buffers(size) {}
  std::vector<ArrowArray> columns;
  std::vector<ArrowArray*> pointers;
  std::vector<std::array<const void*, 3>> buffers;
  const void* no_bitmap = nullptr;
};

}  // namespace

struct LinesTable::Column {
  std::vector<uint8_t> bitmap;
  std::vector<int64_t> numbers;
  std::vector<double> reals;
  std::vector<int32_t> ends = {0};  // of texts
  std::string text;
  int64_t num_rows = 0, num_nulls = 0;

  void Skip(MemberKind kind) {
    if (num_rows % 8 == 0) bitmap.push_back(0);
    ++num_rows;
    ++num_nulls;
    if (kind == MemberKind::kNumber)
      numbers.push_back(0);
    else if (kind == MemberKind::kReal)
      reals.push_back(0);
    else
      ends.push_back(static_cast<int32_t>(text.size()));
  }
  void Take(MemberKind kind, std::string_view value) {
    if (num_rows % 8 == 0) bitmap.push_back(0);
    bitmap.back() |= static_cast<uint8_t>(1U << (num_rows % 8));
    ++num_rows;
    if (kind == MemberKind::kNumber) {
      std::from_chars(value.data(), value.data() + value.size(), numbers.emplace_back(0));
    } else if (kind == MemberKind::kReal) {
      std::from_chars(value.data(), value.data() + value.size(), reals.emplace_back(0));
    } else {
      text += value;
      ends.push_back(static_cast<int32_t>(text.size()));
    }
  }
};

absl::StatusOr<std::unique_ptr<LinesTable>> LinesTable::OfProvenance(OutputFile* file) {
  return Create(file, kProvenance);
}

absl::StatusOr<std::unique_ptr<LinesTable>> LinesTable::OfCorpus(OutputFile* file) { return Create(file, kCorpus); }

absl::StatusOr<std::unique_ptr<LinesTable>> LinesTable::Create(OutputFile* file, std::span<const Member> members) {
  UNECHO_ASSIGN_OR_RETURN(std::unique_ptr<TableFile> table, TableFile::Create(file));
  return std::unique_ptr<LinesTable>(new LinesTable(std::move(table), members));
}

LinesTable::LinesTable(std::unique_ptr<TableFile> file, std::span<const Member> members)
    : file_(std::move(file)),
      members_(members),
      columns_(members.size()),
      has_ids_(std::ranges::count(members, MemberKind::kId, &Member::kind) > 0) {}

LinesTable::~LinesTable() = default;

absl::Status LinesTable::Write(std::string_view lines) {
  while (!lines.empty()) {
    const size_t end = lines.find('\n');
    UNECHO_RETURN_IF_ERROR(TakeLine(lines.substr(0, end)));
    lines.remove_prefix(end + 1);
    // The offsets of a column of text have 32 bits; and for its first ids a table waits.
    const size_t most_bytes = has_ids_ ? size_t{1} << 30 : size_t{1} << 20;
    const bool is_full = std::ranges::any_of(columns_, [&](const Column& c) { return c.text.size() > most_bytes; });
    if (num_rows_ == kGroupRows || is_full) UNECHO_RETURN_IF_ERROR(Flush());
  }
  return absl::OkStatus();
}

absl::Status LinesTable::TakeLine(std::string_view line) {
  for (size_t at = 1; at < line.size();) {  // behind { or ,
    const size_t name_end = line.find('"', at + 1);
    const std::string_view name = line.substr(at + 1, name_end - at - 1);
    const size_t begin = name_end + 2, end = EndOfMemberValue(line, begin);
    UNECHO_RETURN_IF_ERROR(TakeMember(name, line.substr(begin, end - begin)));
    at = end + 1;
  }
  ++num_rows_;
  for (size_t i = 0; i < members_.size(); ++i) {
    if (columns_[i].num_rows < num_rows_) columns_[i].Skip(members_[i].kind);
    if (columns_[i].text.size() > size_t{std::numeric_limits<int32_t>::max()}) {
      return absl::InvalidArgumentError(absl::StrFormat(
          "%s: a column of such a table holds 2 GiB at a time, and there is more in one record: write FILE.jsonl",
          file_->path()));
    }
  }
  return absl::OkStatus();
}

absl::Status LinesTable::TakeMember(std::string_view name, std::string_view value) {
  const auto member = std::ranges::find(members_, name, &Member::name);
  if (member == members_.end())
    return absl::InternalError(absl::StrFormat("%s: a line has a member %s that has no column", file_->path(), name));
  Column& column = columns_[static_cast<size_t>(member - members_.begin())];
  if (member->kind == MemberKind::kText) {
    column.Take(member->kind, TextOf(value));
  } else if (member->kind == MemberKind::kTextOrNull) {
    value == "null" ? column.Skip(member->kind) : column.Take(member->kind, TextOf(value));
  } else if (member->kind == MemberKind::kId) {
    if (ids_ == Ids::kText && !IsString(value)) {
      return absl::InvalidArgumentError(
          absl::StrFormat("%s: ids that are strings, and behind so many of them one that is none (%s), do not go into "
                          "one column: write "
                          "--provenance FILE.jsonl",
                          file_->path(), value));
    }
    column.Take(member->kind, ids_ == Ids::kText ? TextOf(value) : std::string(value));
  } else {
    column.Take(member->kind, value);
  }
  return absl::OkStatus();
}

// The ids of the first group are there as JSON. If all are strings, they become what these say.
void LinesTable::ChooseIds() {
  std::vector<std::pair<Column*, Column>> as_text;
  ids_ = Ids::kText;
  for (size_t i = 0; i < members_.size(); ++i) {
    if (members_[i].kind != MemberKind::kId) continue;
    const Column& json = columns_[i];
    Column& text = as_text.emplace_back(&columns_[i], Column()).second;
    for (int64_t row = 0; row < num_rows_; ++row) {
      const auto at = static_cast<size_t>(row);
      if ((json.bitmap[at / 8] >> (at % 8) & 1) == 0) {
        text.Skip(MemberKind::kId);
        continue;
      }
      const std::string_view value(json.text.data() + json.ends[at],
                                   static_cast<size_t>(json.ends[at + 1] - json.ends[at]));
      if (!IsString(value)) {
        ids_ = Ids::kJson;
        return;
      }
      text.Take(MemberKind::kId, TextOf(value));
    }
  }
  for (auto& [column, text] : as_text) *column = std::move(text);
}

absl::Status LinesTable::Open() {
  ChooseIds();
  std::vector<ArrowSchema> columns(members_.size());
  std::vector<ArrowSchema*> pointers(members_.size());
  std::string json_columns, null_columns;
  std::deque<std::string> names;
  for (size_t i = 0; i < members_.size(); ++i) {
    const auto [name, kind] = members_[i];
    const char* const format = kind == MemberKind::kNumber ? "l" : kind == MemberKind::kReal ? "g" : "u";
    columns[i] = SchemaOver(format, names.emplace_back(name).c_str());
    pointers[i] = &columns[i];
    if (kind == MemberKind::kJson || (kind == MemberKind::kId && ids_ == Ids::kJson))
      absl::StrAppendFormat(&json_columns, "%s%s", json_columns.empty() ? "" : ",", name);
    if (kind == MemberKind::kTextOrNull)
      absl::StrAppendFormat(&null_columns, "%s%s", null_columns.empty() ? "" : ",", name);
  }
  std::vector<std::pair<std::string_view, std::string_view>> pairs = {{kLinesKey, json_columns}};
  if (!null_columns.empty()) pairs.emplace_back(kNullsKey, null_columns);
  const std::string metadata = MetadataText(pairs);
  ArrowSchema schema = SchemaOver("+s", "", pointers, metadata.data());
  return file_->Begin(&schema);
}

absl::Status LinesTable::Flush() {
  if (!file_->has_begun()) UNECHO_RETURN_IF_ERROR(Open());
  if (num_rows_ == 0) return absl::OkStatus();
  Exported exported(columns_.size());
  for (size_t i = 0; i < members_.size(); ++i) {
    const Column& column = columns_[i];
    const MemberKind kind = members_[i].kind;
    const bool is_text = kind != MemberKind::kNumber && kind != MemberKind::kReal;
    const void* const values = kind == MemberKind::kNumber ? static_cast<const void*>(column.numbers.data())
                               : kind == MemberKind::kReal ? static_cast<const void*>(column.reals.data())
                                                           : static_cast<const void*>(column.ends.data());
    exported.buffers[i] = {column.bitmap.data(), values, column.text.data()};
    exported.columns[i] = ArrayOver(num_rows_, column.num_nulls, std::span(exported.buffers[i]).first(is_text ? 3 : 2));
    exported.pointers[i] = &exported.columns[i];
  }
  ArrowArray rows = ArrayOver(num_rows_, 0, {&exported.no_bitmap, 1}, exported.pointers);
  const absl::Status appended = file_->Append(&rows);
  for (Column& column : columns_) column = {};
  num_rows_ = 0;
  return appended;
}

absl::Status LinesTable::Finish() {
  UNECHO_RETURN_IF_ERROR(Flush());
  return file_->Finish();
}

}  // namespace unecho
