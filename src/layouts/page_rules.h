// Which paragraphs of a saved listing page are furniture, dates, titles and bodies.
//
// Problem. A page is a run of paragraphs (lines between blank lines): some furniture, a date, then a title and an
// abstract in turn. Real pages break every part of that rule: furniture comes again in the middle, the date is missing,
// an abstract is missing or has several paragraphs, the page is cut off, long lines are wrapped. Counting paragraphs
// would shift every entry behind the first flaw, so a paragraph is judged by what it is, and its neighbours only break
// ties.
//
// Furniture is a line of the table in page_rules.cc, as a paragraph of its own; several such lines under each other,
// the last ones perhaps a date, count each for itself. A date in any notation that is all of its paragraph is one too.
// Neither changes what the paragraphs around it are: a title waits for its body across them.
//   * What a page says about an entry (links, votes, counts of authors, "2 days ago") changes from day to day, so it is
//     furniture: a URL, a mark, or facts (entry_facts.h) as a paragraph of its own, and counts and times as a line of
//     their own even between the lines of a paragraph. A date behind it is that of the entry and puts no snapshot in
//     force.
//   * A date between a title and its body is that of the entry, too. It is the snapshot of the entry if none is in
//     force, and of no other.
//   * Words like "Models" or "Weekly", and numbers, are furniture only behind a line that none but these pages have: on
//     any other page they may be titles.
//   * Front matter at the very beginning of a source: the lines from "---" to the next "---", without a blank one.
//   * "new" directly followed by "Get trending papers in your email inbox!" begins a page: the entry before it is over
//     and no date is in force. Other furniture may come anywhere and changes nothing.
//   * Dumps glued by `cat` end in "...text.new". A paragraph that ends in "new" and is followed by the line "Get
//     trending ..." gives its last three bytes to the next page. What is left of it is judged as if the dump ended
//     there.
//
// Text. A paragraph of more than 250 code points is a body, whatever it says (the longest title of the seeds has 178,
// their shortest abstract 1,359). Every shorter one gets a score: evidence for a body counts up, for a title down.
//   for a title:  no full stop at the end (-3), or `?` (-4), `!` (-2); Words Mostly Capitalised (-5; some: -2);
//                 "Name: What it is" (-2); six words or fewer (-1)
//   for a body:   full stop (+2) or `,` `;` `:` (+2) at the end; a sentence that ends inside (+4, more of them: +6);
//                 a URL (+7); "we", "our" (+4; +1 in a question); an auxiliary or a verb of reporting (+2); opening
//                 words like "We", "This paper", "In this work", "However," that go on in lower case (+3); begins in
//                 lower case (+2); few capitals (+1); more than 100, 160 code points (+1, +2); four lines or more (+2)
// Abbreviations ("vs.", "et al.", initials) end no sentence; `?` and `!` inside prove nothing, titles are full of them.
//
// Context. Labels are chosen together: the sum of the scores of the titles, minus those of the bodies, plus what each
// step costs (title -> title, an abstract is missing: 6, again: 3; body -> body, an abstract goes on: 5; body with no
// title: 8; title -> body and body -> title: 0) is to be smallest; on a tie the labels alternate. So between two long
// bodies a paragraph is a title up to a score of 5: one with a full stop is, "We also release the code at https://..."
// is not. A page that is cut off in its last paragraph, right behind a title, was most likely cut in the abstract, even
// after a few words: a title there costs 12 more, unless the title before it came without an abstract as well.
//
// Bounds. A long body decides everything before it, so on ordinary pages two paragraphs are enough. Otherwise the
// oldest paragraph is decided when kWindow younger ones are known. Nothing joins across more than max_record_bytes
// without text: the entry before such a gap is over.
//
// What can go wrong. A body whose title is missing reads as another paragraph of the body before it; a title of full
// sentences without capitals between two bodies reads as one too; a short stray line becomes a title without a body.
// None loses bytes.
//
// Threads: functions without state. Cost: linear in the paragraph; long paragraphs are not read.
#ifndef UNECHO_SRC_LAYOUTS_PAGE_RULES_H_
#define UNECHO_SRC_LAYOUTS_PAGE_RULES_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace unecho {

// Marks left by the page cutter (Batch::cuts), in order of their first byte.
enum class PageCut : uint8_t {
  kTitle,
  kBody,
  kOrphanBody,  // no title before it
  kFurniture,
  kDate,
  kOwnDate,     // between a title and its body: of this entry alone
  kPageHead,    // furniture; ends the entry before it and the date in force
  kFragment,    // a piece of a too long record that goes on
  kFragmentEnd  // its last piece
};

inline constexpr std::string_view kHeadFirstLine = "new";
inline constexpr std::string_view kHeadSecondLine = "Get trending papers in your email inbox!";

// For a line that is trimmed.
bool IsFurniture(std::string_view line);  // of the oldest pages: where a source begins with it, nothing else is asked
// A line that none but pages of the family have.
bool NamesFamily(std::string_view line);
// What a paragraph is, if it is no text: kFurniture, kDate. `in_family`: behind a line of NamesFamily().
// `behind_entry`: the paragraph before it says something about an entry, so a date does, too.
enum class NoText : uint8_t { kNone, kFurniture, kEntryFurniture, kDate };
NoText NoTextOf(std::string_view paragraph, bool in_family, bool behind_entry);

// Lines between two fences: keys with values, and what is indented or listed below a key.
bool MayBeFrontMatter(std::string_view line);
inline constexpr std::string_view kFrontMatterFence = "---";
inline constexpr size_t kMostFrontMatterBytes = 4096;

inline constexpr int kSureBody = 1000;
// A paragraph of more bytes than this is a body without being looked at.
inline constexpr size_t kSureBodyBytes = 1000;
// kSureBody, or a small number: > 0 speaks for a body, < 0 for a title.
int BodyScore(std::string_view paragraph);

// What came before a paragraph, on its page.
enum class PageState : uint8_t { kStart, kTitle, kTitleAfterTitle, kBody };
PageState Next(PageState state, bool is_body);

// Undecided paragraphs at most, and one.
inline constexpr size_t kWindow = 4;
// The best labels for these paragraphs behind `state`: bit i is set if paragraph i is a body. At most kWindow + 1 of
// them. `cut_off`: the last one is the end of a page, which ends without a line end.
uint32_t BestLabels(PageState state, std::span<const int> scores, bool cut_off);

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_PAGE_RULES_H_
