// Which works are compared at all: those that have a candidate key in common, of the ones under which a kept work is
// entered (`as_kept`) and those by which a new one looks (`as_new`).
//
// A key is a hash of several things together, so few works have one in common; where many do, works_index.h asks
// for a detail besides:
//
//   DOI | PMID | the letters of the title | all words of a short title, and all but one | two of five parts of a long
//   title | page, volume, first author | page, year, first author | page, volume, year, first letter of the container |
//   each of the eight smallest hashes of runs of eight words of the abstract
//
// Titles of fewer than four words go with an author's name or a page, and recurring ones ("Editorial") with a page: the
// rule wants more than such titles, and else each column of a journal would meet all of its name.
//
// Words stand for what is left of them when they are spelled otherwise ("skeleton").
//
// Cost:    some us; 10 to 30 keys. Threads: one object per thread. Failure: none.
#ifndef UNECHO_SRC_WORKS_CANDIDATE_KEYS_H_
#define UNECHO_SRC_WORKS_CANDIDATE_KEYS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "works/work.h"

namespace unecho {

struct CandidateKeys {
  void Set(const Work& work);  // clears all first

  // Each sorted, and no key twice.
  std::vector<uint64_t> as_kept, as_new;
  // What goes with a key that very many have (works_index.h): pages, and words of authors' names.
  std::vector<uint64_t> details;

 private:
  void Add(uint64_t key);
  void AddIds(const Work& work);
  void AddTitle(const Work& work);
  // The first page, or the last one.
  struct PlacedPage {
    uint64_t which, digits;
  };
  void SetPages(const Work& work);
  void SetPeople(const Work& work);
  void AddOfTitle(uint64_t key, bool recurs);
  void AddPlace(const Work& work, const PlacedPage& page);

  std::vector<PlacedPage> pages_;
  std::string text_;
  std::vector<uint64_t> hashes_, rest_, people_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_WORKS_CANDIDATE_KEYS_H_
