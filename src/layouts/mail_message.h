// A message of RFC 5322, read by GMime: its fields decoded, and the text of its parts.
//
// GMime finds the parts and undoes base64 and quoted-printable; it reads from memory and writes nowhere. Charsets are
// converted as everywhere (http_body.h), HTML is read by html_text.h.
//
// The text: every part that is text, in order, with an empty line between two. Of multipart/alternative one part: the
// plain text if it says anything, else the last that does. A forwarded message is its subject and its text. Quoted
// text and signatures stay, and so do the lines of format=flowed. Left out are parts that are no text, or text for
// programs (calendars, cards, style sheets), and what stands before the first boundary of a multipart message ("This is
// a message in MIME format"); but where no boundary comes, that is the text.
//
// Cost:    linear in the message, a copy of each part that is text. GMime reads 1,024 levels of parts at most.
// Threads: one user each; GMime is set up once and only read from then on.
// Failure: none but that of html_text.h, of which is_refused() tells: what is malformed gives what can be read of it.
#ifndef UNECHO_SRC_LAYOUTS_MAIL_MESSAGE_H_
#define UNECHO_SRC_LAYOUTS_MAIL_MESSAGE_H_

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace unecho {

class MailMessage {
 public:
  // `text`: from its first field on. The message borrows from it.
  explicit MailMessage(std::string_view text);
  ~MailMessage();
  MailMessage(const MailMessage&) = delete;
  MailMessage& operator=(const MailMessage&) = delete;

  // The first field of this name, in any case: on one line, encoded words decoded. Empty: there is none.
  std::string Field(const std::string& name) const;
  // When it was sent, as 1993-04-05T10:00:00Z; empty if that is no date.
  std::string Date() const;
  // All fields in order, as Field() gives them: those of the message, then those of what it holds.
  std::vector<std::pair<std::string, std::string>> Fields() const;
  // Appends the text. Once.
  void AppendText(std::string& out);
  // A part is HTML that the parser refuses: the text lacks it.
  bool is_refused() const { return is_refused_; }
  // There are parts that are no text.
  bool has_other_content() const { return has_other_content_; }

 private:
  class Reader;
  struct Parsed;
  std::unique_ptr<Parsed> parsed_;
  bool is_refused_ = false, has_other_content_ = false;
};

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_MAIL_MESSAGE_H_
