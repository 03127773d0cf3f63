// What has changed from release to release, as a plain text: one text, whatever stands between its heads.
//
//   v1.5.5 (Apr 2023)       * Version 1.0.18       Version 10.42 11-December-2022       Changes with nginx 1.25.1
//
// A head is a version, perhaps behind a word for it or the name of the program, and with a date behind it. Two of them
// have lines between them; or one stands below a title that says what it is all about.
//
// Cost: a pattern a line. Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_LAYOUTS_RELEASE_NOTES_H_
#define UNECHO_SRC_LAYOUTS_RELEASE_NOTES_H_

#include <span>

#include "layouts/source_head.h"

namespace unecho {

bool IsReleaseNotes(std::span<const Line> first_lines);

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_RELEASE_NOTES_H_
