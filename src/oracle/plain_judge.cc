// The rule: what agrees, what speaks against, and what follows.
#include <algorithm>
#include <cstdlib>
#include <utility>

#include "oracle/plain_words.h"
#include "oracle/plain_works.h"

namespace unecho {
namespace plain {
namespace {

bool AreSpelledAlike(const std::string& a, const std::string& b) {
  const Strings x = LettersOf(a), y = LettersOf(b);
  if (std::min(x.size(), y.size()) < 4 || x[0] != y[0]) return false;
  if (std::any_of(a.begin(), a.end(), IsDigit) || std::any_of(b.begin(), b.end(), IsDigit)) return false;
  if (x == y) return true;
  const auto without = [](const Strings& letters, size_t at) {
    Strings rest = letters;
    rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(at));
    return rest;
  };
  if (x.size() == y.size() + 1 || y.size() == x.size() + 1) {
    const Strings& longer = x.size() > y.size() ? x : y;
    const Strings& shorter = x.size() > y.size() ? y : x;
    for (size_t i = 0; i < longer.size(); ++i) {
      if (without(longer, i) == shorter) return true;
    }
    return false;
  }
  if (x.size() != y.size()) return false;
  std::vector<size_t> differ;
  for (size_t i = 0; i < x.size(); ++i) {
    if (x[i] != y[i]) differ.push_back(i);
  }
  if (differ.size() == 1) return true;
  return differ.size() == 2 && differ[1] == differ[0] + 1 && x[differ[0]] == y[differ[1]] &&
         x[differ[1]] == y[differ[0]];
}

size_t LettersIn(const Strings& words) {
  size_t letters = 0;
  for (const std::string& word : words) letters += NumLetters(word);
  return letters;
}

struct TitlesMatch {
  double likeness = 0;
  Strings only_record, only_kept;
  bool is_cut = false;
};

// Takes from `wholes` each word that is two neighbours of `parts` in one, and those.
size_t MatchJoinedWords(Strings& wholes, Strings& parts) {
  size_t letters = 0;
  Strings left;
  for (const std::string& whole : wholes) {
    size_t i = 0;
    while (i + 1 < parts.size() && parts[i] + parts[i + 1] != whole) ++i;
    if (i + 1 >= parts.size()) {
      left.push_back(whole);
      continue;
    }
    letters += 2 * NumLetters(whole);
    parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(i), parts.begin() + static_cast<std::ptrdiff_t>(i) + 2);
  }
  wholes = left;
  return letters;
}

TitlesMatch MatchTitles(const Strings& record, const Strings& kept) {
  TitlesMatch match;
  size_t common = 0;
  Strings left = record;
  match.only_kept = kept;
  const auto take = [&](auto is_like) {
    Strings over;
    for (const std::string& word : left) {
      const auto found = std::find_if(match.only_kept.begin(), match.only_kept.end(),
                                      [&](const std::string& other) { return is_like(word, other); });
      if (found == match.only_kept.end()) {
        over.push_back(word);
        continue;
      }
      common += NumLetters(word) + NumLetters(*found);
      match.only_kept.erase(found);
    }
    left = over;
  };
  take([](const std::string& a, const std::string& b) { return a == b; });
  take(AreSpelledAlike);
  match.only_record = left;
  common += MatchJoinedWords(match.only_record, match.only_kept);
  common += MatchJoinedWords(match.only_kept, match.only_record);
  const size_t all = LettersIn(record) + LettersIn(kept);
  if (all > 0) match.likeness = static_cast<double>(common) / static_cast<double>(all);
  const Strings& shorter = record.size() <= kept.size() ? record : kept;
  const Strings& longer = record.size() <= kept.size() ? kept : record;
  match.is_cut = shorter.size() >= 3 && std::equal(shorter.begin(), shorter.end(), longer.begin());
  return match;
}

int CompareValues(const std::string& a, const std::string& b) { return a.empty() || b.empty() ? 0 : a == b ? 1 : -1; }

bool HaveCommon(const Set& a, const Set& b) {
  return std::any_of(a.begin(), a.end(), [&b](const std::string& each) { return b.count(each) > 0; });
}

bool IsSamePerson(const PlainPerson& x, const PlainPerson& y) {
  if (x.family == y.family) return x.initials.empty() || y.initials.empty() || HaveCommon(x.initials, y.initials);
  if (HaveCommon(x.family, y.every) || HaveCommon(y.family, x.every)) return true;
  for (const std::string& a : x.family) {
    for (const std::string& b : y.family) {
      if (AreSpelledAlike(a, b)) return true;
    }
  }
  return false;
}

// 2: the same first author.
int CompareAuthors(const PlainWork& a, const PlainWork& b) {
  if (a.authors.empty() || b.authors.empty()) return 0;
  if (IsSamePerson(a.authors[0], b.authors[0])) return 2;
  const auto& fewer = a.authors.size() <= b.authors.size() ? a.authors : b.authors;
  const auto& more = a.authors.size() <= b.authors.size() ? b.authors : a.authors;
  size_t common = 0;
  for (const PlainPerson& x : fewer) {
    for (const PlainPerson& y : more) {
      if (!IsSamePerson(x, y)) continue;
      ++common;
      break;
    }
  }
  return common == 0 ? -1 : 2 * common >= fewer.size() ? 1 : 0;
}

bool IsShortFor(const std::string& a, const std::string& b) {
  Strings shorter = LettersOf(a), longer = LettersOf(b);
  if (shorter.size() > longer.size()) std::swap(shorter, longer);
  if (shorter[0] != longer[0]) return false;
  size_t at = 0;
  for (const std::string& letter : longer) {
    if (at < shorter.size() && shorter[at] == letter) ++at;
  }
  return at == shorter.size();
}

// "cmaj" of "canadian medical association journal"
bool IsOfInitials(const std::string& word, const Strings& name) {
  if (NumLetters(word) < 3 || name.size() < 3) return false;
  Strings initials;
  for (const std::string& each : name) initials.push_back(LettersOf(each)[0]);
  const Strings letters = LettersOf(word);
  return std::search(initials.begin(), initials.end(), letters.begin(), letters.end()) != initials.end();
}

bool IsSameContainer(const Strings& a, const Strings& b) {
  const Strings& fewer = a.size() <= b.size() ? a : b;
  const Strings& more = a.size() <= b.size() ? b : a;
  size_t at = 0;
  for (const std::string& word : more) {
    if (at < fewer.size() && IsShortFor(fewer[at], word)) ++at;
  }
  return at == fewer.size() || IsOfInitials(a[0], b) || IsOfInitials(b[0], a);
}

int CompareNumbers(const Set& a, const Set& b) { return a.empty() || b.empty() ? 0 : HaveCommon(a, b) ? 1 : -1; }

// A common ISSN is a common container, whatever it is called. Another is none: a journal has one for each of its forms.
int CompareContainers(const PlainWork& a, const PlainWork& b) {
  if (HaveCommon(a.issns, b.issns)) return 1;
  if (a.containers.empty() || b.containers.empty()) return 0;
  for (const Strings& x : a.containers) {
    for (const Strings& y : b.containers) {
      if (IsSameContainer(x, y)) return 1;
    }
  }
  return -1;
}

int CompareVolumes(const PlainWork& a, const PlainWork& b) {
  if (a.volume.empty() || b.volume.empty()) return 0;
  if (a.volume == b.volume) return 1;
  return a.volume == b.number || b.volume == a.number ? 0 : -1;
}

bool IsSamePage(const std::optional<PlainPage>& a, const std::optional<PlainPage>& b) {
  return a && b && a->digits == b->digits && (a->letters == b->letters || a->letters.empty() || b->letters.empty());
}

// Is the last page two or more behind the first? Numbers may have any length.
bool AreThreePages(const PlainPage& first, const PlainPage& last) {
  std::string next = first.digits;  // and one
  size_t at = next.size();
  while (at > 0 && next[at - 1] == '9') next[--at] = '0';
  if (at > 0)
    ++next[at - 1];
  else
    next = "1" + next;
  return last.digits.size() != next.size() ? last.digits.size() > next.size() : last.digits > next;
}

// 2: first and last page of three or more.
int ComparePages(const PlainWork& a, const PlainWork& b) {
  const bool first = IsSamePage(a.first, b.first), last = IsSamePage(a.last, b.last);
  if (first && last && AreThreePages(*a.first, *a.last)) return 2;
  const auto is_one = [](const PlainWork& work) { return work.first && work.first->digits == "1"; };
  if (is_one(a) || is_one(b)) return first && last ? 1 : 0;
  if (first || last) return 1;
  if (!a.first || !b.first) return 0;
  if (a.first->digits == b.number || b.first->digits == a.number) return 0;
  return a.first->letters.empty() != b.first->letters.empty() ? 0 : -1;
}

bool IsOnePage(const PlainWork& work) { return work.first && work.last && *work.first == *work.last; }

int CompareAbstracts(const PlainWork& a, const PlainWork& b) {
  if (a.shingles.empty() || b.shingles.empty()) return 0;
  size_t common = 0;
  for (const uint32_t each : a.shingles) common += b.shingles.count(each);
  const double share =
      static_cast<double>(common) / static_cast<double>(std::min(a.shingles.size(), b.shingles.size()));
  return share >= .75 ? 1 : share < .5 ? -1 : 0;
}

double LengthOf(const Strings& title) {
  double length = 0;
  for (const std::string& word : title) length += IsSignAlone(word) ? .5 : 1;
  return length;
}

bool IsRecurring(const Strings& title) {
  return std::all_of(title.begin(), title.end(),
                     [](const std::string& word) { return RecurringWords().count(word) > 0 || AreDigits(word); });
}

std::string TextOf(const std::optional<PlainPage>& page) { return page ? page->letters + page->digits : ""; }

std::string TextOf(const std::vector<PlainPerson>& authors) {
  Strings names;
  for (const PlainPerson& each : authors) names.push_back(Join(each.family) + ", " + Join(each.initials));
  return Join(names, "; ");
}

std::string ContainersOf(const PlainWork& work) {
  Strings names;
  for (const Strings& each : work.containers) names.push_back(Join(each));
  for (const std::string& each : work.issns) names.push_back("issn " + each);
  return Join(names, "; ");
}

template <typename Is>
Strings Those(const Strings& words, Is is) {
  Strings out;
  std::copy_if(words.begin(), words.end(), std::back_inserter(out), is);
  return out;
}

}  // namespace
}  // namespace plain

std::vector<std::string_view> PlainVerdict::Agreeing() const {
  std::vector<std::string_view> names;
  for (const PlainSign& sign : signs) {
    if (sign.value > 0) names.push_back(sign.name);
  }
  return names;
}

PlainVerdict JudgePlainly(const PlainWork& record, const PlainWork& kept) {
  using namespace plain;
  using enum PlainVerdict::Answer;
  const PlainWork &a = record, &b = kept;
  const TitlesMatch titles = MatchTitles(a.title, b.title);
  const double like = titles.likeness;
  const bool is_untitled = a.title.empty() || b.title.empty();
  const auto is_other = [](const std::string& word) { return OtherWorkWords().count(word) > 0; };
  const Strings numbers_a = Those(titles.only_record, AreDigits), numbers_b = Those(titles.only_kept, AreDigits);
  const Strings other_a = Those(titles.only_record, is_other), other_b = Those(titles.only_kept, is_other);

  PlainVerdict verdict;
  verdict.likeness = like;
  const auto add = [&verdict](std::string_view name, int value, const std::string& of_a, const std::string& of_b) {
    verdict.signs.push_back({name, value, of_a, of_b});
    return value;
  };
  const auto year = [](int value) { return value == 0 ? std::string() : std::to_string(value); };
  const auto pages = [](const PlainWork& work) {
    return TextOf(work.first) + (work.last ? "-" + TextOf(work.last) : "");
  };
  const auto size = [](const std::set<uint32_t>& shingles) {
    return shingles.empty() ? std::string() : std::to_string(shingles.size()) + " shingles";
  };
  const int years = a.year != 0 && b.year != 0 ? std::abs(a.year - b.year) : 0;
  add("title", is_untitled ? 0 : like >= .7 || titles.is_cut ? 1 : -1, Join(a.title), Join(b.title));
  const int doi = add("doi", CompareValues(a.doi, b.doi), a.doi, b.doi);
  const int pmid = add("pmid", CompareValues(a.pmid, b.pmid), a.pmid, b.pmid);
  const int isbn = add("isbn", CompareNumbers(a.isbns, b.isbns), Join(a.isbns), Join(b.isbns));
  add("year", a.year == 0 || b.year == 0 ? 0 : years <= 1 ? 1 : -1, year(a.year), year(b.year));
  const int volume = add("volume", CompareVolumes(a, b), a.volume, b.volume);
  const int number = add("number", CompareValues(a.number, b.number), a.number, b.number);
  const int page = add("pages", ComparePages(a, b), pages(a), pages(b));
  const int person = add("authors", CompareAuthors(a, b), TextOf(a.authors), TextOf(b.authors));
  int where = add("container", CompareContainers(a, b), ContainersOf(a), ContainersOf(b));
  const int text = add("abstract", CompareAbstracts(a, b), size(a.shingles), size(b.shingles));
  const int kind = add("kind", a.kind == b.kind ? 0 : -1, a.kind, b.kind);
  // A chapter is neither another one nor its book, unless the pages say so.
  const bool both_are_chapters = !a.chapter.empty() && !b.chapter.empty();
  const bool is_other_chapter = a.chapter != b.chapter && (both_are_chapters || page <= 0);
  const auto edition_of = [](const PlainWork& work) {
    return work.chapter.empty() ? work.edition : work.edition + " chapter " + work.chapter;
  };
  const int edition = add("edition", is_other_chapter ? -1 : std::min(0, CompareValues(a.edition, b.edition)),
                          edition_of(a), edition_of(b));
  const int numbers = add("numbers", !is_untitled && numbers_a.size() + numbers_b.size() > 0 ? -1 : 0, Join(numbers_a),
                          Join(numbers_b));
  const int words = add("words", other_a.size() + other_b.size() > 0 ? -1 : 0, Join(other_a), Join(other_b));

  // An equal ISBN is an equal container. Where neither record has a place in one, equal titles outweigh its name.
  if (where == 0 && isbn > 0) where = 1;
  const bool neither_placed = a.volume.empty() && b.volume.empty() && !a.first && !b.first;
  if (where < 0 && neither_placed && like >= 1) where = 0;
  const bool is_place = page > 0 && (volume > 0 || (volume == 0 && years == 0 && where > 0));
  const bool is_whole_place = page > 1 && where > 0 && person > 1;
  const bool both_have_own = !titles.only_record.empty() && !titles.only_kept.empty();
  const auto answer = [&]() {
    // 1. Never.
    const auto if_placed = is_place && like >= .7 ? kUnsure : kDifferent;
    if (kind < 0 || edition < 0) return if_placed;
    const bool same_id = doi > 0 || pmid > 0, other_id = doi < 0 || pmid < 0;
    if (is_untitled) return same_id || (is_place && person > 0) ? kUnsure : kDifferent;
    // 2. An id.
    if (same_id && other_id) return kUnsure;
    if (same_id) {
      const bool is_against = page < 0 || years > 1;
      return like >= (is_against ? .9 : .4) || (page > 1 && person > 0) ? kSame : kUnsure;
    }
    if (other_id || years > 1) return if_placed;
    // 3. The same place.
    if (is_place) {
      if (is_whole_place) return kSame;
      if ((numbers == 0 && words == 0) || titles.is_cut) {
        if (person > 0 && (like >= .7 || titles.is_cut)) return kSame;
        if (person >= 0 && where >= 0 && like >= .9) return kSame;
        if (person < 0 && where >= 0 && like >= 1 && !IsRecurring(a.title)) return kSame;
      }
    }
    // 4. Otherwise.
    if (person < 0 || words < 0 || (numbers < 0 && !(titles.is_cut && text > 0))) return kDifferent;
    const auto close = like >= .9 || (is_place && (like >= .4 || page > 1)) ? kUnsure : kDifferent;
    if (text < 0 || where < 0 || (years == 1 && where == 0)) return close;
    const double length = std::min(LengthOf(a.title), LengthOf(b.title));
    // A column that comes in each issue, on other pages.
    const bool is_column = length < 4 && number < 0;
    const bool overrules_page =
        !is_column && volume > 0 && where > 0 && person > 1 && like >= 1 && IsOnePage(a) == IsOnePage(b);
    if (page < 0 && !overrules_page) return close;
    const bool overrules_volume = page > 0 && where > 0 && like >= 1;
    if (volume < 0 && !overrules_volume) return close;
    if (text > 0 && (like >= .7 || titles.is_cut)) return kSame;
    if (like < .9 || IsRecurring(a.title) || (both_have_own && like < 1)) return close;
    if (person > 0) return kSame;
    const bool has_authors = !a.authors.empty() && !b.authors.empty();
    const bool has_abstracts = !a.shingles.empty() && !b.shingles.empty();
    return !has_authors && !has_abstracts && length >= 4 && !both_have_own ? kSame : kUnsure;
  };
  verdict.answer = answer();
  return verdict;
}

}  // namespace unecho
