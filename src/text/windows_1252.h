// Windows-1252, bytes 0x80 to 0x9f: where it differs from Latin-1. 0: not assigned.
#ifndef UNECHO_SRC_TEXT_WINDOWS_1252_H_
#define UNECHO_SRC_TEXT_WINDOWS_1252_H_

#include <array>
#include <cstdint>

namespace unecho {

inline constexpr std::array<uint16_t, 32> kWindows1252 = {
    0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017d, 0,      0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178};

}  // namespace unecho

#endif  // UNECHO_SRC_TEXT_WINDOWS_1252_H_
