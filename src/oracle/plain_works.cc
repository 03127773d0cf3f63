#include "oracle/plain_works.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "base/hash.h"
#include "oracle/plain_title.h"
#include "oracle/plain_words.h"

namespace unecho {
namespace plain {
namespace {

// Bytes of a value that are looked at, persons, words of a name, containers, ISBNs, words of an abstract.
constexpr size_t kValueBytes = 1000, kTitleBytes = 4000, kAuthorBytes = 4000, kAbstractBytes = 10000;
constexpr size_t kPersons = 50, kNameWords = 10, kContainers = 4, kBookNumbers = 4, kAbstractWords = 500;

std::string FoldedName(const std::string& word) {
  return Replaced(Replaced(Replaced(word, "ae", "e"), "oe", "e"), "ue", "e");
}

bool IsName(const std::string& word) { return NumLetters(word) > 1 || IsSignAlone(word); }

bool PersonOf(const std::string& text, PlainPerson& person) {
  std::string name = Trim(text, " ");
  for (const std::string others : {"et al", "et al."}) {
    if (name.size() >= others.size() && name.compare(name.size() - others.size(), others.size(), others) == 0 &&
        (name.size() == others.size() || !IsOfWord(name[name.size() - others.size() - 1]))) {
      name = Trim(name.substr(0, name.size() - others.size()), " ");
      break;
    }
  }
  Strings words = WordsOf(name);
  const std::string all = Join(words);
  if (words.empty() || words[0] == "anonymous" || all == "no author listed" || all == "no authors listed" ||
      all == "na" || all == "n a")
    return false;
  const auto bounded = [](Strings some) {
    some.resize(std::min(some.size(), kNameWords));
    return some;
  };
  const size_t comma = name.find(',');
  Strings family = bounded(WordsOf(name.substr(0, comma)));
  if (comma == std::string::npos) {
    while (family.size() > 1 && NumLetters(family.back()) <= 2) family.pop_back();
    if (family.size() > 1) family = {family.back()};
  }
  person = {};
  for (const std::string& word : family) {
    if (IsName(word)) person.family.insert(FoldedName(word));
  }
  for (const std::string& word : bounded(words)) {
    if (IsName(word)) person.every.insert(FoldedName(word));
  }
  if (person.every.empty()) return false;
  if (person.family.empty()) person.family = person.every;
  for (const std::string& word : bounded(comma == std::string::npos ? words : WordsOf(name.substr(comma + 1)))) {
    if (person.family.count(FoldedName(word)) == 0) person.initials.insert(LettersOf(word)[0]);
  }
  return true;
}

// "Zuber J,": a word, and one letter or two.
bool BeginsWithInitials(const std::string& names) {
  std::string text;
  for (const char c : names) {
    if (c != '.') text += c;
  }
  text.erase(0, std::min(text.find_first_not_of(' '), text.size()));
  const size_t blank = text.find(' ');
  if (blank == std::string::npos) return false;
  size_t at = blank + 1;
  while (at < text.size() && text[at] >= 'a' && text[at] <= 'z') ++at;
  const size_t letters = at - blank - 1;
  return letters >= 1 && letters <= 2 && at < text.size() && text[at] == ',';
}

// At ';', '|', and at "and" and "&" that stand alone.
Strings NamesIn(const std::string& plain) {
  Strings names = {""};
  for (const std::string& part : SplitAt(Replaced(plain, "|", ";"), ";")) {
    for (const std::string& word : SplitAt(part, " ")) {
      if (word == "and" || word == "&")
        names.emplace_back();
      else
        names.back() += word + " ";
    }
    names.emplace_back();
  }
  Strings single;
  for (const std::string& name : names) {
    const bool is_list = std::count(name.begin(), name.end(), ',') > 1 || BeginsWithInitials(name);
    const Strings parts = is_list ? SplitAt(name, ",") : Strings{name};
    single.insert(single.end(), parts.begin(), parts.end());
  }
  return single;
}

std::vector<PlainPerson> PersonsOf(const Strings& authors) {
  std::vector<PlainPerson> persons;
  for (const std::string& each : authors) {
    if (persons.size() >= kPersons) break;
    for (const std::string& name : NamesIn(Plain(each.substr(0, kAuthorBytes)))) {
      PlainPerson person;
      if (persons.size() < kPersons && PersonOf(name, person)) persons.push_back(person);
    }
  }
  return persons;
}

std::vector<Strings> ContainersOf(const std::string& container) {
  std::string text = Plain(container.substr(0, kValueBytes)), outside;
  for (size_t at = 0; at < text.size(); ++at) {
    const char close = text[at] == '[' ? ']' : text[at] == '(' ? ')' : '\0';
    const size_t end = close == '\0' ? std::string::npos : text.find(close, at);
    outside += end == std::string::npos ? text[at] : ' ';
    if (end != std::string::npos) at = end;
  }
  std::vector<Strings> containers;
  for (const std::string& name : SplitAt(Replaced(outside, "conference:", "|"), "|")) {
    Strings words;
    for (const std::string& word : WordsOf(name)) {
      if (StopWords().count(word) == 0 && !AreDigits(word)) words.push_back(word);
    }
    if (!words.empty() && containers.size() < kContainers) containers.push_back(words);
  }
  return containers;
}

// The runs of digits of a value.
Strings NumbersIn(const std::string& value) {
  Strings numbers;
  for (size_t i = 0; i < value.size(); ++i) {
    if (!IsDigit(value[i])) continue;
    if (i == 0 || !IsDigit(value[i - 1])) numbers.emplace_back();
    numbers.back() += value[i];
  }
  return numbers;
}

std::string WithoutZeros(const std::string& digits) {
  return digits.substr(std::min(digits.find_first_not_of('0'), digits.size()));
}

int YearOf(const std::string& value) {
  for (const std::string& number : NumbersIn(value)) {
    if (number.size() == 4 && number >= "1500" && number <= "2099") return std::stoi(number);
  }
  return 0;
}

std::string VolumeOf(const std::string& value) {
  const Strings numbers = NumbersIn(value);
  const bool is_half = std::count(value.begin(), value.end(), '(') != std::count(value.begin(), value.end(), ')');
  return is_half || numbers.empty() || numbers[0].size() > 6 ? "" : WithoutZeros(numbers[0]);
}

std::string DoiOf(std::string value) {
  for (size_t at = 0; (at = value.find("%2", at)) != std::string::npos; ++at) {
    if (at + 2 < value.size() && (value[at + 2] == 'F' || value[at + 2] == 'f')) value.replace(at, 3, "/");
  }
  for (size_t begin = 0; (begin = value.find("10.", begin)) != std::string::npos; ++begin) {
    size_t slash = begin + 3;
    while (slash < value.size() && IsDigit(value[slash])) ++slash;
    if (slash - begin - 3 < 4 || slash - begin - 3 > 9 || slash >= value.size() || value[slash] != '/') continue;
    size_t end = slash + 1;
    while (end < value.size() && !IsSpace(value[end]) && value[end] != '"' && value[end] != '<' && value[end] != '>' &&
           value[end] != '?')
      ++end;
    if (end == slash + 1) continue;
    std::string doi = value.substr(begin, end - begin);
    for (char& c : doi) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return doi.substr(0, doi.find_last_not_of(".,;)") + 1);
  }
  return "";
}

std::string PmidOf(const std::string& value) {
  for (const std::string& number : NumbersIn(value)) {
    if (number.size() >= 4) return number;
  }
  return "";
}

// The digits of a text are an ISSN if they are eight, an ISBN if they are ten or thirteen; of eight or ten the last may
// be an x.
bool IsBookNumber(const std::string& text, PlainWork& work) {
  std::string number;
  for (const char c : text) {
    if (IsDigit(c)) number += c;
    if (c == 'x' || c == 'X') number += 'x';
  }
  const std::string front = number.substr(0, number.empty() ? 0 : number.size() - 1);
  if (number.empty() || !AreDigits(front)) return false;
  if (number.size() == 8) {
    work.issns.insert(number);
  } else if (number.size() == 10) {
    work.isbns.insert(front);
  } else if (number.size() == 13 && number.back() != 'x') {
    work.isbns.insert(front.substr(0, 3) == "978" ? front.substr(3) : front);
  } else {
    return false;
  }
  return true;
}

// Each part of a value of digits, x and hyphens alone, or all of it if none of them is a number.
void AddBookNumbers(const std::string& value, PlainWork& work) {
  std::string parts;
  for (const char c : value) parts += IsDigit(c) || c == 'x' || c == 'X' || c == '-' ? c : ' ';
  bool any = false;
  for (const std::string& part : SplitAt(parts, " ")) any = IsBookNumber(part, work) || any;
  if (!any) IsBookNumber(value, work);
}

void KeepFirst(std::set<std::string>& values, size_t most) {
  while (values.size() > most) values.erase(std::prev(values.end()));
}

// "215 p"
bool IsCountOfPages(const std::string& text) {
  if (text.find('-') != std::string::npos) return false;
  std::string left = Trim(text, " ");
  if (!left.empty() && left.back() == '.') left.pop_back();
  for (const std::string word : {"p", "pp", "pages"}) {
    if (left.size() <= word.size() || left.compare(left.size() - word.size(), word.size(), word) != 0) continue;
    const std::string number = Trim(left.substr(0, left.size() - word.size()), " ");
    if (!number.empty() && IsDigit(number.back())) return true;
  }
  return false;
}

void SetPages(const std::string& value, PlainWork& work) {
  std::string text = Trim(Plain(value.substr(0, kValueBytes)), " ");
  if (IsCountOfPages(text) || text.compare(0, 5, "arxiv") == 0) return;
  for (const std::string head : {"pages", "page", "pp", "p"}) {
    if (text.compare(0, head.size(), head) != 0) continue;
    const size_t end = text.find_first_not_of(". ", head.size());
    if (end == head.size() || end == std::string::npos) continue;
    text = text.substr(end);
    break;
  }
  std::vector<PlainPage> found;
  size_t behind = 0;  // the last page that was found
  for (size_t at = 0; at < text.size();) {
    if (!IsDigit(text[at])) {
      ++at;
      continue;
    }
    size_t begin = at;
    while (at < text.size() && IsDigit(text[at])) ++at;
    const std::string digits = text.substr(begin, at - begin);
    if (begin > behind && text[begin - 1] == ' ') --begin;
    if (begin > behind && text[begin - 1] == '.') --begin;
    const size_t end = begin;
    while (begin > behind && text[begin - 1] >= 'a' && text[begin - 1] <= 'z') --begin;
    found.push_back({text.substr(begin, end - begin), WithoutZeros(digits)});
    behind = at;
  }
  if (found.empty()) return;
  const size_t dash = text.find('-');
  const std::string before = text.substr(0, dash);
  const bool is_supplement = before.compare(0, 5, "suppl") == 0 &&
                             std::all_of(before.begin(), before.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  const bool is_last =
      dash != std::string::npos && (before.empty() || before == "t" || before == "s" || before == "e" || is_supplement);
  if (found.size() == 1 && is_last) {
    work.last = found[0];
  } else {
    work.first = found[0];
    if (found.size() > 1) {
      work.last = found.back();
      const std::string& first = work.first->digits;
      if (work.last->digits.size() < first.size())
        work.last->digits = first.substr(0, first.size() - work.last->digits.size()) + work.last->digits;
    }
  }
  if (work.first && work.first->digits.empty()) work.first.reset();
  if (work.last && work.last->digits.empty()) work.last.reset();
}

// The low half of a 64-bit hash of the hashes of `size` words.
uint32_t HashOfRun(const Strings& words, size_t begin, size_t size) {
  std::vector<uint64_t> hashes;
  for (size_t i = begin; i < begin + size; ++i) hashes.push_back(Hash64(words[i]));
  return static_cast<uint32_t>(Hash128(hashes.data(), hashes.size() * sizeof(uint64_t)).low);
}

void SetAbstract(const std::string& abstract, PlainWork& work) {
  constexpr size_t kFewWords = 20, kShingle = 3, kRun = 8, kMostRuns = 8;
  Strings words = WordsOf(Plain(abstract.substr(0, kAbstractBytes)));
  if (words.size() < kFewWords) return;
  words.resize(std::min(words.size(), kAbstractWords));
  for (size_t i = 0; i + kShingle <= words.size(); ++i) work.shingles.insert(HashOfRun(words, i, kShingle));
  for (size_t i = 0; i + kRun <= words.size(); ++i) work.runs.insert(HashOfRun(words, i, kRun));
  while (work.runs.size() > kMostRuns) work.runs.erase(std::prev(work.runs.end()));
}

}  // namespace
}  // namespace plain

std::string PlainWork::Text() const {
  using namespace plain;
  std::string text;
  const auto add = [&text](const std::string& name, const std::string& value) {
    if (!value.empty()) text += name + " " + value + "\n";
  };
  add("kind", kind);
  add("title", Join(title));
  add("edition", edition);
  add("chapter", chapter);
  for (const PlainPerson& each : authors)
    add("author", Join(each.family) + "|" + Join(each.every) + "|" + Join(each.initials));
  if (year != 0) add("year", std::to_string(year));
  for (const Strings& each : containers) add("container", Join(each));
  add("volume", volume);
  add("number", number);
  if (first) add("first page", first->letters + "|" + first->digits);
  if (last) add("last page", last->letters + "|" + last->digits);
  add("doi", doi);
  add("pmid", pmid);
  for (const std::string& each : isbns) add("isbn", each);
  for (const std::string& each : issns) add("issn", each);
  for (const uint32_t each : shingles) add("shingle", std::to_string(each));
  for (const uint32_t each : runs) add("run", std::to_string(each));
  return text;
}

PlainWork PlainWorkOf(const WorkFields& fields) {
  using namespace plain;
  const auto bounded = [](const std::string& value) { return value.substr(0, kValueBytes); };
  PlainWork work;
  work.title = TitleWords(TitleAndKind(Plain(fields.title.substr(0, kTitleBytes)), work.kind));
  const Strings edition = NumbersIn(bounded(fields.edition));
  if (!edition.empty()) work.edition = edition[0];
  const Strings chapter = NumbersIn(bounded(fields.chapter));
  if (!chapter.empty()) work.chapter = chapter[0];
  work.authors = PersonsOf(fields.authors);
  work.year = YearOf(bounded(fields.year));
  work.containers = ContainersOf(fields.container);
  for (const std::string& other : fields.other_containers) {
    for (const Strings& words : ContainersOf(other)) work.containers.push_back(words);
  }
  if (work.containers.size() > kContainers) work.containers.resize(kContainers);
  work.volume = VolumeOf(bounded(fields.volume));
  if (work.volume == std::to_string(work.year)) work.volume.clear();
  work.number = VolumeOf(bounded(fields.number));
  SetPages(fields.pages, work);
  work.doi = DoiOf(bounded(fields.doi));
  work.pmid = PmidOf(bounded(fields.pmid));
  AddBookNumbers(bounded(fields.isbn), work);
  AddBookNumbers(bounded(fields.issn), work);
  KeepFirst(work.isbns, kBookNumbers);
  KeepFirst(work.issns, kBookNumbers);
  SetAbstract(fields.abstract, work);
  return work;
}

}  // namespace unecho
