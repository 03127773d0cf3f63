#include "base/status.h"

#include <cstdio>
#include <cstring>
#include <new>
#include <system_error>

#include "base/memory.h"

namespace unecho {
namespace {

// The codes of both are the same numbers (the canonical ones), but those that unecho has no use for.
static_assert(static_cast<int>(StatusCode::kInvalidArgument) == static_cast<int>(absl::StatusCode::kInvalidArgument));
static_assert(static_cast<int>(StatusCode::kAborted) == static_cast<int>(absl::StatusCode::kAborted));
static_assert(static_cast<int>(StatusCode::kDataLoss) == static_cast<int>(absl::StatusCode::kDataLoss));

StatusCode PublicCode(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kDeadlineExceeded: return StatusCode::kUnavailable;
    case absl::StatusCode::kUnauthenticated: return StatusCode::kPermissionDenied;
    default: return static_cast<StatusCode>(code);
  }
}

}  // namespace

std::string_view Name(StatusCode code) {
  switch (code) {
    case StatusCode::kOk: return "OK";
    case StatusCode::kCancelled: return "CANCELLED";
    case StatusCode::kUnknown: return "UNKNOWN";
    case StatusCode::kInvalidArgument: return "INVALID_ARGUMENT";
    case StatusCode::kNotFound: return "NOT_FOUND";
    case StatusCode::kAlreadyExists: return "ALREADY_EXISTS";
    case StatusCode::kPermissionDenied: return "PERMISSION_DENIED";
    case StatusCode::kResourceExhausted: return "RESOURCE_EXHAUSTED";
    case StatusCode::kFailedPrecondition: return "FAILED_PRECONDITION";
    case StatusCode::kAborted: return "ABORTED";
    case StatusCode::kOutOfRange: return "OUT_OF_RANGE";
    case StatusCode::kUnimplemented: return "UNIMPLEMENTED";
    case StatusCode::kInternal: return "INTERNAL";
    case StatusCode::kUnavailable: return "UNAVAILABLE";
    case StatusCode::kDataLoss: return "DATA_LOSS";
  }
  return "";
}

std::string Status::ToString() const {
  return ok() ? std::string(Name(code_)) : std::string(Name(code_)) + ": " + message_;
}

absl::Status Inner(const Status& status) {
  return absl::Status(static_cast<absl::StatusCode>(status.code()), Abs(status.message()));
}

Status Public(const absl::Status& status) {
  return status.ok() ? Status() : Status(PublicCode(status.code()), std::string(Message(status)));
}

UncaughtReason ReasonOf(const std::exception_ptr& exception) {
  UncaughtReason reason{absl::StatusCode::kResourceExhausted, {}};
  const auto say = [&reason](const char* format, const char* what) {
    std::snprintf(reason.text, sizeof reason.text, format, what);
  };
  constexpr char kNoThread[] = "no thread can be made (%s); raise ulimit -u or -v, or give fewer --threads";
  constexpr char kFault[] = "the program has a fault, please report it%s";
  try {
    if (exception != nullptr) std::rethrow_exception(exception);
    reason.code = absl::StatusCode::kInternal;
    say(kFault, "");
  } catch (const std::bad_alloc&) {
    say("out of memory: %s",
        WasRefusedForLimit() ? "this needs more than --memory allows; raise it" : "the system gives no more");
  } catch (const std::system_error& error) {
    say(kNoThread, error.what());
  } catch (const std::exception& error) {
    // TBB says so of a thread that it cannot make, in its own words.
    if (std::strstr(error.what(), "pthread_create") != nullptr) {
      say(kNoThread, error.what());
    } else {
      reason.code = absl::StatusCode::kInternal;
      say("the program has a fault, please report it: %s", error.what());
    }
  } catch (...) {
    reason.code = absl::StatusCode::kInternal;
    say(kFault, "");
  }
  return reason;
}

absl::Status StatusOf(const std::exception_ptr& exception) {
  const UncaughtReason reason = ReasonOf(exception);
  return {reason.code, reason.text};
}

}  // namespace unecho
