#include "oracle/plain_candidates.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <span>

#include "oracle/plain_words.h"

namespace unecho {
namespace {

using plain::Strings;

// As the rule has it: four letters or more, no digit.
bool MayBeSpelledOtherwise(const std::string& word) {
  constexpr size_t kFewestLetters = 4;
  return plain::NumLetters(word) >= kFewestLetters && std::ranges::none_of(word, plain::IsDigit);
}

// The word, and the word without each of its letters but the first: two words that are one slip apart have one of these
// in common.
std::set<std::string> WithALetterLess(const std::string& word) {
  std::set<std::string> all = {word};
  const Strings letters = plain::LettersOf(word);
  for (size_t left_out = 1; left_out < letters.size(); ++left_out) {
    std::string rest;
    for (size_t i = 0; i < letters.size(); ++i) rest += i == left_out ? "" : letters[i];
    all.insert(rest);
  }
  return all;
}

std::set<std::string> PagesOf(const PlainWork& work) {
  std::set<std::string> pages;
  for (const auto& page : {work.first, work.last}) {
    if (page) pages.insert(page->digits);
  }
  return pages;
}

template <typename Map>
void Append(const Map& map, const std::string& key, std::vector<uint32_t>& found) {
  if (const auto at = map.find(key); at != map.end()) found.insert(found.end(), at->second.begin(), at->second.end());
}

// More than a quarter of them.
size_t MoreThanAQuarter(size_t count) { return count / 4 + 1; }

}  // namespace

void PlainCandidates::Enter(size_t number, const PlainWork& work) {
  const auto place = static_cast<uint32_t>(works_.size());
  works_.emplace_back(number, &work);
  if (!work.doi.empty()) of_doi_[work.doi].push_back(place);
  if (!work.pmid.empty()) of_pmid_[work.pmid].push_back(place);
  for (const std::string& page : PagesOf(work)) {
    of_page_[page].push_back(place);
    if (work.volume.empty()) of_page_without_volume_[page].push_back(place);
    for (const std::string& volume : std::set<std::string>{work.volume, work.number})
      of_page_and_volume_[page + " " + volume].push_back(place);
  }
  for (const std::string& word : std::set<std::string>(work.title.begin(), work.title.end())) {
    const auto [entry, is_new] = of_word_.try_emplace(word);
    entry->second.push_back(place);
    if (!is_new || !MayBeSpelledOtherwise(word)) continue;
    for (const std::string& each : WithALetterLess(word)) spelled_[each].push_back(&entry->first);
  }
  for (const uint32_t shingle : work.shingles) with_shingle_.emplace_back(shingle, place);
}

void PlainCandidates::Settle() {
  std::ranges::sort(with_shingle_);
  for (uint32_t place = 0; place < works_.size(); ++place) {
    for (const uint32_t shingle : RarestShingles(*works_[place].second))
      with_rare_shingle_.emplace_back(shingle, place);
  }
  std::ranges::sort(with_rare_shingle_);
}

namespace {

// Those of one shingle.
std::span<const std::pair<uint32_t, uint32_t>> PlacesOf(const std::vector<std::pair<uint32_t, uint32_t>>& places,
                                                        uint32_t shingle) {
  constexpr auto kShingle = &std::pair<uint32_t, uint32_t>::first;
  return {std::ranges::lower_bound(places, shingle, {}, kShingle),
          std::ranges::upper_bound(places, shingle, {}, kShingle)};
}

}  // namespace

std::vector<uint32_t> PlainCandidates::RarestShingles(const PlainWork& work) const {
  std::vector<std::pair<size_t, uint32_t>> by_rarity;
  for (const uint32_t shingle : work.shingles) {
    by_rarity.emplace_back(PlacesOf(with_shingle_, shingle).size(), shingle);
  }
  std::ranges::sort(by_rarity);
  if (!by_rarity.empty()) by_rarity.resize(MoreThanAQuarter(by_rarity.size()));
  std::vector<uint32_t> rarest;
  for (const auto& [count, shingle] : by_rarity) rarest.push_back(shingle);
  return rarest;
}

std::vector<size_t> PlainCandidates::For(const PlainWork& work) const {
  Numbers found;
  if (!work.doi.empty()) Append(of_doi_, work.doi, found);
  if (!work.pmid.empty()) Append(of_pmid_, work.pmid, found);
  LookForPlace(work, found);
  LookForAbstract(work, found);
  LookForTitle(work, found);
  std::ranges::sort(found);
  found.erase(std::unique(found.begin(), found.end()), found.end());
  std::vector<size_t> numbers;
  for (const uint32_t place : found) numbers.push_back(works_[place].first);
  std::ranges::sort(numbers);
  return numbers;
}

void PlainCandidates::LookForPlace(const PlainWork& work, Numbers& found) const {
  for (const std::string& page : PagesOf(work)) {
    if (work.volume.empty()) {
      Append(of_page_, page, found);
      continue;
    }
    Append(of_page_without_volume_, page, found);
    for (const std::string& volume : std::set<std::string>{work.volume, work.number})
      Append(of_page_and_volume_, page + " " + volume, found);
  }
}

void PlainCandidates::LookForAbstract(const PlainWork& work, Numbers& found) const {
  const auto add = [&found](const ShinglePlaces& places, uint32_t shingle) {
    for (const auto& place : PlacesOf(places, shingle)) found.push_back(place.second);
  };
  for (const uint32_t shingle : RarestShingles(work)) add(with_shingle_, shingle);  // this one is the smaller
  for (const uint32_t shingle : work.shingles) add(with_rare_shingle_, shingle);    // the other is
}

void PlainCandidates::AddWithWord(const std::string& word, Numbers& found) const { Append(of_word_, word, found); }

void PlainCandidates::LookForTitle(const PlainWork& work, Numbers& found) const {
  const Strings& title = work.title;
  const auto recurs = [](const std::string& word) {
    return plain::RecurringWords().contains(word) || plain::AreDigits(word);
  };
  if (std::ranges::all_of(title, recurs)) return;
  double letters = 0;
  std::set<std::pair<size_t, std::string>> by_rarity;
  for (const std::string& word : title) {
    letters += static_cast<double>(plain::NumLetters(word));
    const auto entry = of_word_.find(word);
    by_rarity.emplace(entry == of_word_.end() ? 0 : entry->second.size(), word);
  }
  constexpr double kOfLetters = .1819, kOfWords = .091;
  double left = kOfLetters * letters + kOfWords * static_cast<double>(title.size());
  for (const auto& [count, word] : by_rarity) {
    if (left < 0) break;
    // A word that stands there twice may have no partner either time.
    left -= static_cast<double>(plain::NumLetters(word)) * static_cast<double>(std::ranges::count(title, word));
    AddWithWord(word, found);
    if (MayBeSpelledOtherwise(word)) {
      for (const std::string& each : WithALetterLess(word)) {
        const auto alike = spelled_.find(each);
        if (alike == spelled_.end()) continue;
        for (const std::string* const other : alike->second) AddWithWord(*other, found);
      }
    }
    // Two words here are one there.
    for (const std::string& other : std::set<std::string>(title.begin(), title.end())) {
      AddWithWord(word + other, found);
      AddWithWord(other + word, found);
    }
    // One word here is two there.
    for (size_t cut = 1; cut < word.size(); ++cut) {
      const auto head = of_word_.find(word.substr(0, cut)), tail = of_word_.find(word.substr(cut));
      if (head == of_word_.end() || tail == of_word_.end()) continue;
      std::ranges::set_intersection(head->second, tail->second, std::back_inserter(found));
    }
  }
}

}  // namespace unecho
