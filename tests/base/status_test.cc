#include "base/status.h"

#include <gtest/gtest.h>

#include <new>
#include <stdexcept>
#include <string>
#include <system_error>

namespace unecho::status_test {
namespace {

TEST(Result, HasAValueOrSaysWhyNot) {
  const Result<int> value = 7;
  EXPECT_TRUE(value.ok());
  EXPECT_TRUE(value.status().ok());
  EXPECT_EQ(*value, 7);
  const Result<int> failure = Status(StatusCode::kNotFound, "a.txt: no such file");
  EXPECT_FALSE(failure.ok());
  EXPECT_EQ(failure.status().ToString(), "NOT_FOUND: a.txt: no such file");
}

TEST(Result, OfSuccessWithoutAValueIsAFault) {
  const Result<int> result = Status();
  EXPECT_FALSE(result.ok());
  EXPECT_EQ(result.status().code(), StatusCode::kInternal);
}

TEST(PublicCall, LetsNoExceptionOut) {
  const auto thrown = [](const auto& exception) { return PublicCall([&]() -> absl::Status { throw exception; }); };
  EXPECT_EQ(thrown(std::bad_alloc()).ToString(), "RESOURCE_EXHAUSTED: out of memory: the system gives no more");
  const Status no_thread = thrown(std::system_error(std::make_error_code(std::errc::resource_unavailable_try_again)));
  EXPECT_EQ(no_thread.code(), StatusCode::kResourceExhausted);
  EXPECT_NE(no_thread.message().find("give fewer --threads"), std::string_view::npos);
  EXPECT_EQ(thrown(std::runtime_error("odd")).ToString(), "INTERNAL: the program has a fault, please report it: odd");
  EXPECT_EQ(thrown(std::runtime_error(std::string(1000, 'x'))).code(), StatusCode::kInternal);
  EXPECT_EQ(thrown(7).code(), StatusCode::kInternal);
}

}  // namespace
}  // namespace unecho::status_test
