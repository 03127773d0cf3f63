#include "unecho/layouts.h"

#include <algorithm>
#include <array>
#include <memory>
#include <mutex>
#include <span>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "base/batch.h"
#include "base/did_you_mean.h"
#include "base/small_file.h"
#include "layouts/builtin_profiles.h"
#include "layouts/cutter.h"
#include "layouts/engines.h"

namespace unecho {
namespace {

struct Parts {
  std::unique_ptr<Cutter> (*make_cutter)(const LayoutOptions&, const Profile&);
  void (*segment)(const LayoutOptions&, const Profile&, Batch&);
  LayoutTraits traits;
};

// By Engine.
constexpr std::array<Parts, static_cast<size_t>(Engine::kCount)> kParts = {{
    {MakePageCutter, SegmentPage, {.plain_form = PlainForm::kPage, .has_blank_lines = true}},
    {MakeLineCutter,
     SegmentJsonl,
     {.plain_form = PlainForm::kLine,
      .field_form = FieldForm::kMember,
      .is_written_as_lines = true,
      .pieces_are_fields = true,
      .takes_match_fields = true,
      .has_named_fields = true,
      .may_find_nothing = true,
      .is_known_by_names = true}},
    {MakeLineCutter,
     SegmentLines,
     {.plain_form = PlainForm::kLine, .is_written_as_lines = true, .takes_any_bytes = true}},
    {MakeTextCutter, SegmentText, {.plain_form = PlainForm::kWhole, .takes_any_bytes = true, .is_whole = true}},
    {MakePatternCutter,
     SegmentPattern,
     {.field_form = FieldForm::kTags, .takes_match_fields = true, .may_find_nothing = true}},
    {MakeXmlCutter,
     SegmentXml,
     {.grammar = Grammar::kXml,
      .field_form = FieldForm::kElement,
      .takes_match_fields = true,
      .takes_record = true,
      .has_named_fields = true,
      .has_frame = true,
      .may_find_nothing = true,
      .is_known_by_names = true}},
    {MakeBibtexCutter,
     SegmentBibtex,
     {.field_form = FieldForm::kEntry,
      .takes_match_fields = true,
      .may_find_nothing = true,
      .is_known_by_names = true}},
    {MakeCsvCutter,
     SegmentCsv,
     {.grammar = Grammar::kCsv,
      .field_form = FieldForm::kCell,
      .takes_match_fields = true,
      .has_named_fields = true,
      .has_header = true,
      .may_find_nothing = true,
      .is_known_by_names = true}},
    {MakeJsonCutter,
     SegmentJson,
     {.grammar = Grammar::kJson,
      .field_form = FieldForm::kMember,
      .takes_match_fields = true,
      .takes_record = true,
      .has_named_fields = true,
      .has_commas = true,
      .has_frame = true,
      .may_find_nothing = true,
      .is_known_by_names = true}},
    {MakeWarcCutter,
     SegmentWarc,
     {.grammar = Grammar::kWarc, .takes_match_fields = true, .declares_encodings = true, .may_find_nothing = true}},
    {MakeTextCutter, SegmentHtml, {.takes_match_fields = true, .is_whole = true, .may_find_nothing = true}},
    {MakeMailCutter,
     SegmentMail,
     {.takes_match_fields = true, .declares_encodings = true, .has_blank_lines = true, .may_find_nothing = true}},
    {MakeYamlCutter,
     SegmentYaml,
     {.takes_match_fields = true, .has_named_fields = true, .may_find_nothing = true, .is_known_by_names = true}},
}};
constexpr std::array<std::string_view, static_cast<size_t>(Engine::kCount)> kEngineNames = {
    "page", "jsonl", "lines", "text", "pattern", "xml", "bibtex", "csv", "json", "warc", "html", "mail", "yaml"};

const Parts& PartsOf(Engine engine) { return kParts[static_cast<size_t>(engine)]; }

// The built-in layouts, each read when it is first asked for: JSON lines, say, need one of forty.
// The build has read them already (profiles/check.cc).
class Builtin {
 public:
  size_t size() const { return profiles_.size(); }
  std::string_view name(size_t i) const { return profiles_[i].name; }
  const LayoutPtr& layout(size_t i) const {
    Slot& slot = slots_[i];
    std::call_once(slot.read, [&] {
      slot.layout = std::make_shared<const Layout>(ParseProfile(profiles_[i].toml, "built-in layout", true).value());
    });
    return slot.layout;
  }

 private:
  struct Slot {
    std::once_flag read;
    LayoutPtr layout;
  };
  std::span<const BuiltinProfile> profiles_ = BuiltinProfiles();
  std::unique_ptr<Slot[]> slots_ = std::make_unique<Slot[]>(profiles_.size());
};
const Builtin& BuiltinLayouts() {
  static const Builtin builtin;
  return builtin;
}

}  // namespace

Layout::Layout(Profile profile) : profile_(std::make_unique<const Profile>(std::move(profile))) {}
Layout::~Layout() = default;
std::string_view Layout::name() const { return profile_->name; }
std::string_view Layout::description() const { return profile_->description; }

std::string_view Name(Engine engine) { return kEngineNames.at(static_cast<size_t>(engine)); }

std::optional<Engine> EngineByName(std::string_view name) {
  const auto found = std::ranges::find(kEngineNames, name);
  if (found == kEngineNames.end()) return std::nullopt;
  return static_cast<Engine>(found - kEngineNames.begin());
}

std::unique_ptr<Cutter> MakeCutter(const Layout& layout, const LayoutOptions& options) {
  return PartsOf(layout.profile().engine).make_cutter(options, layout.profile());
}

void Segment(const Layout& layout, const LayoutOptions& options, Batch& batch) {
  batch.traits = &TraitsOf(layout);
  PartsOf(layout.profile().engine).segment(options, layout.profile(), batch);
}

const LayoutTraits& TraitsOf(const Layout& layout) { return PartsOf(layout.profile().engine).traits; }

std::span<const LayoutPtr> Layouts() {
  static const std::vector<LayoutPtr> layouts = [] {
    const Builtin& builtin = BuiltinLayouts();
    std::vector<LayoutPtr> all;
    for (size_t i = 0; i < builtin.size(); ++i) all.push_back(builtin.layout(i));
    return all;
  }();
  return layouts;
}

LayoutPtr FindLayout(std::string_view name) {
  const Builtin& builtin = BuiltinLayouts();
  for (size_t i = 0; i < builtin.size(); ++i) {
    if (builtin.name(i) == name) return builtin.layout(i);
  }
  return nullptr;
}

const Layout& GetLayout(std::string_view name) { return *FindLayout(name); }

namespace {

absl::StatusOr<LayoutPtr> ReadLayout(const std::string& name_or_path) {
  if (LayoutPtr layout = FindLayout(name_or_path)) return layout;
  const absl::StatusOr<std::string> read = ReadSmallFile(name_or_path, kMostWrittenByHand);
  if (absl::IsNotFound(read.status())) {
    std::vector<std::string> names;
    for (const LayoutPtr& layout : Layouts()) names.emplace_back(layout->name());
    const std::string meant = DidYouMean(name_or_path, std::span<const std::string>(names));
    return absl::NotFoundError(absl::StrFormat(
        "%s: no layout has this name, and no file%s", name_or_path,
        meant.empty() ? "; known are " + absl::StrJoin(names, ", ") : meant + " 'unecho layouts' lists all"));
  }
  UNECHO_RETURN_IF_ERROR(read.status());
  const std::string& toml = *read;
  UNECHO_ASSIGN_OR_RETURN(Profile profile, ParseProfile(toml, name_or_path));
  if (FindLayout(profile.name) != nullptr && FindLayout(profile.name)->profile().source != toml) {
    return absl::InvalidArgumentError(absl::StrFormat(
        "%s: name is \"%s\", as that of a built-in layout; give it a name of its own", name_or_path, profile.name));
  }
  return std::make_shared<const Layout>(std::move(profile));
}

}  // namespace

Result<LayoutPtr> LoadLayout(const std::string& name_or_path) {
  return PublicCall([&] { return ReadLayout(name_or_path); });
}

namespace {

absl::StatusOr<LayoutPtr> LayoutBetween(std::string_view separator) {
  const absl::StatusOr<Pattern> pattern = Pattern::Compile(separator);
  if (!pattern.ok()) {
    return absl::InvalidArgumentError(
        absl::StrFormat("'%s' is no RE2 pattern: %s", separator, pattern.status().message()));
  }
  static constexpr std::string_view kLines[] = {"", "x", "A line, of 1 kind or 2."};
  if (std::ranges::all_of(kLines, [&](std::string_view line) { return pattern->Matches(line); })) {
    return absl::InvalidArgumentError(
        absl::StrFormat("'%s' matches every line, so nothing is left between them", separator));
  }
  // As a profile with a text: a report repeats it, and the audit reads by it.
  std::string toml = absl::StrFormat("name = \"%s\"\n", kSeparatedLayout);
  toml += "description = \"what lies between separators\"\nengine = \"pattern\"\n\n";
  toml += "[pattern]\noutside = \"record\"\nrequire_title = false\nseparator = [\"";
  for (const char c : separator) {
    if (static_cast<unsigned char>(c) < ' ' || c == '\x7f')
      absl::StrAppendFormat(&toml, "\\u%04x", static_cast<unsigned>(c));
    else if (c == '"' || c == '\\')
      toml += {'\\', c};
    else
      toml += c;
  }
  UNECHO_ASSIGN_OR_RETURN(Profile profile, ParseProfile(toml + "\"]\n", "separator"));
  return std::make_shared<const Layout>(std::move(profile));
}

}  // namespace

Result<LayoutPtr> SeparatedLayout(std::string_view separator) {
  return PublicCall([&] { return LayoutBetween(separator); });
}

}  // namespace unecho
