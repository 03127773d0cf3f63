// Statuses inside the library are Abseil's; those of its public functions are unecho::Status, so that who uses it needs
// no Abseil. Here are the border between the two, the two status macros, and the adapters between std::string_view and
// Abseil's own.
//
// Debian's Abseil is built with absl::string_view distinct from std::string_view, so status constructors take
// the result of Abs(); StrFormat("%s") accepts both.
//
// A public function is a line that calls an inner one: return PublicCall([&] { return Work(); }).
//
// Cost:    none but of failures. Threads: functions without state. Failure: none of their own.
#ifndef UNECHO_SRC_BASE_STATUS_H_
#define UNECHO_SRC_BASE_STATUS_H_

#include <exception>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "unecho/status.h"

namespace unecho {

inline absl::string_view Abs(std::string_view s) { return {s.data(), s.size()}; }
inline std::string_view Message(const absl::Status& status) {
  return {status.message().data(), status.message().size()};
}

inline std::string_view Message(const Status& status) { return status.message(); }

// What a public function gave, for inner ones; what is inner stays.
absl::Status Inner(const Status& status);
inline absl::Status Inner(absl::Status status) { return status; }
template <typename T>
absl::StatusOr<T> Inner(Result<T> result) {
  if (!result.ok()) return Inner(result.status());
  return std::move(result).value();
}

Status Public(const absl::Status& status);
template <typename T>
Result<T> Public(absl::StatusOr<T> result) {
  if (!result.ok()) return Public(result.status());
  return std::move(result).value();
}

// What an exception that no flow has caught says to people: memory or threads that were refused, or a fault. Nothing is
// allocated: there may be no memory.
struct UncaughtReason {
  absl::StatusCode code;
  char text[256];
};
UncaughtReason ReasonOf(const std::exception_ptr& exception);
absl::Status StatusOf(const std::exception_ptr& exception);

// What `inner` returns, for a user of the library, who gets no exception: neither where memory is refused nor where a
// thread cannot be made.
template <typename Call>
auto PublicCall(const Call& inner) -> decltype(Public(inner())) {
  try {
    return Public(inner());
  } catch (...) {
    return Public(StatusOf(std::current_exception()));
  }
}

}  // namespace unecho

#define UNECHO_RETURN_IF_ERROR(expr)                                                                           \
  do {                                                                                                         \
    if (auto unecho_status_ = (expr); !unecho_status_.ok()) return ::unecho::Inner(std::move(unecho_status_)); \
  } while (false)

#define UNECHO_CONCAT_INNER_(a, b) a##b
#define UNECHO_CONCAT_(a, b) UNECHO_CONCAT_INNER_(a, b)
#define UNECHO_ASSIGN_OR_RETURN(lhs, expr) UNECHO_ASSIGN_OR_RETURN_(UNECHO_CONCAT_(unecho_or_, __LINE__), lhs, expr)
#define UNECHO_ASSIGN_OR_RETURN_(or_, lhs, expr)                  \
  auto or_ = (expr);                                              \
  if (!or_.ok()) return ::unecho::Inner(std::move(or_).status()); \
  lhs = std::move(or_).value()

#endif  // UNECHO_SRC_BASE_STATUS_H_
