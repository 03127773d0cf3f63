#include "layouts/markup_names.h"

#include <algorithm>
#include <initializer_list>

#include "absl/strings/match.h"
#include "base/hash_map.h"
#include "base/status.h"

namespace unecho {
namespace {

using std::string_view;
using TagNames = HashSet<string_view>;

constexpr size_t kLongestTagName = 24;

TagNames SplitNames(string_view names) {
  TagNames out;
  while (!names.empty()) {
    const size_t end = std::min(names.find(' '), names.size());
    out.insert(names.substr(0, end));
    names.remove_prefix(std::min(end + 1, names.size()));
  }
  return out;
}

bool Has(const TagNames& names, string_view name) {
  char lower[kLongestTagName];
  if (name.empty() || name.size() > kLongestTagName) return false;
  std::ranges::transform(name, lower, [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
  return names.contains(string_view(lower, name.size()));
}

constexpr string_view kHtmlBlocks =
    "html head body title article aside blockquote center details dir div dl fieldset figure footer form frameset h1 "
    "h2 h3 h4 h5 h6 header hr main nav ol p pre section table tbody thead tr ul";
constexpr string_view kHtmlOthers =
    "a abbr acronym address area audio b base big br button canvas caption cite code col colgroup dd del dfn dt em "
    "embed figcaption font frame hgroup i iframe img input ins kbd label legend li link map mark menu meta noframes "
    "noscript nobr object optgroup option param picture q rb rp rt ruby s samp script select small source span strike "
    "strong style sub summary sup svg path g td template textarea tfoot th time tt u var video wbr";
constexpr string_view kHtmlVoid = "area base br col embed frame hr img input link meta param source track wbr";

constexpr string_view kPartNames =
    "p para simpara formalpara simplesect sec section subsection subsubsection sect1 sect2 sect3 sect4 sect5 refsect1 "
    "refsect2 refsect3 div div0 div1 div2 div3 div4 div5 div6 div7 chapter preface appendix book-part level1 level2 "
    "level3 level4 level5 level6 h1 h2 h3 h4 h5 h6 l lg sp stanza verse verse-group verse-line blockquote "
    "itemizedlist orderedlist variablelist ul ol dl li dt dd tr td th thead tbody tfoot tgroup fig figure table-wrap "
    "caption teiheader facsimile sourcedoc standoff eadheader dsc c01 c02 c03 c04 c05 c06 c07 c08 c09 c10 c11 c12 "
    "ref-list listbibl biblstruct contrib-group aff turn utterance utt textregion textblock textline "
    "p1group p1 p2 p3 p4 p1para p2para p3para pblock";

constexpr string_view kFrames =
    "body head header front back frontmatter bodymatter backmatter meta metadata description";

constexpr string_view kWords =
    "title subtitle head heading bridgehead label num list item table row entry cell graphic image media pb lb cb "
    "milestone line speech speaker stage stagedir scene act prologue epilogue part trailer opener closer salute "
    "signed dateline epigraph argument poem empty-line cite text-author note footnote fn endnote anchor programlisting "
    "screen equation formula disp-formula warning tip important caution paragraph clause subclause level seg ab "
    "verbatim listitem br hr";

// Titles of what is around, beside and below.
constexpr string_view kOtherTitles =
    "journal-title series-title seriestitle collection-title abbrev-journal-title running-title short-title "
    "shorttitle trans-title alt-title subtitle sub-title keysubject journaltitle isoabbreviation "
    "containertitle sourcetitle";

constexpr string_view kInline =
    "a abbr abbreviation acronym add anchor app b bdo big bold c choice cite citetitle code command computeroutput "
    "corr date del distinct em emph emphasis ext-link fixed-case font foreign g gap gloss hi i ins inline-formula "
    "inline-graphic inter-ref italic kbd link literal m mark math mentioned monospace name named-content "
    "orig overline persname phrase placename q rb ref reg rp rs rt ruby s sc sic small socalled span strike strong "
    "styled-content sub subscript sup superscript supplied term tex-math mi mo mn mtext mrow msub msup msubsup mfrac "
    "msqrt mroot mover munder munderover mfenced mtable mtr mtd mspace mstyle mpadded semantics pc tt u ulink "
    "underline unclear var wbr xref";

constexpr string_view kWordNames = "w tok token word";

}  // namespace

bool IsHtmlBlock(string_view name) {
  static const auto* const kNames = new TagNames(SplitNames(kHtmlBlocks));
  return Has(*kNames, name);
}

bool IsHtmlElement(string_view name) {
  static const auto* const kNames = new TagNames(SplitNames(kHtmlOthers));
  return Has(*kNames, name) || IsHtmlBlock(name);
}

bool IsHtmlVoid(string_view name) {
  static const auto* const kNames = new TagNames(SplitNames(kHtmlVoid));
  return Has(*kNames, name);
}

bool IsDocumentPart(string_view name) {
  static const auto* const kNames = new TagNames(SplitNames(kPartNames));
  return Has(*kNames, name);
}

bool IsDocumentWord(string_view name) {
  static const auto* const kNames = new TagNames(SplitNames(kWords));
  return Has(*kNames, name) || IsDocumentPart(name);
}

bool IsDocumentFrame(string_view name) {
  static const auto* const kNames = new TagNames(SplitNames(kFrames));
  return Has(*kNames, name);
}

bool IsTitleElement(string_view name) {
  static const auto* const kNames = new TagNames(SplitNames(kOtherTitles));
  if (Has(*kNames, name)) return false;
  return std::ranges::any_of(
      std::initializer_list<string_view>{"title", "headline", "heading", "subject", "titleproper"},
      [name](string_view end) { return absl::EndsWithIgnoreCase(Abs(name), Abs(end)); });
}

bool IsInlineName(string_view name) {
  static const auto* const kNames = new TagNames(SplitNames(kInline));
  return Has(*kNames, name);
}

bool IsWordName(string_view name) {
  static const auto* const kNames = new TagNames(SplitNames(kWordNames));
  return Has(*kNames, name);
}

}  // namespace unecho
