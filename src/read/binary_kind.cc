#include "read/binary_kind.h"

#include <algorithm>
#include <array>

namespace unecho {
namespace {

using namespace std::string_view_literals;

constexpr auto kUnpack = "unpack it, and give the folder"sv;
constexpr auto kExport = "export its texts first, as JSON lines or CSV"sv;
constexpr auto kDecompress = "decompress it first: its end is read before its beginning"sv;
constexpr auto kNoText = "leave it out; for a folder, --glob says which files to read"sv;

// The head of a member of a tar archive: its name, at most 100 bytes and then zeros, a number of 8 bytes that ends with
// a zero; behind the magic a zero or a blank. "ustar" alone is in every mustard.
constexpr size_t kTarNumberEnd = 108, kTarMagicAt = 257, kTarMagicEnd = 263;

// As far as it goes.
bool IsLikeTar(std::string_view prefix) {
  const std::string_view head = prefix.substr(0, kTarNumberEnd);
  const size_t zero = head.find('\0');
  if (zero == 0 || head.substr(0, zero).find_first_of("\r\n") != head.npos) return false;
  if (prefix.size() >= kTarNumberEnd && (zero == head.npos || head.back() != '\0')) return false;
  return prefix.size() < kTarMagicEnd || prefix[kTarMagicEnd - 1] == '\0' || prefix[kTarMagicEnd - 1] == ' ';
}

// As in magic(5).
constexpr std::array kKinds = {
    BinaryKind{"PK\x03\x04"sv, 0, "a zip archive (or a document: docx, xlsx, epub)",
               "unpack it, and give the folder; 'unzip -p' writes into a pipe"},
    BinaryKind{"7z\xBC\xAF\x27\x1C"sv, 0, "a 7z archive", kUnpack},
    BinaryKind{"Rar!\x1A\x07"sv, 0, "a rar archive", kUnpack},
    BinaryKind{"ustar"sv, kTarMagicAt, "a tar archive", kUnpack},
    BinaryKind{"\x1F\x9D"sv, 0, "a file of compress (.Z)", "'zcat' writes it into a pipe"},
    BinaryKind{"LZIP\x01"sv, 0, "a file of lzip", "'lzip -dc' writes it into a pipe"},
    BinaryKind{"%PDF-"sv, 0, "a PDF document", "take its text out first, for example by 'pdftotext'"},
    BinaryKind{"{\\rtf"sv, 0, "a document of rich text (RTF)",
               "take its text out first, for example by 'unrtf --text'"},
    BinaryKind{"filedesc://"sv, 0, "an ARC file of a web crawl",
               "convert it to WARC first, for example by 'warctools' arc2warc"},
    BinaryKind{"\xD0\xCF\x11\xE0"sv, 0, "a document of an old office program", kExport},
    BinaryKind{"PAR1\x15"sv, 0, "a Parquet table inside a compressed file", kDecompress},
    BinaryKind{"ARROW1\0\0"sv, 0, "an Arrow table inside a compressed file", kDecompress},
    BinaryKind{"FEA1\0\0\0\0"sv, 0, "a table of the first version of Feather",
               "write it as one of the second first, by pyarrow.feather"},
    BinaryKind{"Obj\x01"sv, 0, "an Avro table", kExport},
    BinaryKind{"SQLite format 3\0"sv, 0, "an SQLite database", kExport},
    BinaryKind{"\x89HDF\r\n\x1A\n"sv, 0, "an HDF5 file", kExport},
    BinaryKind{"\x93NUMPY"sv, 0, "an array of NumPy", kExport},
    BinaryKind{"\x7F"
               "ELF"sv,
               0, "a program", kNoText},
    BinaryKind{"\x89PNG\r\n\x1A\n"sv, 0, "a picture (PNG)", kNoText},
    BinaryKind{"\xFF\xD8\xFF"sv, 0, "a picture (JPEG)", kNoText},
};

}  // namespace

const BinaryKind* FindBinaryKind(std::string_view prefix) {
  const auto* const found = std::ranges::find_if(kKinds, [&](const BinaryKind& kind) {
    const bool is_here =
        prefix.size() >= kind.at + kind.magic.size() && prefix.substr(kind.at, kind.magic.size()) == kind.magic;
    return is_here && (kind.at == 0 || (prefix.size() >= kTarMagicEnd && IsLikeTar(prefix)));
  });
  return found == kKinds.end() ? nullptr : found;
}

bool MayBecomeBinary(std::string_view prefix) {
  const bool begins = std::ranges::any_of(kKinds, [&](const BinaryKind& kind) {
    return kind.at == 0 && prefix.size() < kind.magic.size() && kind.magic.starts_with(prefix);
  });
  return begins || (prefix.size() < kTarMagicEnd && IsLikeTar(prefix));
}

}  // namespace unecho
