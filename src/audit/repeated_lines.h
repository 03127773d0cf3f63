// The rules of repeated_lines.h and sentences.h of the flow in plain code: lines as strings, their tokens by
// reference.h.
//
// Cost:    about 150 bytes a distinct line. Threads: Keys() is const; Decide() has one caller, in input order. Failure:
//          none.
#ifndef UNECHO_SRC_AUDIT_REPEATED_LINES_H_
#define UNECHO_SRC_AUDIT_REPEATED_LINES_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash_map.h"
#include "unecho/options.h"

namespace unecho {

class AuditRepeatedLines {
 public:
  explicit AuditRepeatedLines(const AnswerOptions& answer)
      : clean_(answer.clean), comparison_(answer.comparison), shingle_tokens_(answer.shingle_tokens) {}
  bool idle() const { return !clean_.dedups(); }

  // The text of a record, line by line.
  struct Sentence {
    std::string text, gap;  // and the white space behind it
    std::string key;        // of its tokens; empty without
    size_t num_tokens = 0;
    bool is_removed = false;
  };
  struct Line {
    std::string text;                 // with its line end
    std::string indentation, ending;  // in front of the sentences; the line end
    std::vector<Sentence> sentences;  // if they are looked at; together with the two they are the text
    std::string key;                  // of its tokens; empty without
    size_t num_tokens = 0;
    uint64_t number = 0;  // in the record, from 1
    bool is_blank = false;
    bool is_removed = false;

    bool IsGone() const;       // removed, or all its sentences are
    std::string Left() const;  // without the sentences that are removed
  };
  struct Paragraph {
    size_t begin = 0, end = 0;  // lines
    std::string key;
    size_t num_tokens = 0;
  };
  struct Piece {
    bool is_title = false;
    std::string title_key;
    std::vector<Line> lines;
    std::vector<Paragraph> paragraphs;
  };
  std::vector<Piece> Cut(const std::vector<std::string>& texts, size_t num_titles) const;

  // What is left of a piece without the lines and sentences that are marked as removed.
  static std::string Left(const Piece& piece);

  // With --at-least: of all records, before anything is decided.
  bool counts() const { return clean_.dedup_at_least > 0; }
  void Count(const std::vector<Piece>& pieces);

  struct Outcome {
    uint64_t paragraphs = 0, lines = 0, sentences = 0;  // removed
    bool only_repeated = false;
    std::string json;               // the member of the provenance, or nothing
    std::vector<size_t> witnesses;  // of each that is removed: the claim of the record in which it came first
  };
  // Takes out of `texts` what came before. `claim`, `ref`: of the record. `are_fields`: a text stays, even if nothing
  // is left of it.
  Outcome Decide(std::vector<Piece>& pieces, size_t claim, const std::string& ref, bool are_fields,
                 std::vector<std::string>& texts);

 private:
  struct First {
    size_t claim;
    std::string ref;
    uint64_t line;
  };
  // Null, if this is the first of its kind.
  const First* Enter(char kind, const std::string& key, const First& here);

  // Nothing changes for a unit without tokens.
  void SetKey(const std::string& text, std::string& key, size_t& num_tokens) const;

  CleanOptions clean_;
  Comparison comparison_;
  int shingle_tokens_;
  HashMap<std::string, First> firsts_;
  HashMap<std::string, uint64_t> records_with_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_AUDIT_REPEATED_LINES_H_
