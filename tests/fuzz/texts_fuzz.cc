// What users write by hand, of any bytes: rules files, the cleaning options of a report, tables of --decided, profiles.
// What is accepted can be written and read again; a profile makes a layout whose books balance on a text that has
// something of everything.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "clean/rules.h"
#include "layouts/profile.h"
#include "options/decisions.h"
#include "support/segment_driver.h"

namespace unecho {
namespace {

void Check(bool holds, const std::string& what) {
  if (holds) return;
  std::fprintf(stderr, "texts: %s\n", what.c_str());
  std::abort();
}

void CheckRoundTrip(const CleanOptions& options) {
  const std::string json = CleanJson(options);
  CleanOptions again;
  const absl::Status read = CleanFromJson(json, again);
  Check(read.ok(), "cleaning options that were written cannot be read: " + json);
  Check(CleanJson(again) == json, "cleaning options change when they are written and read: " + json);
}

void CheckDecisions(std::string_view text) {
  for (const bool has_ids : {false, true}) {
    const absl::StatusOr<Decisions> read = Decisions::Parse(text, "pairs.csv", has_ids);
    if (!read.ok()) continue;
    for (const Decisions::Name& name : read->names()) {
      Check(NameKey(name.text) == name.text, "the key of a name is not its own key");
      const uint32_t group = name.is_id ? read->GroupOfId(name.text) : read->GroupOfRef(name.text);
      Check(group == name.group, "a name is not found in its group");
      Check(group <= read->num_groups(), "a group that is not there");
      for (const uint32_t other : read->DifferentFrom(group)) Check(other != group, "a group differs from itself");
    }
  }
}

constexpr std::string_view kText =
    "# A heading\n\n<p>Some <b>text</b> &amp; more, of 1,000 words.</p>\n- item: one\n- item: two\n\n---\n\n"
    "id: 7\ntitle: Sea fog\nTI  - Sea fog in harbours\nAB  - It comes\n      in the evening.\nER  - \n\n"
    "{\"title\":\"x\",\"text\":\"y\"}\n|a|b|\n|---|---|\n|c|d|\nMar 14\n\nnew\nA title - and its rest\r\n\r\nlast";

void CheckProfile(std::string_view toml) {
  absl::StatusOr<Profile> profile = ParseProfile(toml, "fuzz.toml");
  if (!profile.ok()) return;
  const Layout layout(*std::move(profile));
  LayoutOptions options;
  for (const size_t limit : {size_t{1} << 20, size_t{40}}) {
    options.max_record_bytes = limit;
    const std::string broken = CheckAllSizes(layout, options, kText);
    Check(broken.empty(), layout.profile().name + ": " + broken);
  }
}

}  // namespace
}  // namespace unecho

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 1) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  unecho::CleanOptions options;
  switch (data[0] % 4) {
    case 0:
      if (unecho::ParseRules(text, "rules.toml", options).ok() && unecho::CheckClean(options).ok())
        unecho::CheckRoundTrip(options);
      break;
    case 1:
      if (unecho::CleanFromJson(text, options).ok() && unecho::CheckClean(options).ok())
        unecho::CheckRoundTrip(options);
      break;
    case 2: unecho::CheckDecisions(text); break;
    default: unecho::CheckProfile(text); break;
  }
  return 0;
}
