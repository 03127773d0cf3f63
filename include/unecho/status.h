// Whether a call did what it should, and if not, why: a code for programs, a message for people.
//
//   const unecho::Result<unecho::LayoutPtr> layout = unecho::LoadLayout("faq.toml");
//   if (!layout.ok()) return Say(layout.status().message());
//   options.answer.layout = *layout;
//
// A message says where, what, and what to do, in the words of the command line ("--threshold 2: ...").
//
// Cost:    of success no allocation. Threads: plain values.
// Failure: value() of a Result that has none is a mistake of the programmer: it throws std::bad_variant_access, and the
//          operators * and -> are undefined.
#ifndef UNECHO_STATUS_H_
#define UNECHO_STATUS_H_

#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "unecho/api.h"

namespace unecho {

enum class StatusCode : int {
  kOk = 0,
  kCancelled = 1,           // RunOptions::stop was set
  kUnknown = 2,             // what the system says has no better name
  kInvalidArgument = 3,     // options that cannot be meant
  kNotFound = 5,            // a file, a layout, a record
  kAlreadyExists = 6,       // an output, without PipelineOptions::overwrite
  kPermissionDenied = 7,    // the system refuses
  kResourceExhausted = 8,   // memory, disk, threads, ids
  kFailedPrecondition = 9,  // not in this order, or not with what there is
  kAborted = 10,            // the reader of a pipe has gone
  kOutOfRange = 11,
  kUnimplemented = 12,
  kInternal = 13,  // a fault of unecho
  kUnavailable = 14,
  kDataLoss = 15,  // an input or a file of a run is not what it should be
};
UNECHO_API std::string_view Name(StatusCode code);  // "OK", "INVALID_ARGUMENT", ...

class [[nodiscard]] Status {
 public:
  Status() = default;  // of success
  Status(StatusCode code, std::string message) : code_(code), message_(std::move(message)) {}

  bool ok() const { return code_ == StatusCode::kOk; }
  StatusCode code() const { return code_; }
  std::string_view message() const { return message_; }
  UNECHO_API std::string ToString() const;  // "OK", or "NOT_FOUND: a.txt: no such file; ..."

  friend bool operator==(const Status&, const Status&) = default;

 private:
  StatusCode code_ = StatusCode::kOk;
  std::string message_;
};

// A value, or the Status that says why there is none.
template <typename T>
class [[nodiscard]] Result {
 public:
  // NOLINTBEGIN(google-explicit-constructor): a function returns the one or the other
  Result(T value) : held_(std::in_place_index<1>, std::move(value)) {}
  // Of success there should be a value: such a Result is a failure, kInternal.
  Result(Status failure) : held_(std::in_place_index<0>, std::move(failure)) {
    if (std::get_if<0>(&held_)->ok()) held_ = Status(StatusCode::kInternal, "a Result without a value");
  }
  // NOLINTEND(google-explicit-constructor)

  bool ok() const { return held_.index() == 1; }
  const Status& status() const& {
    static const Status success;
    return ok() ? success : *std::get_if<0>(&held_);
  }
  Status status() && { return ok() ? Status() : std::move(*std::get_if<0>(&held_)); }

  const T& value() const& { return std::get<1>(held_); }
  T& value() & { return std::get<1>(held_); }
  T&& value() && { return std::get<1>(std::move(held_)); }
  const T& operator*() const& { return *std::get_if<1>(&held_); }
  T& operator*() & { return *std::get_if<1>(&held_); }
  T&& operator*() && { return std::move(*std::get_if<1>(&held_)); }
  const T* operator->() const { return std::get_if<1>(&held_); }
  T* operator->() { return std::get_if<1>(&held_); }

 private:
  std::variant<Status, T> held_;
};

}  // namespace unecho

#endif  // UNECHO_STATUS_H_
