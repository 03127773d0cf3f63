// The section "Works" of the design in plain code: what a bibliographic record says, and when two say the same work.
//
// Written to be read, and from the words of the rule. It shares with the fast program (works/make_work.h,
// works/judge.h) which field is which, the character references of HTML, and the hash of an abstract's runs of words,
// which is part of the rule; nothing else.
//
// Cost:    not looked at, but bounded as the rule is. Threads: functions without state. Failure: none, whatever bytes
//          the fields have.
#ifndef UNECHO_SRC_ORACLE_PLAIN_WORKS_H_
#define UNECHO_SRC_ORACLE_PLAIN_WORKS_H_

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "works/work_fields.h"

namespace unecho {

struct PlainPage {
  std::string letters, digits;
  friend bool operator==(const PlainPage&, const PlainPage&) = default;
};

struct PlainPerson {
  std::set<std::string> family, every;  // words of the family name, of all names
  std::set<std::string> initials;       // letters
};

struct PlainWork {
  std::vector<std::string> title;
  std::string kind;  // "erratum", "retraction", "reply", "comment", "book review"; empty: the work itself
  std::vector<PlainPerson> authors;
  std::vector<std::vector<std::string>> containers;
  int year = 0;
  std::string volume, number, doi, pmid, edition, chapter;
  std::set<std::string> isbns, issns;  // of a book the nine digits that both of its numbers have
  std::optional<PlainPage> first, last;
  std::set<uint32_t> shingles;  // of the abstract: hashes of its runs of three words
  std::set<uint32_t> runs;      // and the eight smallest of those of eight words

  // Two works are equal if their texts are, and only then. Empty if the record says nothing.
  std::string Text() const;
};

PlainWork PlainWorkOf(const WorkFields& fields);

struct PlainSign {
  std::string_view name;     // as works/judge.h has them, in the same order
  int value = 0;             // above 0: agrees; 0: missing, or it says nothing; below 0: against
  std::string record, kept;  // what each says
  std::string_view Word() const { return value > 0 ? "agrees" : value < 0 ? "against" : "missing"; }
};

struct PlainVerdict {
  enum class Answer : uint8_t { kDifferent, kUnsure, kSame };
  Answer answer = Answer::kDifferent;
  double likeness = 0;  // of the titles
  std::vector<PlainSign> signs;

  std::vector<std::string_view> Agreeing() const;
};

PlainVerdict JudgePlainly(const PlainWork& record, const PlainWork& kept);

}  // namespace unecho

#endif  // UNECHO_SRC_ORACLE_PLAIN_WORKS_H_
