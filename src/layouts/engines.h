// The two halves of every engine, for the table in layouts.cc. Contracts: cutter.h. Profiles outlive their cutters.
#ifndef UNECHO_SRC_LAYOUTS_ENGINES_H_
#define UNECHO_SRC_LAYOUTS_ENGINES_H_

#include <memory>

#include "base/batch.h"
#include "layouts/cutter.h"
#include "layouts/profile.h"
#include "unecho/layouts.h"

namespace unecho {

std::unique_ptr<Cutter> MakePageCutter(const LayoutOptions& options, const Profile& profile);
std::unique_ptr<Cutter> MakeLineCutter(const LayoutOptions& options, const Profile& profile);  // jsonl and lines
std::unique_ptr<Cutter> MakeTextCutter(const LayoutOptions& options, const Profile& profile);  // text and html
std::unique_ptr<Cutter> MakePatternCutter(const LayoutOptions& options, const Profile& profile);
std::unique_ptr<Cutter> MakeXmlCutter(const LayoutOptions& options, const Profile& profile);
std::unique_ptr<Cutter> MakeBibtexCutter(const LayoutOptions& options, const Profile& profile);
std::unique_ptr<Cutter> MakeCsvCutter(const LayoutOptions& options, const Profile& profile);
std::unique_ptr<Cutter> MakeJsonCutter(const LayoutOptions& options, const Profile& profile);
std::unique_ptr<Cutter> MakeYamlCutter(const LayoutOptions& options, const Profile& profile);
std::unique_ptr<Cutter> MakeWarcCutter(const LayoutOptions& options, const Profile& profile);
std::unique_ptr<Cutter> MakeMailCutter(const LayoutOptions& options, const Profile& profile);

void SegmentPage(const LayoutOptions& options, const Profile& profile, Batch& batch);
void SegmentJsonl(const LayoutOptions& options, const Profile& profile, Batch& batch);
void SegmentLines(const LayoutOptions& options, const Profile& profile, Batch& batch);
void SegmentText(const LayoutOptions& options, const Profile& profile, Batch& batch);
void SegmentPattern(const LayoutOptions& options, const Profile& profile, Batch& batch);
void SegmentXml(const LayoutOptions& options, const Profile& profile, Batch& batch);
void SegmentBibtex(const LayoutOptions& options, const Profile& profile, Batch& batch);
void SegmentCsv(const LayoutOptions& options, const Profile& profile, Batch& batch);
void SegmentJson(const LayoutOptions& options, const Profile& profile, Batch& batch);
void SegmentWarc(const LayoutOptions& options, const Profile& profile, Batch& batch);
void SegmentYaml(const LayoutOptions& options, const Profile& profile, Batch& batch);
void SegmentHtml(const LayoutOptions& options, const Profile& profile, Batch& batch);
void SegmentMail(const LayoutOptions& options, const Profile& profile, Batch& batch);

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_ENGINES_H_
