#include "works/candidate_keys.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/hash.h"
#include "text/characters.h"
#include "works/title.h"

namespace unecho {
namespace {

// A title of fewer words than kLong is looked up with each of its words left out, a longer one by pairs of the
// parts that hashes make of its words. Titles about that long are entered both ways.
constexpr size_t kTitleParts = 5, kLong = 10, kLongOrNearly = 8, kFewestInParts = 4;
// Fewer words than this are no reason by themselves: authors or pages have to agree as well (judge.cc), and are part of
// the keys. So columns of journals ("In this issue") do not all meet. A title of just so many may be a shorter one with
// a word more.
constexpr size_t kFewestAlone = 4;

// What stays of a word that is spelled otherwise: its first letter and the consonants behind it, without doubles and a
// last s.
void AppendSkeleton(std::string_view word, std::string& out) {
  const size_t begin = out.size();
  if (!std::ranges::all_of(word, IsLower)) {
    out += word;
    return;
  }
  out += word.front();
  while (word.size() > 1 && word.back() == 's') word.remove_suffix(1);
  for (const char letter : word.substr(1)) {
    const char c = letter == 's' ? 'z' : letter;
    if (std::string_view("aeiouyhw").find(c) == std::string_view::npos && c != out.back()) out += c;
  }
  if (out.size() == begin + 1) out.replace(begin, 1, word);
}

uint64_t SkeletonHash(std::string_view word) {
  thread_local std::string skeleton;
  skeleton.clear();
  AppendSkeleton(word, skeleton);
  return Hash64(skeleton);
}

enum class What : uint64_t { kDoi, kPmid, kLine, kAll, kParts, kPlace, kTime, kHome, kRun, kWithAuthor, kWithPage };

template <size_t N>
uint64_t KeyOf(What what, const std::array<uint64_t, N>& values) {
  return Hash128(values.data(), N * sizeof(uint64_t), static_cast<uint64_t>(what)).low;
}
uint64_t KeyOf(What what, std::span<const uint64_t> values) {
  return Hash128(values.data(), values.size_bytes(), static_cast<uint64_t>(what)).low;
}

}  // namespace

void CandidateKeys::Set(const Work& work) {
  as_kept.clear(), as_new.clear();
  SetPages(work);
  SetPeople(work);
  details = people_;
  for (const PlacedPage& page : pages_) details.push_back(page.digits + page.which);
  AddIds(work);
  AddTitle(work);
  for (const PlacedPage& page : pages_) AddPlace(work, page);
  for (const uint32_t run : work.runs) Add(KeyOf(What::kRun, std::array{uint64_t{run}}));
  for (std::vector<uint64_t>* const keys : {&as_kept, &as_new, &details}) {
    std::ranges::sort(*keys);
    keys->erase(std::unique(keys->begin(), keys->end()), keys->end());
  }
}

void CandidateKeys::Add(uint64_t key) {
  as_kept.push_back(key);
  as_new.push_back(key);
}

void CandidateKeys::AddIds(const Work& work) {
  if (!work.doi.empty()) Add(KeyOf(What::kDoi, std::array{Hash64(work.doi)}));
  if (!work.pmid.empty()) Add(KeyOf(What::kPmid, std::array{Hash64(work.pmid)}));
}

void CandidateKeys::SetPages(const Work& work) {
  pages_.clear();
  const Page &first = work.first_page, &last = work.last_page;
  const bool is_one_page = first.digits == last.digits && first.letters == last.letters;
  // On a page 1 begin so many that the rule wants the last page, too.
  if (first.any() && (first.digits != "1" || is_one_page)) pages_.push_back({0, Hash64(first.digits)});
  if (last.any() && !is_one_page) pages_.push_back({1, Hash64(last.digits)});
}

// The words of the first author's name, whichever of them is the family's, and families of the next ones.
void CandidateKeys::SetPeople(const Work& work) {
  constexpr size_t kMostWords = 3, kMostAuthors = 3;
  people_.clear();
  for (const Work::Person& author : std::span(work.authors).first(std::min(work.authors.size(), kMostAuthors))) {
    const auto words = work.Of(people_.empty() ? author.every : author.family);
    for (const std::string_view word : words.first(std::min(words.size(), kMostWords))) {
      if (word.size() > 1) people_.push_back(SkeletonHash(word));
    }
  }
  std::ranges::sort(people_);
  people_.erase(std::unique(people_.begin(), people_.end()), people_.end());
}

void CandidateKeys::AddOfTitle(uint64_t key, bool recurs) {
  if (hashes_.size() >= kFewestAlone && !recurs) Add(key);
  if (hashes_.size() > kFewestAlone && !recurs) return;
  for (const PlacedPage& page : pages_) Add(KeyOf(What::kWithPage, std::array{key, page.which, page.digits}));
  if (recurs) return;  // authors are not enough
  for (const uint64_t who : people_) Add(KeyOf(What::kWithAuthor, std::array{key, who}));
}

void CandidateKeys::AddTitle(const Work& work) {
  if (work.title().empty()) return;
  const bool recurs = std::ranges::all_of(work.title(), IsRecurringWord);
  hashes_.clear();
  for (const std::string_view word : work.title()) hashes_.push_back(SkeletonHash(word));
  std::ranges::sort(hashes_);
  text_.clear();
  for (const std::string_view word : work.title()) text_ += word;
  AddOfTitle(KeyOf(What::kLine, std::array{SkeletonHash(text_)}), recurs);
  if (recurs) return;
  if (hashes_.size() < kLong) {
    AddOfTitle(KeyOf(What::kAll, hashes_), recurs);
    for (size_t i = 0; i < hashes_.size() && hashes_.size() > 2; ++i) {
      if (i > 0 && hashes_[i] == hashes_[i - 1]) continue;
      rest_ = hashes_;
      rest_.erase(rest_.begin() + static_cast<std::ptrdiff_t>(i));
      AddOfTitle(KeyOf(What::kAll, rest_), recurs);
    }
  }
  if (hashes_.size() < kLongOrNearly) return;
  for (size_t n = 0; n < kTitleParts; ++n) {
    for (size_t m = 0; m < n; ++m) {
      rest_.clear();
      for (const size_t part : {m, n}) {
        rest_.push_back(part);
        std::ranges::copy_if(hashes_, std::back_inserter(rest_),
                             [part](uint64_t hash) { return hash % kTitleParts == part; });
      }
      if (rest_.size() >= 2 + kFewestInParts) Add(KeyOf(What::kParts, rest_));
    }
  }
}

// A page of a volume, with the first author or the container's first letter.
void CandidateKeys::AddPlace(const Work& work, const PlacedPage& page) {
  const uint64_t which = page.which, digits = page.digits;
  const uint64_t volume = Hash64(work.volume);
  const auto year = static_cast<uint64_t>(work.year);
  if (!work.authors.empty()) {
    constexpr size_t kMostNames = 3;
    const auto family = work.Of(work.authors.front().family);
    for (const std::string_view name : family.first(std::min(family.size(), kMostNames))) {
      const uint64_t who = SkeletonHash(name);
      if (!work.volume.empty()) Add(KeyOf(What::kPlace, std::array{which, volume, digits, who}));
      // One of the two may be without its volume.
      if (year != 0) Add(KeyOf(What::kTime, std::array{which, year, digits, who}));
    }
  }
  if (work.volume.empty() || year == 0) return;
  std::string letters;
  for (const Work::Run container : work.containers) letters += work.Of(container).front().front();
  std::ranges::sort(letters);
  letters.erase(std::unique(letters.begin(), letters.end()), letters.end());
  constexpr size_t kMostLetters = 4;
  for (const char letter : std::string_view(letters).substr(0, kMostLetters)) {
    const auto key = [&](uint64_t of_year) {
      return KeyOf(What::kHome, std::array{which, volume, digits, static_cast<uint64_t>(letter), of_year});
    };
    as_kept.push_back(key(year));
    for (const uint64_t each : {year - 1, year, year + 1}) as_new.push_back(key(each));
  }
}

}  // namespace unecho
