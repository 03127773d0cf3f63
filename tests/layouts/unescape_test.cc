// Markdown, LaTeX and HTML within fields -> text, and that hostile input costs no more than its length.
#include "layouts/unescape.h"

#include <gtest/gtest.h>

namespace unecho::unescape_test {
namespace {

struct Case {
  std::string in, want;
};

std::string Text(Unescape unescape, std::string_view in) {
  std::string out;
  AppendUnescaped(unescape, in, out);
  EXPECT_TRUE(NeedsUnescape(unescape, in) || out == in) << in;
  return out;
}

TEST(Unescape, ReadsSubtitles) {
  const Case cases[] = {
      {"plain, nothing else", "plain, nothing else"},
      {"<i>a</i> <B>b</B> <v Ana Bo>c</v> <c.red>d</c>", "a b c d"},
      {"<font color=\"#ff0\">a</font><00:00:01.000>b", "ab"},
      {"{\\an8}{\\i1}a{\\i0}", "a"},
      {"a &lt; b &amp;&nbsp;c", "a < b & c"},
      {"<laughs> a < b, {x} <3 <1> <", "<laughs> a < b, {x} <3  <"},
      {"<i\nb>", "<i\nb>"},
  };
  for (const Case& c : cases) EXPECT_EQ(Text({.subtitles = true}, c.in), c.want);
}

TEST(Unescape, ReadsMarkdown) {
  const Case cases[] = {
      {"plain text, nothing else", "plain text, nothing else"},
      {"**bold** and *italic* and __b__ and _i_ and ~~gone~~", "bold and italic and b and i and gone"},
      {"***both***", "both"},
      {"[Title](https://a.b/c_(d))", "Title"},
      {"[[pdf]](https://a.b)", "[pdf]"},
      {"[**Bold** in a link](u)", "Bold in a link"},
      {"[text][ref] and [alone]", "text and [alone]"},
      {"![badge](u)Title", "Title"},
      {"[![badge](u)](v)Title", "Title"},
      {"snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4"},
      {"a*b*c", "a*b*c"},
      {"*open", "*open"},
      {"x_i and y_i", "x_i and y_i"},
      {"$a*b*c$ and $x_i$", "$a*b*c$ and $x_i$"},
      {"\\*not\\* \\[it\\]", "*not* [it]"},
      {"`code *x*` and ``a`b``", "code *x* and a`b"},
      {"> quoted\n> more", "quoted\nmore"},
      {"cost > 5", "cost > 5"},
      {"[unclosed", "[unclosed"},
      {"[a](unclosed", "[a](unclosed"},
      {"[a [b] c](u)", "a [b] c"},
      {"\\", "\\"},
  };
  for (const Case& c : cases) EXPECT_EQ(Text({.markdown = true}, c.in), c.want) << c.in;
}

TEST(Unescape, ReadsInlineHtml) {
  const Case cases[] = {
      {"a &lt; b &amp;&amp; c &gt; d", "a < b && c > d"},
      {"&#228;&#xE4;&auml;&nbsp;x", "\u00E4\u00E4\u00E4 x"},
      {"&unknown; &; &#; &#xZ; & and", "&unknown; &; &#; &#xZ; & and"},
      {"&#0; &#xD800; &#x110000;", "&#0; &#xD800; &#x110000;"},
      {"a<br>b<br/>c", "a b c"},
      {"<b>bold</b> <i class=\"x\">it</i>", "bold it"},
      {"if a < b and c > d", "if a < b and c > d"},
      {"a<!-- not this -->b", "ab"},
      {"<details><summary>Abstract</summary>Text</details>", "Text"},
      {"x <- y", "x <- y"},
      {"<unclosed", "<unclosed"},
  };
  for (const Case& c : cases) {
    std::string got = Text({.html = true}, c.in);
    while (got.starts_with(' ')) got.erase(0, 1);
    while (got.ends_with(' ')) got.pop_back();
    EXPECT_EQ(got, c.want) << c.in;
  }
}

TEST(Unescape, ReadsLatex) {
  const Case cases[] = {
      {"{G}raph {T}ransformers", "Graph Transformers"},
      {"Erd\\H{o}s, G{\\\"o}del, P\\'olya, \\v{S}t\\v{e}p\\'an, \\c{C}a",
       "Erd\u0151s, G\u00F6del, P\u00F3lya, \u0160t\u011Bp\u00E1n, \u00C7a"},
      {"\\\"{\\i}n na\\\"\\i ve", "\u00EFn na\u00EFve"},
      {"Stra{\\ss}e, \\O{}re, {\\AA}s", "Stra\u00DFe, \u00D8re, \u00C5s"},
      {"A \\& B: 50\\%, \\$5, a\\_b, \\{x\\}", "A & B: 50%, $5, a_b, {x}"},
      {"\\emph{very} \\textbf{bold}", "very bold"},
      {"1--2 and so---on", "1\u20132 and so\u2014on"},
      {"``quoted''", "\u201Cquoted\u201D"},
      {"$\\alpha_{i}$ stays", "$\\alpha_{i}$ stays"},
      {"\\alpha stays too", "\\alpha stays too"},
      {"a~b", "a b"},
      {"\\href{http://a.b}{Text}", "Text"},
      {"\\LaTeX\\ rocks", "LaTeX rocks"},
      {"\\", "\\"},
      {"{", ""},
  };
  for (const Case& c : cases) EXPECT_EQ(Text({.latex = true}, c.in), c.want) << c.in;
}

// Each of these would be quadratic if every mark looked for its partner to the end: 1 MB would take minutes.
TEST(Unescape, IsLinearInWhateverItIsGiven) {
  for (const char* part :
       {"[", "*a ", "![", "[a](", "`", "__a", "<a ", "&", "<!--", "<summary", "\\", "{", "$", "*", "[[]", "~~a "}) {
    std::string text;
    while (text.size() < 200'000) text += part;
    std::string out;
    AppendUnescaped({.html = true, .markdown = true, .latex = true}, text, out);
    EXPECT_LE(out.size(), 4 * text.size()) << part;
  }
}

}  // namespace
}  // namespace unecho::unescape_test
