#include "works/judge.h"

#include <algorithm>
#include <cstdlib>
#include <span>
#include <string_view>
#include <vector>

#include "text/characters.h"
#include "works/plain_text.h"
#include "works/title.h"

namespace unecho {
namespace {

using Words = std::span<const std::string_view>;

// Likeness of titles: what an id needs; what the same place needs; what anything else needs; what overrules.
constexpr double kAkin = .4, kPlaced = .7, kLike = .9, kEqual = 1;
// Words of a title that is all there is.
constexpr double kAlone = 4;
// Of abstracts: what agrees, what speaks against.
constexpr double kSameText = .75, kOtherText = .5;

bool Contains(Words words, std::string_view word) { return std::ranges::find(words, word) != words.end(); }

bool HaveCommon(Words a, Words b) {
  return std::ranges::any_of(a, [b](std::string_view word) { return Contains(b, word); });
}

bool IsAllDigits(std::string_view word) { return !word.empty() && std::ranges::all_of(word, IsDigit); }

// Of the letters of two words, bytes or views: one more, less or other, or two swapped, behind an equal first one.
template <typename Run>
bool IsOneSlip(const Run& a, const Run& b) {
  constexpr size_t kFew = 4;
  const size_t fewer = std::min(a.size(), b.size()), more = std::max(a.size(), b.size());
  if (fewer < kFew || more > fewer + 1 || a.front() != b.front()) return false;
  const auto at = std::ranges::mismatch(a, b).in1 - a.begin();
  const auto x = a.begin() + at, y = b.begin() + at;
  const auto equal = [&](auto i, auto j) { return std::equal(i, a.end(), j, b.end()); };
  if (a.size() > b.size()) return equal(x + 1, y);
  if (b.size() > a.size()) return equal(x, y + 1);
  if (x == a.end() || equal(x + 1, y + 1)) return true;
  return a.end() - x > 1 && x[0] == y[1] && x[1] == y[0] && equal(x + 2, y + 2);
}

// The same for words without digits of four letters at least.
bool IsSpelledAlike(std::string_view a, std::string_view b) {
  if (a.front() != b.front()) return false;
  if (std::ranges::any_of(a, IsDigit) || std::ranges::any_of(b, IsDigit)) return false;
  if (IsAscii(a) && IsAscii(b)) return IsOneSlip(a, b);
  thread_local std::vector<std::string_view> letters_a, letters_b;
  SetLetters(a, letters_a), SetLetters(b, letters_b);
  return IsOneSlip(letters_a, letters_b);
}

struct TitleMatch {
  double likeness = 0;
  std::vector<std::string_view> only_a, only_b;
  bool is_cut = false;  // one is the beginning of the other
};

size_t LettersOf(Words words) {
  size_t letters = 0;
  for (const std::string_view word : words) letters += NumLetters(word);
  return letters;
}

// "lowgrade" and "low grade": takes them from both.
size_t MatchJoined(std::vector<std::string_view>& whole, std::vector<std::string_view>& parts) {
  size_t matched = 0;
  std::erase_if(whole, [&](std::string_view word) {
    for (size_t i = 0; i + 1 < parts.size(); ++i) {
      if (parts[i].size() + parts[i + 1].size() != word.size() || !word.starts_with(parts[i]) ||
          !word.ends_with(parts[i + 1]))
        continue;
      matched += 2 * NumLetters(word);
      const auto first = parts.begin() + static_cast<std::ptrdiff_t>(i);
      parts.erase(first, first + 2);
      return true;
    }
    return false;
  });
  return matched;
}

void MatchTitles(const Work& a, const Work& b, TitleMatch& match) {
  match.only_a.clear();
  match.only_b.assign(b.title().begin(), b.title().end());
  size_t matched = 0;
  for (const std::string_view word : a.title()) {
    const auto found = std::ranges::find(match.only_b, word);
    if (found == match.only_b.end()) {
      match.only_a.push_back(word);
    } else {
      matched += 2 * NumLetters(word);
      match.only_b.erase(found);
    }
  }
  std::erase_if(match.only_a, [&](std::string_view word) {
    const auto found =
        std::ranges::find_if(match.only_b, [word](std::string_view other) { return IsSpelledAlike(word, other); });
    if (found == match.only_b.end()) return false;
    matched += NumLetters(word) + NumLetters(*found);
    match.only_b.erase(found);
    return true;
  });
  matched += MatchJoined(match.only_a, match.only_b);
  matched += MatchJoined(match.only_b, match.only_a);
  const size_t all = LettersOf(a.title()) + LettersOf(b.title());
  match.likeness = all == 0 ? 0 : static_cast<double>(matched) / static_cast<double>(all);
  const Words shorter = a.title().size() <= b.title().size() ? a.title() : b.title();
  const Words longer = a.title().size() <= b.title().size() ? b.title() : a.title();
  constexpr size_t kFewWords = 3;
  match.is_cut = shorter.size() >= kFewWords && std::ranges::equal(shorter, longer.first(shorter.size()));
}

// A family name of one stands in the other's name; of equal family names a first letter has to be common, too.
bool IsSamePerson(const Work& a, const Work::Person& x, const Work& b, const Work::Person& y) {
  const Words family_x = a.Of(x.family), family_y = b.Of(y.family);
  if (std::ranges::equal(family_x, family_y)) {
    return x.initials.size == 0 || y.initials.size == 0 || HaveCommon(a.Of(x.initials), b.Of(y.initials));
  }
  if (HaveCommon(family_x, b.Of(y.every)) || HaveCommon(family_y, a.Of(x.every))) return true;
  return std::ranges::any_of(family_x, [family_y](std::string_view name) {
    return std::ranges::any_of(family_y, [name](std::string_view other) { return IsSpelledAlike(name, other); });
  });
}

// 2: the same first author; 1: half of the shorter list.
int8_t CompareAuthors(const Work& a, const Work& b) {
  if (a.authors.empty() || b.authors.empty()) return 0;
  if (IsSamePerson(a, a.authors.front(), b, b.authors.front())) return 2;
  const Work& fewer = a.authors.size() <= b.authors.size() ? a : b;
  const Work& more = a.authors.size() <= b.authors.size() ? b : a;
  const auto common = static_cast<size_t>(std::ranges::count_if(fewer.authors, [&](const Work::Person& each) {
    return std::ranges::any_of(more.authors,
                               [&](const Work::Person& other) { return IsSamePerson(fewer, each, more, other); });
  }));
  if (common == 0) return -1;
  return 2 * common >= fewer.authors.size() ? 1 : 0;
}

template <typename Run>
bool StandInOrder(const Run& shorter, const Run& longer) {
  if (shorter.front() != longer.front()) return false;
  size_t at = 0;
  for (const auto letter : longer) at += at < shorter.size() && shorter[at] == letter ? 1 : 0;
  return at == shorter.size();
}

// "natl" is short for "national": its letters stand there in order.
bool Abbreviates(std::string_view a, std::string_view b) {
  if (a.front() != b.front()) return false;
  if (IsAscii(a) && IsAscii(b)) return a.size() <= b.size() ? StandInOrder(a, b) : StandInOrder(b, a);
  thread_local std::vector<std::string_view> letters_a, letters_b;
  SetLetters(a, letters_a), SetLetters(b, letters_b);
  return letters_a.size() <= letters_b.size() ? StandInOrder(letters_a, letters_b) : StandInOrder(letters_b, letters_a);
}

// "cmaj": the first letters of words that follow each other.
bool IsAcronymIn(Words one, Words other) {
  constexpr size_t kFew = 3;
  if (other.size() < kFew || NumLetters(one.front()) < kFew) return false;
  for (; !other.empty(); other = other.subspan(1)) {
    std::string_view left = one.front();
    for (const std::string_view word : other) {
      if (left.empty() || FirstLetter(left) != FirstLetter(word)) break;
      left.remove_prefix(FirstLetter(left).size());
    }
    if (left.empty()) return true;
  }
  return false;
}

bool IsSameContainer(Words a, Words b) {
  const Words fewer = a.size() <= b.size() ? a : b, more = a.size() <= b.size() ? b : a;
  size_t at = 0;
  for (const std::string_view word : more) at += at < fewer.size() && Abbreviates(fewer[at], word) ? 1 : 0;
  return at == fewer.size() || IsAcronymIn(a, b) || IsAcronymIn(b, a);
}

int8_t CompareLists(Words a, Words b) {
  if (a.empty() || b.empty()) return 0;
  return HaveCommon(a, b) ? 1 : -1;
}

// A journal has an ISSN for each form it comes in, so that others say nothing.
int8_t CompareContainers(const Work& a, const Work& b) {
  if (HaveCommon(a.issns, b.issns)) return 1;
  if (a.containers.empty() || b.containers.empty()) return 0;
  for (const Work::Run x : a.containers) {
    for (const Work::Run y : b.containers) {
      if (IsSameContainer(a.Of(x), b.Of(y))) return 1;
    }
  }
  return -1;
}

int8_t CompareValues(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return 0;
  return a == b ? 1 : -1;
}

int8_t CompareVolumes(const Work& a, const Work& b) {
  const int8_t sign = CompareValues(a.volume, b.volume);
  return sign < 0 && (a.volume == b.number || b.volume == a.number) ? int8_t{0} : sign;
}

bool AreAlike(const Page& a, const Page& b) {
  return a.any() && b.any() && a.digits == b.digits &&
         (a.letters == b.letters || a.letters.empty() || b.letters.empty());
}

// Digits without zeros in front, of any length: is the last page larger than the one behind the first?
bool IsSeveralPages(const Page& first, const Page& last) {
  const std::string_view x = first.digits, y = last.digits;
  if (x.size() > y.size() || (x.size() == y.size() && x >= y)) return false;
  // The one behind has the same digits up to the last that is no 9, that and one, and zeros for the 9s.
  const size_t nines = x.size() - (x.find_last_not_of('9') + 1);  // npos + 1 is 0
  const std::string_view zeros = y.substr(y.size() - nines), front = y.substr(0, y.size() - nines);
  if (zeros.find_first_not_of('0') != zeros.npos) return true;
  if (nines == x.size()) return front != "1";
  const std::string_view kept = x.substr(0, x.size() - nines);
  return front.size() != kept.size() || !front.starts_with(kept.substr(0, kept.size() - 1)) ||
         front.back() != kept.back() + 1;
}

// 2: first and last page of more than two; 1: one of them.
int8_t ComparePages(const Work& a, const Work& b) {
  const bool first = AreAlike(a.first_page, b.first_page), last = AreAlike(a.last_page, b.last_page);
  if (first && last && IsSeveralPages(a.first_page, a.last_page)) return 2;
  // A page 1 is that of any issue, or counts within an article.
  if (a.first_page.digits == "1" || b.first_page.digits == "1") return first && last ? 1 : 0;
  if (first || last) return 1;
  const auto is_moved = [](const Work& x, const Work& y) {  // from one field to the next
    return x.first_page.any() && x.first_page.digits == y.number;
  };
  if (is_moved(a, b) || is_moved(b, a)) return 0;
  // What has a letter may be the number of an article.
  if (!a.first_page.any() || !b.first_page.any() || a.first_page.letters.empty() != b.first_page.letters.empty())
    return 0;
  return -1;
}

// An erratum or the abstract of a meeting, even if its title does not say so.
bool IsOnePage(const Work& work) {
  return work.first_page.any() && work.first_page.letters == work.last_page.letters &&
         work.first_page.digits == work.last_page.digits;
}

int8_t CompareAbstracts(const Work& a, const Work& b) {
  if (a.shingles.empty() || b.shingles.empty()) return 0;
  size_t common = 0;
  for (size_t i = 0, j = 0; i < a.shingles.size() && j < b.shingles.size();) {
    const uint32_t x = a.shingles[i], y = b.shingles[j];
    common += x == y ? 1 : 0;
    i += x <= y ? 1 : 0;
    j += y <= x ? 1 : 0;
  }
  const double share =
      static_cast<double>(common) / static_cast<double>(std::min(a.shingles.size(), b.shingles.size()));
  return share >= kSameText ? 1 : share < kOtherText ? -1 : 0;
}

// In words; a character of a script that is written without spaces is half a word.
double LengthOf(const Work& work) {
  double length = 0;
  for (const std::string_view word : work.title()) length += IsCharacterAlone(word) ? .5 : 1;
  return length;
}

bool IsRecurring(const Work& work) { return std::ranges::all_of(work.title(), IsRecurringWord); }

Verdict::Answer AnswerOf(const Work& a, const Work& b, const TitleMatch& titles, const Verdict& verdict) {
  using enum Verdict::Answer;
  const double like = titles.likeness;
  const bool cut = titles.is_cut;
  const int years = a.year != 0 && b.year != 0 ? std::abs(a.year - b.year) : 0;
  const int8_t page = verdict[Sign::kPages], volume = verdict[Sign::kVolume], person = verdict[Sign::kAuthors],
               text = verdict[Sign::kAbstract];
  int8_t where = verdict[Sign::kContainer];
  if (where == 0 && verdict[Sign::kIsbn] > 0) where = 1;
  const bool is_placed = !a.volume.empty() || !b.volume.empty() || a.first_page.any() || b.first_page.any();
  if (where < 0 && !is_placed && like >= kEqual) where = 0;  // conferences and sites have many names
  const bool place = page > 0 && (volume > 0 || (volume == 0 && years == 0 && where > 0));
  const bool same_id = verdict[Sign::kDoi] > 0 || verdict[Sign::kPmid] > 0;
  const bool other_id = verdict[Sign::kDoi] < 0 || verdict[Sign::kPmid] < 0;
  const auto close = like >= kLike || (place && (like >= kAkin || page > 1)) ? kUnsure : kDifferent;
  const bool is_recurring = IsRecurring(a);

  // 1. What nothing outweighs.
  if (verdict[Sign::kKind] < 0 || verdict[Sign::kEdition] < 0) return place && like >= kPlaced ? kUnsure : kDifferent;
  if (a.title().empty() || b.title().empty()) return same_id || (place && person > 0) ? kUnsure : kDifferent;
  if (same_id && other_id) return kUnsure;
  // 2. An id.
  if (same_id) {
    const double needed = page >= 0 && years <= 1 ? kAkin : kLike;
    return like >= needed || (page > 1 && person > 0) ? kSame : kUnsure;
  }
  if (other_id || years > 1) return place && like >= kPlaced ? kUnsure : kDifferent;
  // 3. The same pages of the same volume.
  const bool whole = page > 1 && where > 0 && person > 1;  // two articles cannot fill the same pages
  if (place && (whole || cut || (verdict[Sign::kNumbers] >= 0 && verdict[Sign::kWords] >= 0))) {
    if (person > 0 && (like >= kPlaced || cut || whole)) return kSame;
    if (where >= 0 && like >= (person < 0 ? kEqual : kLike) && !(person < 0 && is_recurring)) return kSame;
  }
  // 4. Otherwise: titles that are like, nothing against, something for.
  if (person < 0 || verdict[Sign::kWords] < 0) return kDifferent;
  if (verdict[Sign::kNumbers] < 0 && !(cut && text > 0)) return kDifferent;
  if (text < 0 || where < 0 || (years != 0 && where == 0)) return close;
  const double length = std::min(LengthOf(a), LengthOf(b));
  // A short title on other pages of another issue is a column that comes in each.
  const bool is_column = length < kAlone && verdict[Sign::kNumber] < 0;
  const bool overrules_page =
      !is_column && volume > 0 && where > 0 && person > 1 && like >= kEqual && IsOnePage(a) == IsOnePage(b);
  if (page < 0 && !overrules_page) return close;
  if (volume < 0 && !(page > 0 && where > 0 && like >= kEqual)) return close;
  if (text > 0 && (like >= kPlaced || cut)) return kSame;
  const bool both_differ = !titles.only_a.empty() && !titles.only_b.empty();
  if (like < kLike || is_recurring || (both_differ && like < kEqual)) return close;
  if (person > 0) return kSame;
  const bool is_bare = (a.authors.empty() || b.authors.empty()) && (a.shingles.empty() || b.shingles.empty());
  return is_bare && length >= kAlone && !both_differ ? kSame : kUnsure;
}

}  // namespace

std::string_view Name(Sign sign) {
  static constexpr std::array<std::string_view, kNumSigns> kNames = {
      "title",   "doi",       "pmid",     "isbn", "year",    "volume",  "number", "pages",
      "authors", "container", "abstract", "kind", "edition", "numbers", "words"};
  return kNames[static_cast<size_t>(sign)];
}

uint16_t Verdict::agreeing() const {
  uint16_t bits = 0;
  for (size_t i = 0; i < kNumSigns; ++i) bits |= static_cast<uint16_t>((signs[i] > 0 ? 1 : 0) << i);
  return bits;
}

int Verdict::balance() const {
  int balance = 0;
  for (const int8_t sign : signs) balance += (sign > 0 ? 1 : 0) - (sign < 0 ? 1 : 0);
  return balance;
}

uint16_t Verdict::opposing() const {
  uint16_t bits = 0;
  for (size_t i = 0; i < kNumSigns; ++i) bits |= static_cast<uint16_t>((signs[i] < 0 ? 1 : 0) << i);
  return bits;
}

Verdict Judge(const Work& a, const Work& b) {
  thread_local TitleMatch titles;
  MatchTitles(a, b, titles);
  Verdict verdict;
  verdict.likeness = titles.likeness;
  const auto set = [&verdict](Sign sign, int value) {
    verdict.signs[static_cast<size_t>(sign)] = static_cast<int8_t>(value);
  };
  const bool is_untitled = a.title().empty() || b.title().empty();
  set(Sign::kTitle, is_untitled ? 0 : titles.likeness >= kPlaced || titles.is_cut ? 1 : -1);
  set(Sign::kDoi, CompareValues(a.doi, b.doi));
  set(Sign::kPmid, CompareValues(a.pmid, b.pmid));
  set(Sign::kIsbn, CompareLists(a.isbns, b.isbns));
  if (a.year != 0 && b.year != 0) set(Sign::kYear, std::abs(a.year - b.year) <= 1 ? 1 : -1);
  set(Sign::kVolume, CompareVolumes(a, b));
  set(Sign::kNumber, CompareValues(a.number, b.number));
  set(Sign::kPages, ComparePages(a, b));
  set(Sign::kAuthors, CompareAuthors(a, b));
  set(Sign::kContainer, CompareContainers(a, b));
  set(Sign::kAbstract, CompareAbstracts(a, b));
  set(Sign::kKind, a.kind != b.kind ? -1 : 0);
  const bool is_other_chapter = a.chapter != b.chapter && (!(a.chapter.empty() || b.chapter.empty()) ||
                                                           verdict[Sign::kPages] <= 0);  // a chapter, and its book
  set(Sign::kEdition, is_other_chapter ? -1 : std::min<int8_t>(0, CompareValues(a.edition, b.edition)));
  const auto any_only = [](auto is) {
    return std::ranges::any_of(titles.only_a, is) || std::ranges::any_of(titles.only_b, is);
  };
  set(Sign::kNumbers, !is_untitled && any_only(IsAllDigits) ? -1 : 0);
  set(Sign::kWords, any_only(MakesAnother) ? -1 : 0);
  verdict.answer = AnswerOf(a, b, titles, verdict);
  return verdict;
}

bool SaysEnough(const Work& work) {
  if (!work.title().empty() && !work.authors.empty() && !IsRecurring(work)) return true;
  return Judge(work, work).is_same();
}

}  // namespace unecho
