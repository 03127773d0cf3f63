#include "text/mark_order.h"

#include <gtest/gtest.h>
#include <unicode/normalizer2.h>

#include <random>
#include <span>

#include "text/utf8.h"

namespace unecho::mark_order_test {
namespace {

std::string Normalised(const icu::Normalizer2* form, std::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  std::string out;
  form->normalize(icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size()))), error)
      .toUTF8String(out);
  return out;
}

TEST(MarkOrder, LeavesEveryNormalFormAsItIs) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* const forms[] = {
      icu::Normalizer2::getNFCInstance(error), icu::Normalizer2::getNFDInstance(error),
      icu::Normalizer2::getNFKCInstance(error), icu::Normalizer2::getNFKCCasefoldInstance(error)};
  // Marks of several classes, one that decomposes, one without a class, letters, and U+0345.
  constexpr char32_t kLetters[] = {0x301, 0x316, 0x327, 0x5B4, 0x344, 0x34F, 0x5B0, 0x1D165, 'a', 0xE9, 0x345, 0x9BE};
  std::mt19937 random(5);
  size_t changed = 0;
  for (int round = 0; round < 300; ++round) {
    std::string text;
    const size_t marks = 8 + random() % 5;  // more of them: fewer long runs
    for (int i = 0; i < 200; ++i)
      AppendUtf8(kLetters[random() % (round % 2 == 0 && i % 50 == 0 ? 12 : std::min<size_t>(marks, 12))], text);
    if (round % 3 == 0) text.insert(text.size() / 2, "a");
    std::string scratch;
    const std::string in_order(InMarkOrder(text, scratch));
    changed += in_order != text;
    const bool has_iota = text.find("\u0345") != std::string::npos;  // folds to a letter: see the header
    for (const icu::Normalizer2* form : std::span(forms).first(has_iota ? 3 : 4))
      ASSERT_EQ(Normalised(form, in_order), Normalised(form, text)) << text;
  }
  EXPECT_GT(changed, 5u);
}

TEST(MarkOrder, TouchesOnlyLongRunsInDisorder) {
  std::string scratch, disorder, order;
  for (int i = 0; i < 20; ++i) disorder += "\u0301\u0316";
  for (int i = 0; i < 20; ++i) order += "\u0316";
  for (int i = 0; i < 20; ++i) order += "\u0301";
  EXPECT_EQ(InMarkOrder("a" + disorder + "b\xff", scratch), "a" + order + "b\xff");
  for (const std::string& text :
       {"a" + order, std::string("a\u0301\u0316"), std::string("a\xcc\xff\x80"), std::string()})
    EXPECT_EQ(InMarkOrder(text, scratch), text);
}

}  // namespace
}  // namespace unecho::mark_order_test
