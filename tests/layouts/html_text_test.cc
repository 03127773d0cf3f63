// HTML -> text.
#include "layouts/html_text.h"

#include <gtest/gtest.h>
#include <gumbo.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <random>
#include <set>

namespace unecho::html_text_test {
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
      {"m < 3 &amp;\n p<0", "m < 3 &\n p<0"},
      {"a<b>b</b>c <i> d </i>e", "abc d e"},
      {"a <!-- x --> b", "a b"},
      {"<p>one</p><p>two\n  three</p>", "one\n\ntwo three"},
      {"one<br>two<br/><br>three", "one\ntwo\nthree"},
      {"<div>one<div>two</div></div>three", "one\ntwo\nthree"},
      {"<h1>head</h1>text<ul><li>a<li>b</ul>", "head\n\ntext\n\na\nb"},
      {"<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"},
      {"<pre>a\n  b</pre>c", "a\n  b\n\nc"},
      {"<!-- a <b> long comment --> c <!DOCTYPE x> d <? e > f </ g> h", "c d f h"},
      {"a <a title=\"1 > 2 long text\" b = '>'>long text of a link</a>", "a long text of a link"},
      {"&copy 2020 AT&T R&D &amp;amp; &#x41;&#66 <b>x</b>&hellip;", "\u00A9 2020 AT&T R&D &amp; AB x\u2026"},
      {"<b>a long run</b>&#xF0000;&#983040;", "a long run\uFFFD\uFFFD"},
      {"a<script>var x = '<p>no</p>';</script><style>p{}</style>b<nav>no</nav>", "ab"},
      {"a&nbsp;&nbsp;<i>b</i>\u00A0c", "a b c"},
      {"1 < 2 & 3 > 2 <b>x</b>", "1 < 2 & 3 > 2 x"},
      {"<a href='u'>link</a> <img alt='x' src='y'>", "link"},
      {"not closed <b>bold <i>both", "not closed bold both"},
      {"\u6CB3<b>\U0001F30A</b>", "\u6CB3\U0001F30A"},
  };
  for (const auto& [html, want] : cases) EXPECT_EQ(Text(html), want) << html;
}

// The oracle: the parser is given the whole document; white space aside.
void AddPlainText(const GumboNode& node, std::string& out) {
  static const std::set<GumboTag> dropped = {
      GUMBO_TAG_HEAD,     GUMBO_TAG_SCRIPT, GUMBO_TAG_STYLE,  GUMBO_TAG_NOSCRIPT, GUMBO_TAG_TEMPLATE,
      GUMBO_TAG_NAV,      GUMBO_TAG_SVG,    GUMBO_TAG_IFRAME, GUMBO_TAG_OBJECT,   GUMBO_TAG_SELECT,
      GUMBO_TAG_TEXTAREA, GUMBO_TAG_BUTTON, GUMBO_TAG_TITLE};
  if (node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_CDATA) out += node.v.text.text;
  if (node.type != GUMBO_NODE_ELEMENT && node.type != GUMBO_NODE_DOCUMENT) return;
  if (node.type == GUMBO_NODE_ELEMENT && dropped.contains(node.v.element.tag)) return;
  const GumboVector& children = node.type == GUMBO_NODE_ELEMENT ? node.v.element.children : node.v.document.children;
  for (unsigned i = 0; i < children.length; ++i) AddPlainText(*static_cast<const GumboNode*>(children.data[i]), out);
}

std::string WithoutSpace(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i).starts_with("\u00A0"))
      ++i;
    else if (text[i] > ' ' || (text[i] & '\x80') != 0)
      out += text[i];
  }
  return out;
}

void ExpectAsTheParser(const std::string& html) {
  GumboOutput* const output = gumbo_parse_with_options(&kGumboDefaultOptions, html.data(), html.size());
  std::string want, title, body;
  AddPlainText(*output->document, want);
  gumbo_destroy_output(&kGumboDefaultOptions, output);
  ASSERT_TRUE(ReadHtml(html, title, body));
  ASSERT_EQ(WithoutSpace(body), WithoutSpace(want)) << html.substr(0, 3000);
}

TEST(HtmlPage, SaysWhatTheParserReadsInTheWholeDocument) {
  const std::string_view parts[] = {"<p>",
                                    "</p>",
                                    "<b class='x > y'>",
                                    "</b>",
                                    "a long run of text",
                                    "short",
                                    " ",
                                    "\n",
                                    "&amp;",
                                    "&eacute",
                                    "&notit;",
                                    "&#8217;",
                                    "&",
                                    "<",
                                    "< ",
                                    "<3",
                                    "</",
                                    "</ x>",
                                    "<!-- a <b> long comment -->",
                                    "<!x>",
                                    "<?pi>",
                                    "<br/>",
                                    "<table>",
                                    "<tr>",
                                    "<td align=\"left\">",
                                    "</td>",
                                    "</table>",
                                    "<a href=x/y>",
                                    "</a>",
                                    "<div/>",
                                    "</div>",
                                    "<ul>",
                                    "<li>",
                                    "</ul>",
                                    "<script>if (a < b) '<p>';</script>",
                                    "<style>p > a {}</style>",
                                    "<nav>",
                                    "</nav>",
                                    "\U000F0000",
                                    "\U0010ABCD",
                                    "\u6CB3",
                                    "'",
                                    "\"",
                                    "<i a=\"",
                                    "=",
                                    ">",
                                    "<h2>",
                                    "</h2>",
                                    "<form>",
                                    "<select>",
                                    "<option>",
                                    "</select>",
                                    "<button>",
                                    "</button>",
                                    "long text, again: 1 > 2"};
  std::mt19937 random(1);
  for (int round = 0; round < 3000; ++round) {
    std::string html;
    for (size_t n = random() % 40; n > 0; --n) html += parts[random() % std::size(parts)];
    ExpectAsTheParser(html);
    if (HasFatalFailure()) return;
  }
}

TEST(HtmlPage, SaysWhatTheParserReadsInARealOne) {
  std::ifstream file(UNECHO_SHARED_DATA "/layouts/warc_wet_2.warc", std::ios::binary);
  if (!file) GTEST_SKIP() << "no shared data";
  const std::string warc{std::istreambuf_iterator<char>(file), {}};
  ExpectAsTheParser(warc.substr(warc.find("<!DOCTYPE html>"), warc.find("</html>") - warc.find("<!DOCTYPE html>")));
}

// Runs of text do not go through the parser.
TEST(HtmlText, FindsItsRunsAgain) {
  std::string html = "<table>", want;
  for (int i = 0; i < 70'000; ++i)
    html += "<tr><td>a longer run of text \U000F0003 " + std::to_string(i) + " <b>\U0010FFFD</b>\n";
  EXPECT_EQ(Text(html), html) << "more runs than there are marks, and text that looks like a mark";
  html = "out of <table>place, but <tr><td>in its order";
  EXPECT_EQ(Text(html), "out of place, but\n\nin its order");
  html.clear();
  for (int i = 0; i < 1000; ++i) {
    html += "<p title='a > b'>a long run of text " + std::to_string(i) + " &amp; \U000F0003";
    want += (i == 0 ? "" : "\n\n") + ("a long run of text " + std::to_string(i)) + " & \U000F0003";
  }
  EXPECT_EQ(Text(html), want);
}

TEST(HtmlText, IsAppended) {
  std::string out = "before ";
  AppendHtmlText("<p>x</p>", out);
  EXPECT_EQ(out, "before x");
}

TEST(HtmlPage, HasATitleAndABody) {
  std::string title, body;
  ASSERT_TRUE(
      ReadHtml("<!DOCTYPE html><html><head><title> T &amp; t\n</title><style>x</style></head>"
               "<body><nav>menu</nav><h1>H</h1><p>a</p><svg><title>no</title></svg></body></html>",
               title, body));
  EXPECT_EQ(title, "T & t");
  EXPECT_EQ(body, "H\n\na");
  ASSERT_TRUE(ReadHtml("no markup", title, body));
  EXPECT_EQ(title, "");
  EXPECT_EQ(body, "no markup");
}

// Browsers cut at 512 open elements; thousands would take the parser a time that is quadratic. The text stays.
TEST(HtmlPage, KeepsTheTextOfWhatIsTooDeep) {
  std::string title, body;
  for (const std::string_view tag : {"<div>", "<font color=1>", "<b>", "<div></x>", "<my-part>"}) {
    ASSERT_TRUE(ReadHtml(Repeated(tag, 100'000) + "It rained.", title, body)) << tag;
    EXPECT_EQ(body, "It rained.") << tag;
  }
  ASSERT_TRUE(ReadHtml(Repeated("<div>a ", 3000) + Repeated("</div>", 3000) + "<p>end", title, body));
  EXPECT_EQ(std::ranges::count(body, 'a'), 3000);
  EXPECT_TRUE(body.ends_with("a\n\nend")) << body.substr(body.size() - 10);
  EXPECT_EQ(Text(Repeated("<div>", 100'000) + "x"), "x");
}

TEST(HtmlPage, IsReadInLinearTime) {
  std::string title, body;
  EXPECT_TRUE(ReadHtml("<p " + Repeated("a ", 100'000) + ">", title, body));
  EXPECT_TRUE(ReadHtml(Repeated("<p>a<li>b<td>c<br>", 50'000), title, body));
  EXPECT_TRUE(ReadHtml(Repeated("<div>a</div>", 50'000), title, body));
  EXPECT_TRUE(ReadHtml("<script>" + Repeated("'<div>'", 50'000) + "</SCRIPT>x", title, body));
  EXPECT_EQ(body, "x");
  std::string html;
  for (int i = 0; i < 20'000; ++i) html += "<my-part></MY-PART>";
  EXPECT_TRUE(ReadHtml(html + "text", title, body));
  EXPECT_EQ(body, "text");
}

// Which bytes are text depends on where they end.
TEST(HtmlPage, ScriptsAndCommentsEndWhereBrowsersEndThem) {
  EXPECT_EQ(Text("<script>a='</scripts>'; b</script>x"), "x");
  EXPECT_EQ(Text("<style>a</styles>b</style >x"), "x");
  EXPECT_EQ(Text("<!-- a --!>One<p>two"), "One\n\ntwo");
  EXPECT_EQ(Text("<!-->One<!--->two<!-- x > y -->three"), "Onetwothree");
}

TEST(HtmlPage, HasTheTextThatIsForOthersWhereThereIsNoOther) {
  std::string title, body;
  ASSERT_TRUE(ReadHtml("<title>T</title><noscript><p>It rained.</p></noscript>", title, body));
  EXPECT_EQ(body, "It rained.");
  ASSERT_TRUE(ReadHtml("<title>T</title><p>It snowed.</p><noscript>Enable scripts.</noscript>", title, body));
  EXPECT_EQ(body, "It snowed.");
  ASSERT_TRUE(ReadHtml("<textarea>It rained.</textarea>", title, body));
  EXPECT_EQ(body, "It rained.");
  ASSERT_TRUE(
      ReadHtml("<frameset><frame src=a><noframes><body><p>It rained.</body></noframes></frameset>", title, body));
  EXPECT_EQ(body, "It rained.");
}

}  // namespace
}  // namespace unecho::html_text_test
