// How mail begins: the fields of RFC 5322, and the "From " line between the messages of an mbox.
//
// In:      the bytes from the beginning of a line on, as far as they are there.
// Out:     yes, no, or that more bytes are needed. An answer never changes when more bytes come.
// Cost:    linear in the head of the message. Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_LAYOUTS_MAIL_HEAD_H_
#define UNECHO_SRC_LAYOUTS_MAIL_HEAD_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace unecho {

enum class MailAnswer : uint8_t { kNo, kYes, kNotYet };

// A line that is longer is no line of the head of a message, nor one between messages (RFC 5322, section 2.1.1).
inline constexpr size_t kMaxMailLineBytes = 998;

// "Subject: ...": a name of letters, digits and -_./+, and a colon. `name`, if given, is set to the name as written.
MailAnswer IsMailField(std::string_view text, bool at_end, std::string_view* name = nullptr);

// The line "From " of an mbox, with the field below it. A date, or a field that mail is known to have, must be there:
// a sentence may begin with "From " above another one with a colon.
MailAnswer IsFromLine(std::string_view text, bool at_end);

// Behind the "From " line, and the lines ">From " that old gateways put below it.
size_t FromLineBytes(std::string_view text);

// A source that is a message or an mbox: its head has several of the fields that mail is known for, and nothing else.
// `prefix`: from the first byte of the source. `head`, if given, is told what is in it.
struct MailHead {
  std::string why;           // what gave it away
  bool is_sure = false;      // a program wrote it: others may be records with labels
  bool is_of_arxiv = false;  // arXiv sends or receives it: its daily listings have a layout of their own
};
MailAnswer BeginsAsMail(std::string_view prefix, bool at_end, MailHead* head = nullptr);

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_MAIL_HEAD_H_
