#include "layouts/http_body.h"

#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <zlib.h>

#include <algorithm>
#include <charconv>
#include <limits>

#include "absl/strings/ascii.h"
#include "base/status.h"
#include "layouts/warc_head.h"
#include "text/json.h"
#include "text/scan.h"

namespace unecho {
namespace {

std::string_view TrimBlanksAndQuotes(std::string_view text) {
  const size_t first = text.find_first_not_of(" \t\r\n\"'");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n\"'") + 1 - first);
}

// False if `body` is not made of chunks, all of them there.
bool JoinChunks(std::string_view body, std::string& out) {
  out.clear();
  for (;;) {
    uint64_t size = 0;
    const auto result = std::from_chars(body.data(), body.data() + body.size(), size, 16);
    const size_t line_end = body.find('\n');
    if (result.ec != std::errc() || line_end == body.npos) return false;
    const char behind = *result.ptr;
    if (behind != '\r' && behind != '\n' && behind != ';' && behind != ' ') return false;
    body.remove_prefix(line_end + 1);
    if (size == 0) return true;
    if (size > body.size()) return false;
    out += body.substr(0, static_cast<size_t>(size));
    body.remove_prefix(static_cast<size_t>(size));
    if (body.starts_with("\r\n"))
      body.remove_prefix(2);
    else if (body.starts_with('\n'))
      body.remove_prefix(1);
    else
      return false;
  }
}

bool Inflate(std::string_view bytes, int window_bits, size_t max_bytes, std::string& out) {
  out.clear();
  z_stream stream{};
  if (inflateInit2(&stream, window_bits) != Z_OK) return false;
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));  // zlib does not write to it
  stream.avail_in = static_cast<uInt>(std::min<size_t>(bytes.size(), std::numeric_limits<uInt>::max()));
  int state = Z_OK;
  while (state == Z_OK && out.size() < max_bytes) {
    const size_t before = out.size();
    out.resize(std::min(max_bytes, std::max<size_t>(2 * before, 4 * bytes.size() + 1024)));
    stream.next_out = reinterpret_cast<Bytef*>(out.data() + before);
    stream.avail_out = static_cast<uInt>(std::min<size_t>(out.size() - before, std::numeric_limits<uInt>::max()));
    const size_t room = stream.avail_out;
    state = inflate(&stream, Z_NO_FLUSH);
    out.resize(before + room - stream.avail_out);
    if (state == Z_BUF_ERROR) break;
  }
  inflateEnd(&stream);
  return state == Z_STREAM_END;
}

bool HasZlibHead(std::string_view bytes) {
  if (bytes.size() < 2 || (bytes[0] & 0x0F) != 8) return false;
  return (static_cast<unsigned char>(bytes[0]) * 256 + static_cast<unsigned char>(bytes[1])) % 31 == 0;
}

// What a <meta> in the first bytes says: charset=..., in an attribute or in the text of one.
std::string MetaCharset(std::string_view html) {
  const std::string head = absl::AsciiStrToLower(Abs(html.substr(0, 4096)));
  for (size_t meta = head.find("<meta"); meta != head.npos; meta = head.find("<meta", meta + 1)) {
    const std::string_view tag = std::string_view(head).substr(meta, head.find('>', meta) - meta);
    const size_t at = tag.find("charset");
    if (at == tag.npos) continue;
    std::string_view value = tag.substr(at + 7);
    value.remove_prefix(std::min(value.find_first_not_of(" \t\r\n"), value.size()));
    if (!value.starts_with('=')) continue;
    value.remove_prefix(1);
    value.remove_prefix(std::min(value.find_first_not_of(" \t\r\n\"'"), value.size()));
    return std::string(value.substr(0, value.find_first_of(" \t\r\n\"';/>")));
  }
  return {};
}

// As browsers read these labels.
std::string_view EncodingOf(std::string_view label) {
  if (label == "iso-8859-1" || label == "latin1" || label == "iso8859-1" || label == "us-ascii" || label == "ascii")
    return "windows-1252";
  if (label == "gb2312" || label == "gbk") return "gb18030";
  if (label == "shift_jis" || label == "sjis" || label == "x-sjis") return "windows-31j";
  if (label == "ks_c_5601-1987" || label == "euc-kr") return "windows-949";
  return label;
}

// ICU's own gives U+001A for one byte of some charsets.
void Replace(const void* /*context*/, UConverterToUnicodeArgs* args, const char* /*bytes*/, int32_t /*size*/,
             UConverterCallbackReason reason, UErrorCode* error) {
  if (reason > UCNV_IRREGULAR) return;
  constexpr UChar kReplacement = 0xFFFD;
  *error = U_ZERO_ERROR;
  ucnv_cbToUWriteUChars(args, &kReplacement, 1, 0, error);
}

bool Convert(std::string_view bytes, std::string_view label, std::string& out) {
  UErrorCode error = U_ZERO_ERROR;
  const std::string name(EncodingOf(label));
  UConverter* const converter = ucnv_open(name.c_str(), &error);
  if (U_FAILURE(error)) return false;
  ucnv_setToUCallBack(converter, Replace, nullptr, nullptr, nullptr, &error);
  out.resize(bytes.size() + bytes.size() / 2 + 64);
  const auto run = [&] {
    error = U_ZERO_ERROR;
    ucnv_reset(converter);
    return ucnv_toAlgorithmic(UCNV_UTF8, converter, out.data(), static_cast<int32_t>(out.size()), bytes.data(),
                              static_cast<int32_t>(bytes.size()), &error);
  };
  int32_t size = run();
  if (error == U_BUFFER_OVERFLOW_ERROR) {
    out.resize(static_cast<size_t>(size));
    size = run();
  }
  ucnv_close(converter);
  if (U_FAILURE(error)) return false;
  out.resize(static_cast<size_t>(size));
  return true;
}

}  // namespace

bool DecodeHttpBody(std::string_view head, std::string_view body, size_t max_bytes, std::string& out,
                    std::string_view& text) {
  text = body;
  std::string value, joined;
  // Some crawlers join the chunks and leave the head as it was.
  if (FindHeader(head, "Transfer-Encoding", value) && absl::AsciiStrToLower(Abs(value)).find("chunked") != value.npos &&
      JoinChunks(body, joined)) {
    text = joined;
  }
  const std::string coding =
      FindHeader(head, "Content-Encoding", value) ? absl::AsciiStrToLower(Abs(value)) : std::string();
  if (coding.find("gzip") != coding.npos || coding.find("deflate") != coding.npos) {
    // ... or undo the compression.
    constexpr int kGzip = 15 + 16, kZlib = 15, kRaw = -15;
    if (text.starts_with("\x1f\x8b")) {
      if (!Inflate(text, kGzip, max_bytes, out)) return false;
      text = out;
    } else if (coding.find("deflate") != coding.npos &&
               (HasZlibHead(text) ? Inflate(text, kZlib, max_bytes, out) : Inflate(text, kRaw, max_bytes, out))) {
      text = out;
    }
    if (text.data() == out.data() && text.size() == out.size()) return true;
  } else if (!coding.empty() && coding != "identity" && !IsValidUtf8(text)) {
    return false;
  }
  if (text.data() == joined.data()) {
    out = std::move(joined);
    text = out;
  }
  return true;
}

ContentType ParseContentType(std::string_view value) {
  ContentType type;
  const size_t semicolon = value.find(';');
  type.media = absl::AsciiStrToLower(Abs(TrimBlanksAndQuotes(value.substr(0, semicolon))));
  const std::string lower = absl::AsciiStrToLower(Abs(value));
  if (const size_t at = lower.find("charset="); at != lower.npos) {
    const std::string_view name = std::string_view(lower).substr(at + 8);
    type.charset = TrimBlanksAndQuotes(name.substr(0, name.find(';')));
  }
  return type;
}

std::string_view ToUtf8(std::string_view bytes, std::string_view charset, bool is_html, std::string& out) {
  const auto repaired = [&out](std::string_view text) {
    if (IsValidUtf8(text)) return text;
    out.clear();
    AppendRepairedUtf8(text, out);
    return std::string_view(out);
  };
  if (bytes.starts_with(kBom)) return repaired(bytes.substr(kBom.size()));
  std::string name(charset);
  if (bytes.starts_with("\xFF\xFE"))
    name = "utf-16le", bytes.remove_prefix(2);
  else if (bytes.starts_with("\xFE\xFF"))
    name = "utf-16be", bytes.remove_prefix(2);
  else if (name.empty() && is_html)
    name = MetaCharset(bytes);
  if (name == "utf-8" || name == "utf8") return repaired(bytes);
  if (bytes.size() > size_t{1} << 29) return repaired(bytes);  // ICU counts in 32 bits
  if (!name.empty() && Convert(bytes, name, out)) return out;
  if (IsValidUtf8(bytes) || !Convert(bytes, "windows-1252", out)) return repaired(bytes);
  return out;
}

}  // namespace unecho
