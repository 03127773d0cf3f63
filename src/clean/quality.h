// The quality rules of Gopher, C4 and FineWeb over a Shape. What each rule measures is that of the published sets as
// datatrove implements them, which asks in this order and compares in these directions.
//
// A Sink is asked `bool Reject(Reason, double value, double limit, bool fails)`: true ends the questions.
// Threads: scratch belongs to the caller. Failure: none.
#ifndef UNECHO_SRC_CLEAN_QUALITY_H_
#define UNECHO_SRC_CLEAN_QUALITY_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "clean/repetition.h"
#include "clean/shape.h"
#include "unecho/clean.h"

namespace unecho::clean {

// --- line statistics, from a shape ---------------------------------------------------------------------------------
struct Repeats {
  uint64_t elements = 0, repeated = 0, repeated_chars = 0;
};
Repeats RepeatedParagraphs(const Shape& shape);           // of the stripped text, split at empty lines
Repeats RepeatedLines(const Shape& shape);                // split at line feeds, several counting as one
Repeats RepeatedLinesThatSay(const Shape& shape);         // lines that are not blank
uint64_t LinesWithBullet(const Shape& shape);             // that start with U+2022 or '-', white space aside
uint64_t LinesWithEllipsis(const Shape& shape);           // that end with "..." or U+2026
uint64_t LinesThatSay(const Shape& shape);                // not blank
uint64_t LinesWithStop(const Shape& shape);               // of those, that end with . ' " ! ? or another sentence end
uint64_t ShortLines(const Shape& shape, uint64_t chars);  // of those, of at most that many characters
// How many different ones of `hashes` are among the words; no more than `enough` are looked for.
uint64_t DifferentStopWords(const Shape& shape, std::span<const uint64_t> hashes, uint64_t enough);
inline double Share(uint64_t part, uint64_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

// --- C4: line by line ----------------------------------------------------------------------------------------------
struct C4Lines {
  bool lorem_ipsum = false, curly_bracket = false;  // of a line that is not dropped: the rest has not been looked at
  uint64_t sentences = 0;                           // of the lines that stay
  uint64_t spans = 0;                               // lines dropped and citations taken out
  // For each line: what is left of it, in `kept`; null if it goes. Only if spans > 0.
  std::vector<std::string_view> lines;
  std::string kept;
};
// `ask_lorem`, `ask_bracket`: these rules are on.
void ReadC4Lines(const Shape& shape, const C4Rules& rules, bool ask_lorem, bool ask_bracket, C4Lines& out);
// Lines of at least that many characters, as mC4 counts paragraphs.
uint64_t LongLines(std::span<const Line> lines, uint64_t chars);
uint64_t CountSentences(std::string_view line);

// --- the sets ------------------------------------------------------------------------------------------------------
template <typename Sink>
bool AskGopher(const Shape& shape, const GopherRules& rules, std::span<const uint64_t> stop_words,
               Repetition& repetition, Sink& sink) {
  const auto over = [&](Reason reason, double value, double limit) {
    return sink.Reject(reason, value, limit, value > limit);
  };
  const auto under = [&](Reason reason, double value, double limit) {
    return sink.Reject(reason, value, limit, value < limit);
  };
  const uint64_t chars = shape.chars();
  Repeats repeats;
  if (shape.lines().size() > 1) repeats = RepeatedParagraphs(shape);
  if (over(Reason::kGopherDupParaFrac, Share(repeats.repeated, repeats.elements), rules.dup_para_frac)) return true;
  if (over(Reason::kGopherDupParaCharFrac, Share(repeats.repeated_chars, chars), rules.dup_para_char_frac)) return true;
  if (shape.lines().size() > 1) repeats = RepeatedLines(shape);
  if (over(Reason::kGopherDupLineFrac, Share(repeats.repeated, repeats.elements), rules.dup_line_frac)) return true;
  if (over(Reason::kGopherDupLineCharFrac, Share(repeats.repeated_chars, chars), rules.dup_line_char_frac)) return true;

  repetition.Begin(shape.hashes(), shape.lengths());
  for (size_t i = 0; i < rules.top_n_gram.size(); ++i) {
    if (i > 0) repetition.NextLevel();
    const auto reason = static_cast<Reason>(static_cast<size_t>(Reason::kGopherTop2Gram) + i);
    if (over(reason, Share(repetition.TopChars(), chars), rules.top_n_gram[i])) return true;
  }
  for (size_t i = 0; i < rules.duplicated_n_grams.size(); ++i) {
    repetition.NextLevel();
    const auto reason = static_cast<Reason>(static_cast<size_t>(Reason::kGopherDuplicated5Grams) + i);
    if (over(reason, Share(repetition.DuplicateChars(), chars), rules.duplicated_n_grams[i])) return true;
  }

  const uint64_t words = shape.num_words();
  const auto proper = static_cast<double>(shape.num_proper());
  if (under(Reason::kGopherShortDoc, proper, static_cast<double>(rules.min_doc_words))) return true;
  if (over(Reason::kGopherLongDoc, proper, static_cast<double>(rules.max_doc_words))) return true;
  const double average = Share(shape.proper_chars(), shape.num_proper());
  if (under(Reason::kGopherBelowAvg, average, rules.min_avg_word_length)) return true;
  if (over(Reason::kGopherAboveAvg, average, rules.max_avg_word_length)) return true;
  if (over(Reason::kGopherHashes, Share(shape.num_hash_signs(), words), rules.max_symbol_word_ratio)) return true;
  if (over(Reason::kGopherEllipsis, Share(shape.num_ellipses(), words), rules.max_symbol_word_ratio)) return true;
  const uint64_t lines = shape.lines().size() - (shape.text().ends_with('\n') || shape.text().empty() ? 1 : 0);
  if (over(Reason::kGopherBullets, Share(LinesWithBullet(shape), lines), rules.max_bullet_lines_ratio)) return true;
  if (over(Reason::kGopherEndEllipsis, Share(LinesWithEllipsis(shape), lines), rules.max_ellipsis_lines_ratio))
    return true;
  if (under(Reason::kGopherBelowAlpha, Share(shape.num_with_letter(), words), rules.max_non_alpha_words_ratio))
    return true;
  const uint64_t found = DifferentStopWords(shape, stop_words, rules.min_stop_words);
  return under(Reason::kGopherStopWords, static_cast<double>(found), static_cast<double>(rules.min_stop_words));
}

template <typename Sink>
bool AskFineweb(const Shape& shape, const FinewebRules& rules, Sink& sink) {
  const auto over = [&](Reason reason, double value, double limit) {
    return sink.Reject(reason, value, limit, value > limit);
  };
  const uint64_t lines = LinesThatSay(shape);
  if (sink.Reject(Reason::kFinewebEmpty, static_cast<double>(lines), 1, lines == 0)) return true;
  const double stops = Share(LinesWithStop(shape), lines);
  const bool excused = stops == 0 && rules.line_punct_exclude_zero;
  if (sink.Reject(Reason::kFinewebLinePunct, stops, rules.line_punct_thr, stops < rules.line_punct_thr && !excused)) {
    return true;
  }
  if (over(Reason::kFinewebShortLine, Share(ShortLines(shape, rules.short_line_length), lines), rules.short_line_thr)) {
    return true;
  }
  const uint64_t line_ends = shape.lines().size() - 1;
  const Repeats repeats = line_ends > 0 ? RepeatedLinesThatSay(shape) : Repeats{};
  if (over(Reason::kFinewebCharDup, Share(repeats.repeated_chars, shape.chars() - line_ends),
           rules.char_duplicates_ratio)) {
    return true;
  }
  return over(Reason::kFinewebList, Share(line_ends, shape.num_words()), rules.new_line_ratio);
}

template <typename Sink>
bool AskC4(const Shape& shape, const C4Lines& found, const C4Rules& rules, Sink& sink) {
  if (sink.Reject(Reason::kC4LoremIpsum, found.lorem_ipsum, 0, found.lorem_ipsum)) return true;
  if (sink.Reject(Reason::kC4CurlyBracket, found.curly_bracket, 0, found.curly_bracket)) return true;
  const auto sentences = static_cast<double>(found.sentences), least = static_cast<double>(rules.min_num_sentences);
  if (sink.Reject(Reason::kC4Sentences, sentences, least, sentences < least)) return true;
  if (rules.min_paragraphs == 0) return false;
  const auto paragraphs = static_cast<double>(LongLines(shape.lines(), rules.min_paragraph_len));
  return sink.Reject(Reason::kC4Paragraphs, paragraphs, static_cast<double>(rules.min_paragraphs),
                     paragraphs < static_cast<double>(rules.min_paragraphs));
}

}  // namespace unecho::clean

#endif  // UNECHO_SRC_CLEAN_QUALITY_H_
