// A work as the rule looks at it: what the fields of a bibliographic record say, normalised.
//
// It is kept as 32-bit words, and read from there:
//
//   bytes of text | number of runs | number of shingles | the text, a line for each thing that is said, filled up with
//   zeros | runs | shingles
//
// A line begins with a letter: T title, A an author (family name, all names, initials, by bars), C a container, Y
// year, V volume, N number, F first page, L last page (letters, digits), D DOI, P PMID, I an ISBN, S an ISSN, E
// edition, H chapter, K kind. Words have blanks between them. Equal works have equal words of memory.
//
// Cost:    reading: a pass over the text, some 300 bytes. Threads: plain values. Failure: none.
#ifndef UNECHO_SRC_WORKS_WORK_H_
#define UNECHO_SRC_WORKS_WORK_H_

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace unecho {

// What a title says that is not the work but something about it. Works of two kinds are never the same.
enum class WorkKind : uint8_t { kItself, kErratum, kRetraction, kReply, kComment, kBookReview };

struct Page {
  std::string_view letters, digits;  // both empty: there is none
  bool any() const { return !digits.empty(); }
};

// Borrows from the words it was read from. An object is used for one work after another, and keeps its room.
struct Work {
  // A run of `words`.
  struct Run {
    uint32_t begin = 0, size = 0;
  };
  struct Person {
    Run family, every, initials;  // words of the family name, of all names, letters
  };

  void Read(std::span<const uint32_t> packed);
  std::span<const std::string_view> Of(Run run) const { return {words.data() + run.begin, run.size}; }
  std::span<const std::string_view> title() const { return Of(title_run); }

  std::vector<std::string_view> words;
  Run title_run;
  std::vector<Person> authors;
  std::vector<Run> containers;
  int year = 0;
  std::string_view volume, number, doi, pmid, edition, chapter;
  std::vector<std::string_view> isbns, issns;
  Page first_page, last_page;
  WorkKind kind = WorkKind::kItself;
  // Of the abstract: hashes of its runs of three words, sorted, distinct; and the smallest of those of eight. Empty if
  // it is short.
  static constexpr size_t kMostRuns = 8;
  std::span<const uint32_t> shingles, runs;
};

// Whether these words may be read: what they say of themselves fits. For what comes from a disk.
bool IsWellFormedWork(std::span<const uint32_t> packed);

}  // namespace unecho

#endif  // UNECHO_SRC_WORKS_WORK_H_
