// A message made fit for GMime, which drops what it does not expect in a head, and is slow where boundaries are many.
//
// A head, of the message or of a part, ends at the first line that is no field: text that follows without an empty line
// gets one in front. Zero bytes in a head become blanks, and old Macintosh line ends LF.
//
// Cost:    linear in the message; a copy of it if there is anything to put right.
// Threads: functions without state.
// Failure: false: reading it would take far longer than its size allows.
#ifndef UNECHO_SRC_LAYOUTS_MAIL_REPAIR_H_
#define UNECHO_SRC_LAYOUTS_MAIL_REPAIR_H_

#include <string>
#include <string_view>

namespace unecho {

// `message`: from its first field on; becomes a view of itself or of `out`.
bool RepairMail(std::string_view& message, std::string& out);

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_MAIL_REPAIR_H_
