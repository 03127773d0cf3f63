#include "text/shown_size.h"

#include "gtest/gtest.h"

namespace unecho::shown_size_test {
namespace {

TEST(ShownSize, HasAUnitThatFits) {
  EXPECT_EQ(ShownSize(0), "0 B");
  EXPECT_EQ(ShownSize(999), "999 B");
  EXPECT_EQ(ShownSize(1000), "1.0 KB");
  EXPECT_EQ(ShownSize(999949), "999.9 KB");
  EXPECT_EQ(ShownSize(999950), "1.0 MB");
  EXPECT_EQ(ShownSize(4.9e9), "4.9 GB");
}

}  // namespace
}  // namespace unecho::shown_size_test
