// What plain lines are, where nothing names their layout: lines that stand for themselves, blocks that are a record
// each, or one text.
//
// Problem. A sentence, a title or a query a line is a record a line. Prose that was broken into lines, verse, speech
// and whatever else goes on from line to line is cut to pieces by the same reading, and nobody notices.
// Idea. Look for what shows that lines belong together. Prose that was broken has lines to which the next word could
// not be added, and goes on in the middle of a sentence. Verse goes on behind a comma. A play has the same few names in
// front of its speeches. Lines in blocks belong together unless they are all sentences, of which nobody can say; blocks
// of short lines with numbers and addresses are cards, a record each. What shows none of it stands for itself.
//
// In:      the first lines of a source.
// Cost:    a few passes over them. Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_LAYOUTS_TEXT_SHAPE_H_
#define UNECHO_SRC_LAYOUTS_TEXT_SHAPE_H_

#include <cstdint>
#include <span>
#include <string_view>

#include "layouts/source_head.h"

namespace unecho {

enum class TextShape : uint8_t {
  kLines,      // each stands for itself
  kWrapped,    // prose in lines that were broken where they were full
  kSpeech,     // paragraphs that begin with the names of those who speak, or with quotation marks
  kSaid,       // the same a line: perhaps each is a message
  kChapters,   // a book, a play
  kGoingOn,    // lines that go on with the one above: verse, parts that are indented
  kStanzas,    // blocks of lines
  kCards,      // blocks of lines with numbers or addresses, or with a name at the end: a record each
  kSentences,  // blocks of sentences: a record each, or a block each
  kSpaced,     // short lines, and blank lines between them
  kProse,      // paragraphs of prose, each of a line
  kMixed       // blocks of lines, and more that are of one line
};
TextShape ShapeOfText(std::span<const Line> lines);

// "Chapter 2", "SCENE I. A street.", "[Verse 1]": a part of a book, a play or a song.
bool NamesScene(std::string_view line);
// The same, or of a law or a paper: "\u00A7 4", "Article 2".
bool NamesPart(std::string_view line);

// Prose in lines that were broken where they were full.
bool IsWrapped(std::span<const Line> lines);

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_TEXT_SHAPE_H_
