#include "works/make_work.h"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "absl/strings/str_replace.h"
#include "base/hash.h"
#include "base/status.h"
#include "text/characters.h"
#include "text/scan.h"
#include "works/title.h"
#include "works/work.h"

namespace unecho {
namespace {

constexpr size_t kMostTitleWords = 64, kMostAuthors = 50, kMostNameWords = 10, kMostContainers = 4,
                 kMostBookNumbers = 4, kMostAbstractWords = 500, kFewAbstractWords = 20;
constexpr size_t kMostBytes = 1000, kMostTitleBytes = 4000, kMostAuthorBytes = 4000, kMostAbstractBytes = 10000;
constexpr size_t kShingleWords = 3, kRunWords = 8;
constexpr std::string_view kDigits = "0123456789";

// ä is written ae by some, and a by others.
void Fold(std::string& word, bool folds_ue) {
  const auto is_pair = [](char a, char b) { return b == 'e' && (a == 'a' || a == 'o' || a == 'u'); };
  if (std::ranges::adjacent_find(word, is_pair) == word.end()) return;  // as most words
  for (const std::string_view pair : {"ae", "oe", "ue"}) {
    if (pair == "ue" && !folds_ue) continue;
    for (size_t at = 0; (at = word.find(pair, at)) != word.npos; ++at) word.erase(at, 1);
  }
}
std::string FoldedName(std::string_view word) {
  std::string folded(word);
  Fold(folded, /*folds_ue=*/true);
  return folded;
}

// What stands in front of the next `mark`, which goes, too.
std::string_view TakePart(std::string_view& text, char mark) {
  const size_t end = std::min(text.find(mark), text.size());
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

std::string_view WithoutZeros(std::string_view digits) {
  return digits.substr(std::min(digits.find_first_not_of('0'), digits.size()));
}

void AppendJoined(const auto& words, std::string& out) {
  for (bool is_first = true; const std::string_view word : words) {
    if (!std::exchange(is_first, false)) out += ' ';
    out += word;
  }
}

void SortDistinct(auto& list) {
  std::ranges::sort(list);
  list.erase(std::unique(list.begin(), list.end()), list.end());
}

// The first run of digits that fits, as a year must; empty: none does.
template <typename Fits>
std::string_view FirstNumber(std::string_view text, Fits fits) {
  for (size_t begin = 0; (begin = text.find_first_of(kDigits, begin)) != text.npos;) {
    const size_t end = std::min(text.find_first_not_of(kDigits, begin), text.size());
    const std::string_view number = text.substr(begin, end - begin);
    if (fits(number)) return number;
    begin = end;
  }
  return {};
}
bool IsYear(std::string_view number) { return number.size() == 4 && number >= "1500" && number <= "2099"; }
bool IsId(std::string_view number) { return number.size() >= 4; }
bool IsAny(std::string_view) { return true; }

// A URL may write a slash as %2F. `room` holds the text where it is another.
std::string_view WithSlashes(std::string_view text, std::string& room) {
  if (text.find("%2") == text.npos) return text;
  room = absl::StrReplaceAll(Abs(text), {{"%2F", "/"}, {"%2f", "/"}});
  return room;
}

// Without what stands in front of it, and without the question of a URL.
std::string_view DoiIn(std::string_view text) {
  constexpr size_t kFewDigits = 4, kMostDigits = 9;
  for (size_t begin = 0; (begin = text.find("10.", begin)) != text.npos; ++begin) {
    const size_t digits = begin + 3, slash = text.find_first_not_of(kDigits, digits);
    if (slash == text.npos || text[slash] != '/' || slash - digits < kFewDigits || slash - digits > kMostDigits)
      continue;
    const size_t end = std::min(text.find_first_of(" \t\n\r\f\"<>?", slash + 1), text.size());
    if (end == slash + 1) continue;
    const std::string_view doi = text.substr(begin, end - begin);
    return doi.substr(0, doi.find_last_not_of(".,;)") + 1);
  }
  return {};
}

// The first run of digits, of a volume or a number. A half bracket is what is left of a supplement's name.
std::string_view Digits(std::string_view text) {
  constexpr size_t kMost = 6;
  if (std::ranges::count(text, '(') != std::ranges::count(text, ')')) return {};
  const std::string_view number = FirstNumber(text, IsAny);
  return number.size() > kMost ? std::string_view() : WithoutZeros(number);
}

// A word of a name that is not an initial.
bool IsName(std::string_view word) { return NumLetters(word) > 1 || IsCharacterAlone(word); }

// "Zuber J et al."
std::string_view WithoutOthers(std::string_view name) {
  name = TrimBlanks(name);
  std::string_view front = name.ends_with('.') ? name.substr(0, name.size() - 1) : name;
  if (!front.ends_with("et al")) return name;
  front.remove_suffix(5);
  return front.empty() || !IsOfPlainWord(front.back()) ? TrimBlanks(front) : name;
}

// "Anonymous", "[No authors listed]", "n/a"
bool IsNobody(std::span<const std::string_view> words) {
  if (words.empty() || words[0] == "anonymous") return true;
  const auto is = [words](std::initializer_list<std::string_view> name) { return std::ranges::equal(words, name); };
  return is({"no", "authors", "listed"}) || is({"no", "author", "listed"}) || is({"n", "a"}) || is({"na"});
}

// "Zuber J,": one word, then one letter or two.
bool BeginsWithInitials(std::string_view names) {
  size_t at = 0;
  const auto next = [&]() -> char {  // dots do not count
    while (at < names.size() && names[at] == '.') ++at;
    return at < names.size() ? names[at] : '\0';
  };
  while (next() == ' ') ++at;
  if (next() == '\0') return false;
  while (next() != '\0' && next() != ' ') ++at;
  if (next() != ' ') return false;
  ++at;
  size_t letters = 0;
  for (; IsLower(next()); ++at) ++letters;
  return (letters == 1 || letters == 2) && next() == ',';
}

struct PageText {
  std::string_view letters;
  std::string_view digits;
};

// Letters and digits, with a dot and a blank between them, or not. Takes them off.
bool TakePage(std::string_view& text, PageText& page) {
  const size_t begin = text.find_first_of(kDigits);
  if (begin == text.npos) return false;
  const size_t end = std::min(text.find_first_not_of(kDigits, begin), text.size());
  std::string_view front = text.substr(0, begin);
  if (front.ends_with(' ')) front.remove_suffix(1);
  if (front.ends_with('.')) front.remove_suffix(1);
  const size_t letters = static_cast<size_t>(std::find_if_not(front.rbegin(), front.rend(), IsLower) - front.rbegin());
  page = {front.substr(front.size() - letters), WithoutZeros(text.substr(begin, end - begin))};
  text.remove_prefix(end);
  return true;
}

// "215 p": how many there are.
bool IsCountOfPages(std::string_view text) {
  if (text.find('-') != text.npos) return false;
  if (text.ends_with('.')) text.remove_suffix(1);
  for (const std::string_view word : {"p", "pp", "pages"}) {
    if (!text.ends_with(word)) continue;
    const std::string_view number = TrimBlanks(text.substr(0, text.size() - word.size()));
    if (!number.empty() && IsDigit(number.back())) return true;
  }
  return false;
}

// "pp. 5"
std::string_view WithoutHead(std::string_view text) {
  for (const std::string_view head : {"pages", "page", "pp", "p"}) {
    if (!text.starts_with(head)) continue;
    const size_t end = text.find_first_not_of(". ", head.size());
    if (end != head.size() && end != text.npos) return text.substr(end);
  }
  return text;
}

// "-20", "t-20": the last page alone.
bool IsOnlyLast(std::string_view text) {
  const std::string_view front = text.substr(0, text.find('-'));
  if (front.size() == text.size() || !std::ranges::all_of(front, IsLower)) return false;
  return front.empty() || front == "t" || front == "s" || front == "e" || front.starts_with("suppl");
}

}  // namespace

void WorkMaker::AddLine(char what, std::string_view line) {
  if (line.empty()) return;
  text_ += what;
  text_ += line;
  text_ += '\n';
}

void WorkMaker::SetWords(std::string_view plain) {
  words_.clear();
  AppendPlainWords(plain, buffer_, words_);
}

void WorkMaker::AddTitle(std::string_view title) {
  plain_text_.Read(title.substr(0, kMostTitleBytes), plain_);
  const TitleParts parts = PartsOfTitle(plain_);
  if (parts.kind != WorkKind::kItself) {
    const char kind = static_cast<char>('0' + static_cast<int>(parts.kind));
    AddLine('K', {&kind, 1});
  }
  SetWords(parts.text);
  said_.clear();
  for (const std::string_view each : words_) {
    if (said_.size() >= kMostTitleWords) break;
    std::string word(each);
    Fold(word, /*folds_ue=*/false);
    if (word == "invivo" || word == "invitro") {
      said_.emplace_back("in");
      said_.push_back(word.substr(2));
    } else {
      said_.push_back(NumberOf(word, said_.empty() ? std::string_view() : said_.back()));
    }
  }
  std::erase_if(said_, IsStopWord);
  if (said_.empty()) return;
  text_ += 'T';
  AppendJoined(said_, text_);
  text_ += '\n';
}

void WorkMaker::AddAuthor(std::string_view name) {
  if (num_authors_ == kMostAuthors) return;
  name = WithoutOthers(name);
  SetWords(name);
  if (IsNobody(words_)) return;
  every_.clear(), family_.clear(), initials_.clear();
  if (words_.size() > kMostNameWords) words_.resize(kMostNameWords);
  for (const std::string_view word : words_) {
    if (IsName(word)) every_.push_back(FoldedName(word));
  }
  if (every_.empty()) return;
  const size_t comma = name.find(',');
  if (comma != name.npos) SetWords(name.substr(0, comma));
  if (words_.size() > kMostNameWords) words_.resize(kMostNameWords);
  size_t first = 0, size = words_.size();
  if (comma == name.npos) {  // "Zuber J", "Julien Zuber"
    while (size > 1 && NumLetters(words_[size - 1]) <= 2) --size;
    first = size - 1;
  }
  for (; first < size; ++first) {
    if (IsName(words_[first])) family_.push_back(FoldedName(words_[first]));
  }
  SortDistinct(every_);
  SortDistinct(family_);
  if (family_.empty()) family_ = every_;
  if (comma != name.npos) SetWords(name.substr(comma + 1));
  if (words_.size() > kMostNameWords) words_.resize(kMostNameWords);
  for (const std::string_view word : words_) {
    if (!std::ranges::binary_search(family_, FoldedName(word))) initials_.push_back(FirstLetter(word));
  }
  SortDistinct(initials_);
  text_ += 'A';
  AppendJoined(family_, text_);
  text_ += '|';
  AppendJoined(every_, text_);
  text_ += '|';
  AppendJoined(initials_, text_);
  text_ += '\n';
  ++num_authors_;
}

// "Zuber J, Loirat C", "Zuber, J., Loirat, C.", or one name.
void WorkMaker::AddNames(std::string_view names) {
  if (std::ranges::count(names, ',') <= 1 && !BeginsWithInitials(names)) return AddAuthor(names);
  while (!names.empty()) AddAuthor(TakePart(names, ','));
}

// Between names stand ';' and '|', and "and" and '&' between blanks.
void WorkMaker::AddAuthors(const std::vector<std::string>& authors) {
  num_authors_ = 0;
  for (const std::string& each : authors) {
    if (num_authors_ == kMostAuthors) break;
    plain_text_.Read(std::string_view(each).substr(0, kMostAuthorBytes), plain_);
    std::ranges::replace(plain_, '|', ';');
    for (std::string_view left = plain_; !left.empty();) {
      const std::string_view part = TakePart(left, ';');
      size_t begin = 0;  // of a name
      for (size_t at = 0; at < part.size();) {
        const size_t end = std::min(part.find(' ', at), part.size());
        const std::string_view word = part.substr(at, end - at);
        if (word == "and" || word == "&") {
          AddNames(part.substr(begin, at - begin));
          begin = end;
        }
        at = end + 1;
      }
      AddNames(part.substr(begin));
    }
  }
}

size_t WorkMaker::AddContainers(std::string_view container, size_t count) {
  plain_text_.Read(container.substr(0, kMostBytes), plain_);
  // What stands in brackets goes.
  letters_.clear();
  for (size_t at = 0; at < plain_.size(); ++at) {
    const char close = plain_[at] == '[' ? ']' : plain_[at] == '(' ? ')' : '\0';
    const size_t end = close == '\0' ? plain_.npos : plain_.find(close, at);
    letters_ += end == plain_.npos ? plain_[at] : ' ';
    if (end != plain_.npos) at = end;
  }
  constexpr std::string_view kConference = "conference:";
  for (size_t at = 0; (at = letters_.find(kConference, at)) != letters_.npos;)
    letters_.replace(at, kConference.size(), "|");
  for (std::string_view left = letters_; !left.empty() && count < kMostContainers;) {
    SetWords(TakePart(left, '|'));
    std::erase_if(words_, [](std::string_view word) { return IsStopWord(word) || std::ranges::all_of(word, IsDigit); });
    if (words_.empty()) continue;
    text_ += 'C';
    AppendJoined(words_, text_);
    text_ += '\n';
    ++count;
  }
  return count;
}

void WorkMaker::AddPages(std::string_view pages) {
  plain_text_.Read(pages.substr(0, kMostBytes), plain_);
  std::string_view text = TrimBlanks(plain_);
  if (IsCountOfPages(text) || text.starts_with("arxiv")) return;
  text = WithoutHead(text);
  const bool is_only_last = IsOnlyLast(text);
  PageText first, last;
  if (!TakePage(text, first)) return;
  bool is_one = true;
  while (TakePage(text, last)) is_one = false;
  const auto add = [this](char what, const PageText& page, std::string_view front) {
    if (page.digits.empty()) return;
    text_ += what;
    text_ += page.letters;
    text_ += ' ';
    text_ += front;
    text_ += page.digits;
    text_ += '\n';
  };
  if (is_one && is_only_last) return add('L', first, {});
  add('F', first, {});
  if (is_one) return;
  const size_t size = std::min(first.digits.size(), last.digits.size());
  std::string_view front = first.digits.substr(0, first.digits.size() - size);
  if (last.digits.empty()) last.digits = std::exchange(front, {});  // "314-0"
  add('L', last, front);
}

// An ISBN has ten digits or thirteen, an ISSN eight; of those of one book, the nine that they have in common.
bool WorkMaker::TakeBookNumber(std::string_view text) {
  constexpr size_t kOfIssn = 8, kOfOldIsbn = 10, kOfIsbn = 13, kOfBook = 9;
  constexpr std::string_view kOfBooks = "978";
  letters_.clear();
  for (const char c : text) {
    if (IsDigit(c) || c == 'x' || c == 'X') letters_ += c == 'X' ? 'x' : c;
  }
  const size_t x = letters_.find('x');
  if (x != letters_.npos && (x + 1 != letters_.size() || letters_.size() == kOfIsbn)) return false;
  if (letters_.size() == kOfIssn) {
    issns_.push_back(letters_);
  } else if (letters_.size() == kOfOldIsbn) {
    isbns_.push_back(letters_.substr(0, kOfBook));
  } else if (letters_.size() == kOfIsbn) {
    const bool is_old = letters_.starts_with(kOfBooks);
    isbns_.push_back(is_old ? letters_.substr(kOfBooks.size(), kOfBook) : letters_.substr(0, kOfIsbn - 1));
  } else {
    return false;
  }
  return true;
}

// What stands between anything but digits, x and hyphens; if that is none, all of it.
void WorkMaker::AddBookNumbers(const WorkFields& fields) {
  constexpr std::string_view kOfNumbers = "0123456789xX-";
  isbns_.clear(), issns_.clear();
  for (const std::string* const field : {&fields.isbn, &fields.issn}) {
    const std::string_view value = std::string_view(*field).substr(0, kMostBytes);
    bool any = false;
    for (size_t begin = 0; (begin = value.find_first_of(kOfNumbers, begin)) != value.npos;) {
      const size_t end = std::min(value.find_first_not_of(kOfNumbers, begin), value.size());
      any |= TakeBookNumber(value.substr(begin, end - begin));
      begin = end;
    }
    if (!any) TakeBookNumber(value);
  }
  for (const auto& [what, numbers] : {std::pair('I', &isbns_), std::pair('S', &issns_)}) {
    SortDistinct(*numbers);
    for (const std::string& each : std::span(*numbers).first(std::min(numbers->size(), kMostBookNumbers)))
      AddLine(what, each);
  }
}

void WorkMaker::AddShingles(std::string_view abstract) {
  plain_text_.Read(abstract.substr(0, kMostAbstractBytes), plain_);
  SetWords(plain_);
  if (words_.size() < kFewAbstractWords) return;
  if (words_.size() > kMostAbstractWords) words_.resize(kMostAbstractWords);
  hashes_.clear();
  for (const std::string_view word : words_) hashes_.push_back(Hash64(word));
  const auto run = [this](size_t begin, size_t size) {
    return static_cast<uint32_t>(Hash128(&hashes_[begin], size * sizeof(uint64_t)).low);
  };
  for (size_t i = 0; i + kShingleWords <= hashes_.size(); ++i) shingles_.push_back(run(i, kShingleWords));
  SortDistinct(shingles_);
  for (size_t i = 0; i + kRunWords <= hashes_.size(); ++i) {
    const uint32_t hash = run(i, kRunWords);
    const auto place = std::ranges::lower_bound(runs_, hash);
    if (place == runs_.end() ? runs_.size() == Work::kMostRuns : *place == hash) continue;
    if (runs_.size() == Work::kMostRuns) runs_.pop_back();
    runs_.insert(std::ranges::lower_bound(runs_, hash), hash);
  }
}

void WorkMaker::Append(const WorkFields& fields, std::vector<uint32_t>& out) {
  const auto bounded = [](const std::string& value) { return std::string_view(value).substr(0, kMostBytes); };
  text_.clear();
  shingles_.clear();
  runs_.clear();
  AddTitle(fields.title);
  AddLine('E', FirstNumber(bounded(fields.edition), IsAny));
  AddLine('H', FirstNumber(bounded(fields.chapter), IsAny));
  AddAuthors(fields.authors);
  const std::string_view year = FirstNumber(bounded(fields.year), IsYear);
  AddLine('Y', year);
  size_t containers = AddContainers(fields.container, 0);
  for (const std::string& other : fields.other_containers) {
    if (containers < kMostContainers) containers = AddContainers(other, containers);
  }
  if (const std::string_view volume = Digits(bounded(fields.volume)); volume != year) AddLine('V', volume);
  AddLine('N', Digits(bounded(fields.number)));
  AddPages(fields.pages);
  std::string room;
  letters_ = DoiIn(WithSlashes(bounded(fields.doi), room));
  for (char& c : letters_) c = IsUpper(c) ? static_cast<char>(c - 'A' + 'a') : c;
  AddLine('D', letters_);
  AddLine('P', FirstNumber(bounded(fields.pmid), IsId));
  AddBookNumbers(fields);
  AddShingles(fields.abstract);

  const size_t first = out.size(), text_words = (text_.size() + 3) / 4;
  out.resize(first + 3 + text_words + runs_.size() + shingles_.size());
  out[first] = static_cast<uint32_t>(text_.size());
  out[first + 1] = static_cast<uint32_t>(runs_.size());
  out[first + 2] = static_cast<uint32_t>(shingles_.size());
  std::memcpy(&out[first + 3], text_.data(), text_.size());
  std::ranges::copy(runs_, out.end() - static_cast<std::ptrdiff_t>(runs_.size() + shingles_.size()));
  std::ranges::copy(shingles_, out.end() - static_cast<std::ptrdiff_t>(shingles_.size()));
}

bool SaysNothing(std::span<const uint32_t> work) { return work[0] == 0 && work[2] == 0; }

}  // namespace unecho
