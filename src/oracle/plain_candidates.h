// Of many works, those that the rule of works may find to be the same as one: all of them, and few others. It follows
// from the words of the rule (docs/design.md, "Works"), and not from the keys of the fast program, so that it tells
// what those overlook.
//
//   2. an id         works with the same DOI or PMID
//   3. the place     works with a page in common, and of them those whose volume or number is the volume or number of
//                    this one, or one of the two has no volume
//   4. abstracts     three quarters of the smaller set of shingles are in the other. So of any more than a quarter of
//                    the smaller set one is: those that the fewest works have are looked up
//      titles        of a likeness of .9 at least, and this one not recurring. Then the letters of its words that have
//                    no partner are less than .1819 of its letters and .0910 of its words, so that of words with more
//                    letters than that one has a partner: equal, spelled alike, or joined. Those that the fewest
//                    titles have are looked up
//
// The letters: with L and M letters in the two titles, n words here, and u without a partner, all without one are
// u + v <= .1 (L + M). Partners differ by one letter at most, so M <= L - u + n + v, and u <= (.2222 L + .1111 n) /
// 1.2222.
//
// Cost:    entering: 10 us a work, and 500 to 1,500 bytes. Looking: by how many have the rarest words in common.
// Threads: entered by one caller; const behind Settle(). Failure: none.
#ifndef UNECHO_SRC_ORACLE_PLAIN_CANDIDATES_H_
#define UNECHO_SRC_ORACLE_PLAIN_CANDIDATES_H_

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "oracle/plain_works.h"

namespace unecho {

class PlainCandidates {
 public:
  // `number`: what For() calls it. `work` outlives this object.
  void Enter(size_t number, const PlainWork& work);
  void Settle();
  // The numbers of all that may be the same as `work`, sorted, none twice; perhaps its own.
  std::vector<size_t> For(const PlainWork& work) const;

 private:
  using Numbers = std::vector<uint32_t>;  // places in works_
  using ByText = std::unordered_map<std::string, Numbers>;
  void LookForTitle(const PlainWork& work, Numbers& found) const;
  void LookForPlace(const PlainWork& work, Numbers& found) const;
  void LookForAbstract(const PlainWork& work, Numbers& found) const;
  void AddWithWord(const std::string& word, Numbers& found) const;
  std::vector<uint32_t> RarestShingles(const PlainWork& work) const;

  std::vector<std::pair<size_t, const PlainWork*>> works_;
  ByText of_doi_, of_pmid_, of_page_, of_page_without_volume_, of_page_and_volume_;
  ByText of_word_;
  // Of words that may be spelled otherwise, with each of their letters left out: which words.
  std::unordered_map<std::string, std::vector<const std::string*>> spelled_;
  // A shingle, and who has it; and who has it among its rarest ones. Sorted.
  using ShinglePlaces = std::vector<std::pair<uint32_t, uint32_t>>;
  ShinglePlaces with_shingle_, with_rare_shingle_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_ORACLE_PLAIN_CANDIDATES_H_
