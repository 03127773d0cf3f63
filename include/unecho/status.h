// The two status macros, and the adapters between std::string_view and Abseil's own.
//
// Debian's Abseil is built with absl::string_view distinct from std::string_view, so status constructors take
// the result of Abs(); StrFormat("%s") accepts both.
//
// Cost:    none. Threads: functions without state. Failure: none of their own.
#ifndef UNECHO_STATUS_H_
#define UNECHO_STATUS_H_

#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace unecho {

inline absl::string_view Abs(std::string_view s) { return {s.data(), s.size()}; }
inline std::string_view Message(const absl::Status& status) {
  return {status.message().data(), status.message().size()};
}

}  // namespace unecho

#define UNECHO_RETURN_IF_ERROR(expr)                                                       \
  do {                                                                                     \
    if (absl::Status unecho_status_ = (expr); !unecho_status_.ok()) return unecho_status_; \
  } while (false)

#define UNECHO_CONCAT_INNER_(a, b) a##b
#define UNECHO_CONCAT_(a, b) UNECHO_CONCAT_INNER_(a, b)
#define UNECHO_ASSIGN_OR_RETURN(lhs, expr) UNECHO_ASSIGN_OR_RETURN_(UNECHO_CONCAT_(unecho_or_, __LINE__), lhs, expr)
#define UNECHO_ASSIGN_OR_RETURN_(or_, lhs, expr) \
  auto or_ = (expr);                             \
  if (!or_.ok()) return std::move(or_).status(); \
  lhs = std::move(or_).value()

#endif  // UNECHO_STATUS_H_
