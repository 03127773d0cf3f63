// The payload of a WARC record as text: HTTP framing and compression undone, converted to UTF-8.
//
// Threads: functions without state. Failure: false, for what cannot be decoded.
#ifndef UNECHO_SRC_LAYOUTS_HTTP_BODY_H_
#define UNECHO_SRC_LAYOUTS_HTTP_BODY_H_

#include <string>
#include <string_view>

namespace unecho {

// The body of an HTTP message. Chunks are joined where the head says that there are any, and there are; gzip and
// deflate are undone where the bytes are so compressed. Other codings (br, zstd), broken ones, and what becomes longer
// than `max_bytes` fail. The view is of `message` or of `out`.
bool DecodeHttpBody(std::string_view head, std::string_view body, size_t max_bytes, std::string& out,
                    std::string_view& text);

// "text/html" and "utf-8" of "Text/HTML; charset=UTF-8".
struct ContentType {
  std::string media, charset;  // lower case
};
ContentType ParseContentType(std::string_view value);

// To UTF-8: by the byte order mark, else by `charset`, else (html) by what a <meta> says, else as UTF-8 if it is
// well-formed, else as Windows-1252. Unknown names of charsets count as none. Malformed input becomes U+FFFD. The view
// is of `bytes` or of `out`.
std::string_view ToUtf8(std::string_view bytes, std::string_view charset, bool is_html, std::string& out);

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_HTTP_BODY_H_
