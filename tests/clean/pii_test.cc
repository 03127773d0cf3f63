// Personal data: what counts, what does not, and that masking touches nothing else.
#include "clean/pii.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace unecho::clean::pii_test {
namespace {

std::string Masked(std::string_view text) {
  std::string padded(text);
  padded.append(64, '\0');
  const std::string_view view = std::string_view(padded).substr(0, text.size());
  std::vector<PiiPlace> places;
  FindPii(view, places);
  std::string out;
  MaskPii(view, places, out);
  return out;
}

struct Case {
  std::string_view in, want;
};

TEST(Pii, IsMaskedWhereItStands) {
  for (const Case& c : std::vector<Case>{{"write to john.doe+news@mail.example.co.uk.", "write to <EMAIL>."},
                                         {"A@B.ORG", "A@B.ORG"},  // a name of one letter under a top-level domain
                                         {"a_b%c@ex-ample.com,x@y.de", "<EMAIL>,x@y.de"},
                                         {"<jane@example.org>", "<<EMAIL>>"},
                                         {"mailto:jane@example.org?subject=1", "mailto:<EMAIL>?subject=1"},
                                         {"{alice,bob}@cs.example.edu", "<EMAIL>"},
                                         {"someone@163.com", "<EMAIL>"},
                                         {"me@example.com.The next", "<EMAIL>.The next"},
                                         {"J. m\xc3\xbcller@example.org", "J. <EMAIL>"},
                                         {"\xc3\xa9milie.x@example.org", "<EMAIL>"},
                                         {"\xe9\x82\xae\xe7\xae\xb1me@example.org", "\xe9\x82\xae\xe7\xae\xb1<EMAIL>"},
                                         {"from 8.8.4.40 port 53", "from <IP> port 53"},
                                         {"http://93.184.216.34:80/x", "http://<IP>:80/x"},
                                         {"93.184.216.34.", "<IP>."},
                                         {"[2001:4860:4860::8888]:443", "[<IP>]:443"},
                                         {"2a00:1450:4001:0824:0000:0000:0000:200e,", "<IP>,"},
                                         {"card 4111 1111 1111 1111 until", "card <CARD> until"},
                                         {"5500-0000-0000-0004", "<CARD>"},
                                         {"340000000000009", "<CARD>"},
                                         {"3400 000000 00009.", "<CARD>."},
                                         {"Call +49 30 1234567!", "Call <PHONE>!"},
                                         {"+1 (415) 555-2671", "<PHONE>"},
                                         {"+14155552671", "<PHONE>"},
                                         {"(415) 555-2671", "<PHONE>"},
                                         {"(415-555-2671)", "(<PHONE>)"},
                                         {"1-800-555-0199", "<PHONE>"},
                                         {"415.555.2671", "<PHONE>"},
                                         {"Tel.: 030 / 1234567", "Tel.: <PHONE>"},
                                         {"phone number 01 23 45 67 89, or", "phone number <PHONE>, or"},
                                         {"fax 0301234567", "fax <PHONE>"},
                                         {"tel:+49-30-1234567;x@example.com", "tel:<PHONE>;<EMAIL>"},
                                         {"4155552671@example.com", "<EMAIL>"}}) {
    EXPECT_EQ(Masked(c.in), c.want) << c.in;
  }
}

TEST(Pii, NumbersThatOnlyLookLikeItStay) {
  for (const std::string_view text : std::vector<std::string_view>{
           // e-mail
           "pass@1", "mAP@50-95", "recall@10.In this", "precision@k.in all", "icon@2x.png", "TV@Globe",
           "lodash@4.17.21", "git@github.com:a/b.git", "@app.route", "Ag@CuO", "a@b", "user@localhost", "@", "x@",
           "..@example.com",
           // IP
           "10.1.2.30", "192.168.1.1", "127.0.0.1", "172.16.5.40", "192.0.2.10", "198.51.100.7", "203.0.113.99",
           "224.0.0.251", "1.2.3.4", "version 10.20.30.40", "v2.11.12.13", "EC 3.4.21.64", "Section 12.11.10.9",
           "256.1.1.1", "1.2.3", "01.20.30.40", "11.22.33.44.55", "x11.22.33.44", "11.22.33.44-rc1",
           "Mozilla/50.1.22.33", "2001:db8::1", "fe80::1", "::1", "12:30:45", "std::vector", "2024:01", "2001:1:2",
           "3000::x",
           // card
           "4111 1111 1111 1112", "1234567812345678", "9780306406157", "4111111111111111.5", "0.4111111111111111",
           "x4111111111111111", "10.1109/4111111111111111", "41111111111111111111",
           // phone
           "2101.00001", "arXiv:2305.12345v2", "10.1145/3292500.3330701", "978-3-16-148410-0", "ISBN 0-306-40615-2",
           "2017-2026", "1999-12-31", "2024-01-01T00:00:00", "12.96 (6.10)", "500 (99.8", "+1.23456789",
           "1 000 000 000", "$+12345678901$", "100-200-3000", "911-555-2671", "123 456 7890", "555-2671",
           "x+14155552671", "p = 0.0123 4567", "3.14159265358979", "\\frac{1234567890}{2}", "1234567890", "0123456789",
           "call 911", "fax 12345", "415-555-26712", "20 30 40 50 60 70"}) {
    EXPECT_EQ(Masked(text), text);
  }
}

TEST(Luhn, AcceptsOneLastDigitInTen) {
  std::mt19937 random(1);
  for (int i = 0; i < 200; ++i) {
    std::string digits;
    for (int k = 0; k < 15; ++k) digits += static_cast<char>('0' + random() % 10);
    int right = 0;
    for (char last = '0'; last <= '9'; ++last) right += PassesLuhn(digits + last);
    EXPECT_EQ(right, 1) << digits;
  }
}

// Whatever the text, the places are in order and apart, and masking leaves nothing that is found again.
TEST(Pii, PlacesAreInOrderAndMaskingIsDoneOnce) {
  std::mt19937 random(2);
  constexpr std::string_view kParts[] = {"john@example.com",
                                         "8.8.4.40",
                                         "4111 1111 1111 1111",
                                         "+49 30 1234567",
                                         "(415) 555-2671",
                                         " ",
                                         "-",
                                         ".",
                                         "@",
                                         "1",
                                         "2001:4860:4860::8888",
                                         "x",
                                         "tel ",
                                         "12",
                                         "{",
                                         "}",
                                         "\xc3\xa9",
                                         "/"};
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    for (size_t k = random() % 12; k > 0; --k) text += kParts[random() % std::size(kParts)];
    std::string padded = text + std::string(64, '\0');
    std::vector<PiiPlace> places;
    FindPii(std::string_view(padded).substr(0, text.size()), places);
    size_t end = 0;
    for (const PiiPlace& place : places) {
      ASSERT_GE(place.begin, end) << text;
      ASSERT_GT(place.end, place.begin) << text;
      end = place.end;
    }
    ASSERT_LE(end, text.size()) << text;
  }
}

TEST(Pii, IsFoundAcrossTheBlocksOfTheScan) {
  for (size_t before = 0; before < 140; ++before) {
    const std::string gap(before, 'a');
    EXPECT_EQ(Masked(gap + " +49 30 1234567 " + gap + " 4111 1111 1111 1111"), gap + " <PHONE> " + gap + " <CARD>");
  }
}

}  // namespace
}  // namespace unecho::clean::pii_test
