// --merge on bibliographies of any bytes: what the first record of one source gives is written into the first of
// another. The audit's own program (audit/plain_fill.h) expects the same bytes, and who reads them finds the value.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "audit/plain_fill.h"
#include "layouts/cutter.h"
#include "works/fillable_fields.h"
#include "works/work_fields.h"
#include "write/fill_record.h"

namespace unecho {
namespace {

void Check(bool holds, std::string_view layout, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "fill: %.*s: %s\n", static_cast<int>(layout.size()), layout.data(), what);
  std::abort();
}

// The first record of a source that its layout accepts; null if there is none.
const Record* FirstRecord(const Layout& layout, std::string_view source, Batch& batch) {
  LayoutOptions options;
  options.list_fields = true;
  batch.layout = &layout;
  if (MakeCutter(layout, options)->Cut({source.data(), source.size()}, 0, true, batch) != source.size()) return nullptr;
  batch.bytes.assign(source.size() + Batch::kPaddingBytes, ' ');
  if (!source.empty()) std::memcpy(batch.bytes.data(), source.data(), source.size());
  batch.size = source.size();
  batch.ends_source = true;
  Segment(layout, options, batch);
  for (const Record& record : batch.records) {
    if (record.reason == Reason::kNone) return &record;
  }
  return nullptr;
}

void CheckFilled(const Layout& layout, const Layout& copy_layout, std::string_view source, std::string_view copy) {
  Batch batch, copies;
  const Record* const record = FirstRecord(layout, source, batch);
  const Record* const giving = FirstRecord(copy_layout, copy, copies);
  if (record == nullptr || giving == nullptr) return;
  const WorkFields said = WorkFieldsOf(batch, *record), given = WorkFieldsOf(copies, *giving);
  const auto missing = static_cast<MergeMask>(~SaidIn(said) & GivenIn(given));
  std::vector<std::pair<std::string, std::string>> values;
  std::vector<MergeField> fields;
  for (size_t i = 0; i < kNumMergeFields; ++i) {
    const auto field = static_cast<MergeField>(i);
    if ((missing & BitOf(field)) == 0) continue;
    fields.push_back(field);
    const bool is_tex = layout.profile().engine == Engine::kBibtex && copy_layout.profile().engine == Engine::kBibtex;
    values.emplace_back(GivenBy(given, field), is_tex ? TexGivenBy(copies, *giving, field) : std::string());
  }
  std::vector<Filling> fillings;
  std::vector<PlainFill> plain;
  AuditSpan span;
  span.bytes = record->raw;
  span.segmented.emplace().fields = batch.FieldsOf(*record);
  for (size_t i = 0; i < fields.size(); ++i) {
    fillings.push_back({fields[i], values[i].first, values[i].second});
    plain.push_back({.field = kPlainMergeFields.at(static_cast<size_t>(fields[i])).first, .value = values[i].first});
    plain.back().tex = values[i].second;
  }
  if (fillings.empty()) return;
  std::string filled;
  const MergeMask done = FillRecord({}, batch, *record, fillings, filled);
  const std::string expected = PlainFilled(span, layout, plain);
  for (size_t i = 0; i < fields.size(); ++i)
    Check(plain[i].is_written == ((done & BitOf(fields[i])) != 0), layout.name(), "another field is written");
  if (filled != expected) std::fprintf(stderr, "written:\n%s\nexpected:\n%s\n", filled.c_str(), expected.c_str());
  Check(filled == expected, layout.name(), "other bytes than the audit expects");

  const auto begin = static_cast<size_t>(record->raw.data() - batch.bytes.data());
  const std::string whole =
      std::string(source.substr(0, begin)) + filled + std::string(source.substr(begin + record->raw.size()));
  Batch again;
  const Record* const read = FirstRecord(layout, whole, again);
  Check(read != nullptr, layout.name(), "the record cannot be read any more");
  // Of pages a part may be left that says nothing.
  const auto says = static_cast<MergeMask>(SaidIn(WorkFieldsOf(again, *read)) | BitOf(MergeField::kPages));
  if ((done & ~says) != 0) std::fprintf(stderr, "not read: %x\n%s\n", done & ~says, filled.c_str());
  Check((done & ~says) == 0, layout.name(), "what was filled in is not read");
}

}  // namespace
}  // namespace unecho

// Two sources with a line of % between them.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 2) return 0;
  static constexpr const char* kNames[] = {"ris", "medline", "endnote-tags", "bibtex",
                                           "csv", "jsonl",   "json",         "endnote-xml"};
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 2, size - 2);
  constexpr std::string_view kBetween = "\n%\n";
  const size_t end = bytes.find(kBetween);
  if (end == bytes.npos) return 0;
  unecho::CheckFilled(unecho::GetLayout(kNames[data[0] % std::size(kNames)]),
                      unecho::GetLayout(kNames[data[1] % std::size(kNames)]), bytes.substr(0, end + 1),
                      bytes.substr(end + kBetween.size()));
  return 0;
}
