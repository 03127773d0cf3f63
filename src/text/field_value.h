// The value of a field in the form in which it is compared: --key, --differ, --within.
//
//   exact  as it is, without the blanks at its ends, and the empty parts of a date of RIS: 2009/// is 2009
//   fold   toNFKC_Casefold of that, runs of white space as one space, none at the ends
//   doi    without https://doi.org/, dx.doi.org, doi:, info:doi/ and urn:doi: in front; %2F decoded; without brackets
//          around it and sentence signs behind it; without case; what is invisible and kinds of dashes do not count
//   url    without http:// or https://, www., the port of the scheme, the slash at the end of the path, the fragment
//          and tracking parameters; the host without case; without < > around it and what is invisible; %7E as ~, %2f
//          as %2F. All else counts
//
// Out:     two values are the same if what is appended is. Nothing is appended if the value says nothing.
// Cost:    linear; fold by ICU. Threads: functions without state.
// Failure: none. A value that is no DOI or URL is treated as if it were one.
#ifndef UNECHO_SRC_TEXT_FIELD_VALUE_H_
#define UNECHO_SRC_TEXT_FIELD_VALUE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace unecho {

enum class Normaliser : uint8_t { kExact, kFold, kDoi, kUrl };

// By its name: "exact", "fold", "doi", "url".
std::optional<Normaliser> NormaliserByName(std::string_view name);

// That of a field of which nobody says another: `doi` for doi, `url` for url and link, else `exact`.
Normaliser NormaliserFor(std::string_view field_name);

// Does it stand where nobody knows a value: "N/A", "-", "none", "null", "unknown"? It does so in many things, and tells
// none of them from the others. A key is none that is "0" or "0000-0000", either; among numbers 0 is one.
enum class Zero : uint8_t { kIsValue, kIsNone };
bool IsPlaceholder(std::string_view value, Zero zero);

// A date as RIS has it, 2009/05// or 2009///, without its empty parts; else the value itself.
std::string_view WithoutEmptyDateParts(std::string_view value);

void AppendNormalValue(std::string_view value, Normaliser normaliser, std::string& out);

}  // namespace unecho

#endif  // UNECHO_SRC_TEXT_FIELD_VALUE_H_
