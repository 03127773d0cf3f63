// Personal data in running text: e-mail addresses, IP addresses, card numbers, phone numbers.
//
// What counts is narrow on purpose; a corpus is full of numbers (docs/unecho-rules.5.md has the false positives
// measured):
//   email  LOCAL@DOMAIN.TLD, the last label of letters in one case, the one before it with a letter (or of three
//          and more digits under com, net, org, cn)
//   ip     four numbers 0-255, not all below 10, not part of a longer dotted number, not behind the name of a version
//          or a section; IPv6 by RFC 4291 in 2000::/3. Private, loopback, link-local, documentation, multicast and
//          reserved ranges do not lead to anybody and do not count.
//   card   13 to 19 digits as issued by a known network, Luhn's checksum right, in one group or in the groups that are
//          printed on cards
//   phone  + and 8 to 15 digits in groups (10 to 15 if in one); (NXX) NXX-XXXX, NXX-NXX-XXXX, NXX.NXX.XXXX; 7 to
//          15 digits in groups behind a word such as tel, phone, fax, mobile
// A number that touches a letter, or goes on with a dot, dash or slash and more digits, is none of them.
//
// Out:     places in order, none overlapping.
// Cost:    one scan for digits and '@' (about .1 ns a byte), and some ns for each number; no allocation but for `out`.
// Threads: functions without state. Failure: none. 64 bytes behind the text must be readable.
#ifndef UNECHO_SRC_CLEAN_PII_H_
#define UNECHO_SRC_CLEAN_PII_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace unecho::clean {

enum class Pii : uint8_t { kEmail, kIp, kCard, kPhone, kCount };
inline constexpr size_t kNumPii = static_cast<size_t>(Pii::kCount);

struct PiiPlace {
  size_t begin, end;
  Pii kind;
};

void FindPii(std::string_view text, std::vector<PiiPlace>& out);

// `text` with each place written as <EMAIL>, <IP>, <CARD>, <PHONE>.
void MaskPii(std::string_view text, const std::vector<PiiPlace>& places, std::string& out);

// The parts, for tests. Each looks at the number or name that begins at `at`, and gives where it ends; 0 if it is none.
size_t MatchIpv4(std::string_view text, size_t at);
size_t MatchIpv6(std::string_view text, size_t at);
size_t MatchCard(std::string_view text, size_t at);
bool MatchEmail(std::string_view text, size_t at_sign, size_t& begin, size_t& end);
bool MatchPhone(std::string_view text, size_t first_digit, size_t& begin, size_t& end);
bool PassesLuhn(std::string_view digits);

}  // namespace unecho::clean

#endif  // UNECHO_SRC_CLEAN_PII_H_
