// HTML -> text.
#include "layouts/html_text.h"

#include <gtest/gtest.h>

namespace unecho {
namespace {

std::string Text(std::string_view html) {
  std::string out;
  AppendHtmlText(html, out);
  return out;
}

std::string Repeated(std::string_view text, size_t times) {
  std::string out;
  for (size_t i = 0; i < times; ++i) out += text;
  return out;
}

TEST(HtmlText, IsWhatPeopleRead) {
  const std::pair<std::string, std::string> cases[] = {
      {"", ""},
      {"plain  text", "plain  text"},
      {"a &amp; b &lt;i&gt; &eacute; &#8217; &unknown;", "a & b <i> \u00E9 \u2019 &unknown;"},
      {"a<b>b</b>c <i> d </i>e", "abc d e"},
      {"a <!-- x --> b", "a b"},
      {"<p>one</p><p>two\n  three</p>", "one\n\ntwo three"},
      {"one<br>two<br/><br>three", "one\ntwo\nthree"},
      {"<div>one<div>two</div></div>three", "one\ntwo\nthree"},
      {"<h1>head</h1>text<ul><li>a<li>b</ul>", "head\n\ntext\n\na\nb"},
      {"<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"},
      {"<pre>a\n  b</pre>c", "a\n  b\n\nc"},
      {"a<script>var x = '<p>no</p>';</script><style>p{}</style>b<nav>no</nav>", "ab"},
      {"a&nbsp;&nbsp;<i>b</i>\u00A0c", "a b c"},
      {"1 < 2 & 3 > 2 <b>x</b>", "1 < 2 & 3 > 2 x"},
      {"<a href='u'>link</a> <img alt='x' src='y'>", "link"},
      {"not closed <b>bold <i>both", "not closed bold both"},
      {"\u6CB3<b>\U0001F30A</b>", "\u6CB3\U0001F30A"},
  };
  for (const auto& [html, want] : cases) EXPECT_EQ(Text(html), want) << html;
}

TEST(HtmlText, IsAppended) {
  std::string out = "before ";
  AppendHtmlText("<p>x</p>", out);
  EXPECT_EQ(out, "before x");
}

TEST(HtmlPage, HasATitleAndABody) {
  std::string title, body;
  ASSERT_TRUE(ReadHtml("<!DOCTYPE html><html><head><title> T &amp; t\n</title><style>x</style></head>"
                       "<body><nav>menu</nav><h1>H</h1><p>a</p><svg><title>no</title></svg></body></html>", title, body));
  EXPECT_EQ(title, "T & t");
  EXPECT_EQ(body, "H\n\na");
  ASSERT_TRUE(ReadHtml("no markup", title, body));
  EXPECT_EQ(title, "");
  EXPECT_EQ(body, "no markup");
}

// What browsers cut at 512 open elements, and what would take the parser a time that is quadratic.
TEST(HtmlPage, IsRefusedIfItWouldBeSlow) {
  std::string title, body;
  EXPECT_TRUE(ReadHtml(Repeated("<div>", 1000), title, body));
  EXPECT_FALSE(ReadHtml(Repeated("<div>", 100'000), title, body));
  EXPECT_FALSE(ReadHtml("<p " + Repeated("a ", 100'000) + ">", title, body));
  EXPECT_FALSE(ReadHtml(Repeated("<font color=1>", 50'000), title, body));
  EXPECT_TRUE(ReadHtml(Repeated("<p>a<li>b<td>c<br>", 50'000), title, body));
  EXPECT_TRUE(ReadHtml(Repeated("<div>a</div>", 50'000), title, body));
  EXPECT_TRUE(ReadHtml("<script>" + Repeated("'<div>'", 50'000) + "</SCRIPT>x", title, body));
  EXPECT_EQ(body, "x");
  EXPECT_EQ(Text(Repeated("<div>", 100'000)), Repeated("<div>", 100'000)) << "what is refused stays as it is";
}

}  // namespace
}  // namespace unecho
