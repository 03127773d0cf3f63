#include "commands/layouts.h"

#include "absl/strings/str_format.h"
#include "layouts/profile.h"
#include "unecho/layouts.h"

namespace unecho {

absl::StatusOr<std::string> DescribeLayouts(const std::string& show) {
  if (!show.empty()) {
    const absl::StatusOr<LayoutPtr> layout = Inner(LoadLayout(show));
    if (!layout.ok()) return absl::InvalidArgumentError(absl::StrFormat("--show %s", layout.status().message()));
    return (*layout)->profile().source;
  }
  std::string text;
  for (const LayoutPtr& layout : Layouts()) {
    text += absl::StrFormat("%-18s %s\n", layout->name(), layout->description());
  }
  return text;
}

}  // namespace unecho
