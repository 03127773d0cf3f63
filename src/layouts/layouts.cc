#include "unecho/layouts.h"

#include <algorithm>
#include <array>

#include "layouts/layout_parts.h"

namespace unecho {
namespace {

struct Parts {
  std::unique_ptr<Cutter> (*make_cutter)(const LayoutOptions&, const Profile&);
  void (*segment)(const LayoutOptions&, const Profile&, Batch&);
};

// By Engine.
constexpr std::array<Parts, static_cast<size_t>(Engine::kCount)> kParts = {{
    {MakePageCutter, SegmentPage},
    {MakeLineCutter, SegmentJsonl},
    {MakeLineCutter, SegmentLines},
    {MakeTextCutter, SegmentText},
    {MakePatternCutter, SegmentPattern},
    {MakeXmlCutter, SegmentXml},
    {MakeBibtexCutter, SegmentBibtex},
    {MakeCsvCutter, SegmentCsv},
    {MakeJsonCutter, SegmentJson},
    {MakeWarcCutter, SegmentWarc},
}};
constexpr std::array<std::string_view, static_cast<size_t>(Engine::kCount)> kEngineNames = {
    "page", "jsonl", "lines", "text", "pattern", "xml", "bibtex", "csv", "json", "warc"};

const Parts& PartsOf(Engine engine) { return kParts[static_cast<size_t>(engine)]; }

LayoutPtr MakeLayout(std::string_view name, Engine engine, std::string_view description) {
  Profile profile;
  profile.name = name;
  profile.engine = engine;
  profile.description = description;
  return std::make_shared<const Layout>(std::move(profile));
}

}  // namespace

std::string_view Name(Engine engine) { return kEngineNames.at(static_cast<size_t>(engine)); }

std::optional<Engine> EngineByName(std::string_view name) {
  const auto found = std::ranges::find(kEngineNames, name);
  if (found == kEngineNames.end()) return std::nullopt;
  return static_cast<Engine>(found - kEngineNames.begin());
}

std::unique_ptr<Cutter> Layout::MakeCutter(const LayoutOptions& options) const {
  return PartsOf(engine()).make_cutter(options, profile_);
}

void Layout::Segment(const LayoutOptions& options, Batch& batch) const {
  PartsOf(engine()).segment(options, profile_, batch);
}

std::span<const LayoutPtr> Layouts() {
  static const std::vector<LayoutPtr> layouts = {
      MakeLayout("page", Engine::kPage, "saved listing pages: furniture, a date, then titles and abstracts in turn"),
      MakeLayout("jsonl", Engine::kJsonl, "one JSON object per line"),
      MakeLayout("lines", Engine::kLines, "one record per line"),
      MakeLayout("text", Engine::kText, "one record per file"),
  };
  return layouts;
}

LayoutPtr FindLayout(std::string_view name) {
  for (const LayoutPtr& layout : Layouts()) {
    if (layout->name() == name) return layout;
  }
  return nullptr;
}

const Layout& GetLayout(std::string_view name) { return *FindLayout(name); }

}  // namespace unecho
