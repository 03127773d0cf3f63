// What the fields of a bibliographic record say -> a work (work.h). docs/design.md, "Works", has the rules.
//
// Out:     the words of the work, appended. So that a comparison has a bound, there count of a title the first 4,000
//          bytes and 64 words, of each value of authors 4,000 bytes, of all of them 50 persons of 10 words each, of an
//          abstract 10,000 bytes and 500 words, of containers, ISBNs and ISSNs four, of any other value 1,000 bytes.
// Cost:    5 us a record, 20 with an abstract.
// Threads: one object per thread. Failure: none.
#ifndef UNECHO_SRC_WORKS_MAKE_WORK_H_
#define UNECHO_SRC_WORKS_MAKE_WORK_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "works/plain_text.h"
#include "works/work_fields.h"

namespace unecho {

class WorkMaker {
 public:
  void Append(const WorkFields& fields, std::vector<uint32_t>& out);

 private:
  void AddTitle(std::string_view title);
  void AddAuthors(const std::vector<std::string>& authors);
  void AddNames(std::string_view names);  // of one or several, by commas
  void AddAuthor(std::string_view name);
  // `count`: how many there are; gives how many there are then.
  size_t AddContainers(std::string_view container, size_t count);
  void AddPages(std::string_view pages);
  void AddBookNumbers(const WorkFields& fields);
  bool TakeBookNumber(std::string_view text);
  void AddShingles(std::string_view abstract);
  void AddLine(char what, std::string_view line);
  void SetWords(std::string_view plain);  // words_

  PlainText plain_text_;
  std::string plain_, buffer_, text_, letters_;
  std::vector<std::string_view> words_, initials_;
  std::vector<std::string> said_, family_, every_, isbns_, issns_;
  std::vector<uint64_t> hashes_;
  std::vector<uint32_t> runs_, shingles_;
  size_t num_authors_ = 0;
};

// Of a work that was made of fields without a word in them.
bool SaysNothing(std::span<const uint32_t> work);

}  // namespace unecho

#endif  // UNECHO_SRC_WORKS_MAKE_WORK_H_
