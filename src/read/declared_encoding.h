// The encoding that a file says it is in: <?xml encoding="...">, <meta charset=...>; in comments at its head
// "% Encoding: windows-1252" (JabRef; of before 2.4 without the %), "% !TeX encoding = latin1" and
// "% -*- coding: latin-1 -*-"; in RIS behind "Provider:", "Content: text/plain; charset="utf-8"".
//
// In:      the first bytes of a source in an encoding whose ASCII is ASCII.
// Out:     the name as written, empty if nothing is declared; nullopt if more bytes may tell, at most
//          kDeclarationBytes.
// Cost:    the first kDeclarationBytes, where a source begins with '<', '%' or such a word; else nothing.
// Threads: a function without state. Failure: none.
#ifndef UNECHO_SRC_READ_DECLARED_ENCODING_H_
#define UNECHO_SRC_READ_DECLARED_ENCODING_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace unecho {

// Browsers look as far for a <meta> (HTML Living Standard, 13.2.3.2, "prescan").
inline constexpr size_t kDeclarationBytes = 1024;

std::optional<std::string> DeclaredEncoding(std::string_view prefix, bool at_end);

// Of a head of comments, as of JabRef: where in it the name stands. Empty: it names none.
std::string_view NameInHead(std::string_view head);

}  // namespace unecho

#endif  // UNECHO_SRC_READ_DECLARED_ENCODING_H_
