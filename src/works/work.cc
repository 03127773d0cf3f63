#include "works/work.h"

#include <algorithm>
#include <cstddef>

namespace unecho {
namespace {

// The part in front of the next `mark`, which is taken off with it.
std::string_view TakeUpTo(std::string_view& text, char mark) {
  const size_t end = std::min(text.find(mark), text.size());
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

Work::Run ReadWords(std::string_view text, std::vector<std::string_view>& words) {
  const auto begin = static_cast<uint32_t>(words.size());
  while (!text.empty()) words.push_back(TakeUpTo(text, ' '));
  return {begin, static_cast<uint32_t>(words.size() - begin)};
}

Page ReadPage(std::string_view text) {
  Page page;
  page.letters = TakeUpTo(text, ' ');
  page.digits = text;
  return page;
}

bool AreDigits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// Words with a blank between two of them. None at all are well-formed, too.
bool AreWords(std::string_view text) {
  return text.empty() || (text.front() != ' ' && text.back() != ' ' && text.find("  ") == text.npos);
}

// What Work::Read() makes of such a line can be compared: the rule looks at the first letter of a word.
bool IsWellFormedLine(char what, std::string_view line) {
  constexpr size_t kMostDigits = 9;  // of a year
  if (line.empty()) return false;
  switch (what) {
    case 'T':
    case 'C': return AreWords(line);
    case 'A': {
      const std::string_view family = TakeUpTo(line, '|'), every = TakeUpTo(line, '|');
      return !every.empty() && AreWords(family) && AreWords(every) && AreWords(line);
    }
    case 'Y': return AreDigits(line) && line.size() <= kMostDigits;
    case 'F':
    case 'L': {
      TakeUpTo(line, ' ');
      return !line.empty() && AreDigits(line);
    }
    case 'K': return line.size() == 1 && line[0] >= '0' && line[0] <= '0' + static_cast<int>(WorkKind::kBookReview);
    default: return true;
  }
}

int ReadNumber(std::string_view digits) {
  int number = 0;
  for (const char c : digits) number = 10 * number + (c - '0');
  return number;
}

}  // namespace

void Work::Read(std::span<const uint32_t> packed) {
  words.clear(), authors.clear(), containers.clear(), isbns.clear(), issns.clear();
  title_run = {}, year = 0, kind = WorkKind::kItself;
  volume = number = doi = pmid = edition = chapter = {};
  first_page = last_page = {};
  std::string_view text(reinterpret_cast<const char*>(packed.data() + 3), packed[0]);
  shingles = packed.last(packed[2]);
  runs = packed.last(packed[1] + packed[2]).first(packed[1]);
  while (!text.empty()) {
    std::string_view line = TakeUpTo(text, '\n');
    const char what = line.front();
    line.remove_prefix(1);
    switch (what) {
      case 'T': title_run = ReadWords(line, words); break;
      case 'A': {
        Person& person = authors.emplace_back();
        person.family = ReadWords(TakeUpTo(line, '|'), words);
        person.every = ReadWords(TakeUpTo(line, '|'), words);
        person.initials = ReadWords(line, words);
        break;
      }
      case 'C': containers.push_back(ReadWords(line, words)); break;
      case 'Y': year = ReadNumber(line); break;
      case 'V': volume = line; break;
      case 'N': number = line; break;
      case 'F': first_page = ReadPage(line); break;
      case 'L': last_page = ReadPage(line); break;
      case 'D': doi = line; break;
      case 'P': pmid = line; break;
      case 'I': isbns.push_back(line); break;
      case 'S': issns.push_back(line); break;
      case 'E': edition = line; break;
      case 'H': chapter = line; break;
      case 'K': kind = static_cast<WorkKind>(line.front() - '0'); break;
      default: break;
    }
  }
}

bool IsWellFormedWork(std::span<const uint32_t> packed) {
  constexpr size_t kHead = 3;
  if (packed.size() < kHead || packed[1] > Work::kMostRuns) return false;
  const uint64_t text_words = (uint64_t{packed[0]} + 3) / 4;
  if (kHead + text_words + packed[1] + packed[2] != packed.size()) return false;
  std::string_view text(reinterpret_cast<const char*>(packed.data() + kHead), packed[0]);
  while (!text.empty()) {
    const std::string_view line = TakeUpTo(text, '\n');
    if (line.empty() || !IsWellFormedLine(line[0], line.substr(1))) return false;
  }
  return true;
}

}  // namespace unecho
