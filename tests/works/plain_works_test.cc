// The rule in fast code and in plain code (oracle/plain_works.h) say the same of every two records.
#include "oracle/plain_works.h"

#include <gtest/gtest.h>
#include <simdjson.h>

#include <algorithm>
#include <bit>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "works/candidate_keys.h"
#include "works/judge.h"
#include "works/make_work.h"
#include "works/support.h"
#include "works/works_index.h"

namespace unecho::plain_works_test {
namespace {

std::string Shown(const WorkFields& fields) {
  std::string text = "title=" + fields.title;
  for (const std::string& each : fields.authors) text += "|author=" + each;
  text += "|year=" + fields.year + "|in=" + fields.container + "|vol=" + fields.volume + "|no=" + fields.number +
          "|p=" + fields.pages + "|doi=" + fields.doi + "|pmid=" + fields.pmid + "|isbn=" + fields.isbn +
          "|issn=" + fields.issn + "|ed=" + fields.edition + "|ch=" + fields.chapter + "|abstract=" + fields.abstract;
  return text.substr(0, 3000);
}

// A record both ways.
struct Both {
  explicit Both(const WorkFields& fields) : packed(PackedOf(fields)), plain(PlainWorkOf(fields)) {}
  std::vector<uint32_t> packed;
  PlainWork plain;
};

// What differs, or nothing.
std::string Difference(const Both& a, const Both& b) {
  static Work work_a, work_b;
  work_a.Read(a.packed);
  work_b.Read(b.packed);
  const Verdict fast = Judge(work_a, work_b);
  const PlainVerdict plain = JudgePlainly(a.plain, b.plain);
  std::string difference;
  if (static_cast<int>(fast.answer) != static_cast<int>(plain.answer))
    difference += "answer " + std::to_string(static_cast<int>(fast.answer)) + ", plainly " +
                  std::to_string(static_cast<int>(plain.answer)) + "; ";
  if (std::bit_cast<uint64_t>(fast.likeness) != std::bit_cast<uint64_t>(plain.likeness))
    difference += "likeness " + std::to_string(fast.likeness) + ", plainly " + std::to_string(plain.likeness) + "; ";
  if (plain.signs.size() != kNumSigns) return difference + "signs are missing";
  std::vector<std::string_view> agreeing;
  for (size_t i = 0; i < kNumSigns; ++i) {
    const std::string name(Name(static_cast<Sign>(i)));
    if (plain.signs[i].name != name) difference += name + " is not in its place; ";
    if (plain.signs[i].value != fast.signs[i])
      difference +=
          name + " " + std::to_string(fast.signs[i]) + ", plainly " + std::to_string(plain.signs[i].value) + "; ";
    if ((fast.agreeing() >> i & 1) != 0) agreeing.push_back(Name(static_cast<Sign>(i)));
  }
  if (agreeing != plain.Agreeing()) difference += "other signs agree; ";
  if ((a.packed == b.packed) != (a.plain.Text() == b.plain.Text()))
    difference += "equal in one of them only: " + a.plain.Text() + " and " + b.plain.Text();
  return difference;
}

const char* const kRecords[] = {
    "title=Effect of β-blockers in <i>vitro</i> on ischemic stroke|author=Smith, J|author=Doe, A|year=2010|in=J Clin "
    "Invest|vol=12|no=3|p=100-10",
    "title=Effect of beta-blockers in vivo on ischaemic stroke|author=Smith, John and Doe, Anna|year=2010|in=Journal "
    "of "
    "Clinical Investigation|vol=12|p=100-110",
    "title=[Malaria treatment in small children]. [Spanish]|author=Le Quintrec, M.; Zuber, J.|year=2009|in=Natl "
    "Med|vol=(1)|p=s12-s15",
    "title=Malaria treatment in small children, part II|author=Le, Quintrec M|year=2010|in=National "
    "Medicine|vol=1|p=S12",
    "title=Erratum: Malaria treatment in small children (vol 360, pg 542, 2009)|author=[Anonymous]|p=2205-2205|vol=360",
    "title=Editorial|author=Na, L. and Müller, K.-H.|year=1999|in=The Lancet (London, "
    "England)|vol=3|p=1-2|isbn=0140-6736 "
    "(print) 1474-547X",
    "title=Reply to the letter|author=O'Brien, Conan et al.|year=Jan 2001|in=CMAJ. Conference: 54th Annual "
    "Meeting|vol=17 Suppl 2|no=4|p=t-20|doi=https://doi.org/10.1000/ABC.1).",
    "title=Handbook of statistics|author=Zuber J, Loirat C, et al|year=2010|ed=2nd|isbn=0-306-40615-2|in=Canadian "
    "Medical Association Journal|p=215 p.",
    "title=マラリアの治療における新しい方法|author=山田 太郎; 鈴木, 花子|year=2010|in=日本医学会雑誌|vol=٣|p=12-9",
    "title=Лечение малярии у детей|author=Иванов, А. П.; Петров, Б.|year=2011|in=Вестник медицины|vol=4|p=15–21",
    "title=Лечение маларии у детей|author=Ivanov A P, Petrov B|year=2012|in=Вестн мед|vol=4|p=pp. 15-21",
    "title=Book review|author=|year=2000|in=Nature|vol=1|p=5",
    "title=Tutorial: Query optimization in parallel databases (extended abstract)|author=Jim Gray, Ann Lee|in=SIGMOD "
    "Conference|year=1999",
    "title=Query Optimisation in Parallel Data Bases... J Med. 2009 Jan 29;360(5):544-6|author=Gray J|pmid=PMID: "
    "19179316|p=e1001-e1012|issn=01406736|isbn=978 0 306 40615 7",
    "title=The fourth phase III trial of tafenoquine [Erratum appears in Lan|author=Smith J & Jones "
    "B|doi=10.1000/abc.1",
    "title=Low grade glioma: in-vitro study|abstract=We looked at forty patients with a low grade glioma and found "
    "that "
    "nothing that we did to them made any difference to how they felt or how long they were with us in the end",
    "title=Lowgrade glioma|abstract=We looked at forty patients with a low grade glioma and found that nothing that we "
    "did "
    "to them made any difference to how they felt or how long they lived"};

const char* const kPieces[] = {" ",
                               "-",
                               ".",
                               ",",
                               ";",
                               ":",
                               "|",
                               "&",
                               " and ",
                               "[",
                               "]",
                               "(",
                               ")",
                               "(panel)",
                               "(2009)",
                               "...",
                               "<i>",
                               "</sub>",
                               "<",
                               "{\\\"o}",
                               "\\alpha ",
                               "$",
                               "{",
                               "&amp;",
                               "&eacute;",
                               "&#955;",
                               "é",
                               "e\u0301",
                               "ß",
                               "İ",
                               "ſ",
                               "Å",
                               "ﬁ",
                               "Ⅳ",
                               "½",
                               "µ",
                               "Ω",
                               "ﷺ",
                               "ก็",
                               "한",
                               "漢",
                               "ー",
                               "हि",
                               "٣",
                               "１",
                               "’",
                               "`",
                               "´",
                               "ʼ",
                               "'",
                               "–",
                               "−",
                               "\u200b",
                               "\u00a0",
                               "\ufeff",
                               "\xff",
                               "\x80",
                               "\xe4\xb8",
                               "\xf0\x9f\x98\x80",
                               "\xed\xa0\x80",
                               "0",
                               "007",
                               "1",
                               "10.",
                               "10.1234/x",
                               "vol 3 p",
                               "p",
                               "pp",
                               "pages",
                               "suppl",
                               "t-",
                               "-20",
                               "i",
                               "iv",
                               "part ii",
                               "second",
                               "4th",
                               "ae",
                               "oe",
                               "ue",
                               "in vivo",
                               "invitro",
                               "update",
                               "reply",
                               "re: ",
                               "erratum",
                               "corrigenda: ",
                               "retracted article",
                               "et al",
                               "et al.",
                               "anonymous",
                               "n/a",
                               "conference:",
                               "\n",
                               "\t",
                               "\x01",
                               "\x7f",
                               "_",
                               "x",
                               "a",
                               "national",
                               "natl",
                               "\xcd\x8f",
                               "\u0345"};

using Random = std::mt19937_64;
size_t Below(Random& random, size_t size) { return static_cast<size_t>(random() % size); }

void MutateText(std::string& text, Random& random) {
  const size_t at = Below(random, text.size() + 1);
  switch (Below(random, 10)) {
    case 0: text.insert(at, kPieces[Below(random, std::size(kPieces))]); break;
    case 1: text.insert(at, kPieces[Below(random, std::size(kPieces))]); break;
    case 2: text.erase(at, 1 + Below(random, 3)); break;
    case 3:
      if (at + 1 < text.size()) std::swap(text[at], text[at + 1]);
      break;
    case 4:
      if (at < text.size()) text[at] = static_cast<char>('a' + Below(random, 26));
      break;
    case 5:
      if (at < text.size()) text[at] = static_cast<char>(random());
      break;
    case 6: text.resize(at); break;
    case 7: text += text.substr(at); break;
    case 8: {  // words are abbreviated
      const size_t blank = text.find(' ', at);
      if (blank != text.npos && blank > at + 3) text.erase(at + 3, blank - at - 3);
      break;
    }
    default: text = Below(random, 2) == 0 ? "" : kPieces[Below(random, std::size(kPieces))]; break;
  }
  if (Below(random, 400) == 0) {
    const std::string piece = text.empty() ? "[(" : text;
    while (text.size() < 20000) text += piece + kPieces[Below(random, std::size(kPieces))];
  }
}

std::vector<std::string*> ValuesOf(WorkFields& fields) {
  std::vector<std::string*> values = {&fields.title,     &fields.title,   &fields.title,  &fields.year,
                                      &fields.container, &fields.volume,  &fields.number, &fields.pages,
                                      &fields.pages,     &fields.doi,     &fields.pmid,   &fields.isbn,
                                      &fields.edition,   &fields.chapter, &fields.issn,   &fields.abstract};
  for (std::string& each : fields.authors) values.push_back(&each);
  fields.other_containers.resize(2);
  for (std::string& each : fields.other_containers) values.push_back(&each);
  return values;
}

void Mutate(WorkFields& fields, const std::vector<WorkFields>& others, Random& random) {
  std::vector<std::string*> values = ValuesOf(fields);
  std::string& value = *values[Below(random, values.size())];
  switch (Below(random, 12)) {
    case 0: value.clear(); break;
    case 1: value.swap(*values[Below(random, values.size())]); break;
    case 2: {  // a field of another record
      WorkFields other = others[Below(random, others.size())];
      const size_t which = Below(random, 15);
      *values[which] = *ValuesOf(other)[which];
      break;
    }
    case 3: fields.authors = others[Below(random, others.size())].authors; break;
    case 4: std::shuffle(fields.authors.begin(), fields.authors.end(), random); break;
    case 5:
      if (!fields.authors.empty()) fields.authors.pop_back();
      break;
    case 6:
      if (!fields.authors.empty()) fields.authors.push_back(fields.authors[Below(random, fields.authors.size())] + "x");
      break;
    default: MutateText(value, random); break;
  }
}

std::vector<WorkFields> Records() {
  std::vector<WorkFields> records;
  for (const char* const each : kRecords) records.push_back(FieldsOf(each));
  return records;
}

void ExpectAgreement(const std::vector<WorkFields>& records, uint64_t seed, int rounds) {
  Random random(seed);
  size_t answers[3] = {};
  for (int round = 0; round < rounds; ++round) {
    WorkFields a = records[Below(random, records.size())];
    for (size_t n = Below(random, 4); n > 0; --n) Mutate(a, records, random);
    WorkFields b = Below(random, 4) == 0 ? records[Below(random, records.size())] : a;
    for (size_t n = Below(random, 6); n > 0; --n) Mutate(b, records, random);
    const Both both_a(a), both_b(b);
    const std::string difference = Difference(both_a, both_b);
    ASSERT_EQ(difference, "") << "round " << round << "\n"
                              << Shown(a) << "\n"
                              << Shown(b) << "\n"
                              << both_a.plain.Text() << LinesOf(a) << "\n"
                              << both_b.plain.Text() << LinesOf(b);
    ++answers[static_cast<size_t>(JudgePlainly(both_a.plain, both_b.plain).answer)];
  }
  for (const size_t count : answers) EXPECT_GT(count, 0U);
}

TEST(PlainWorks, SayWhatTheFastOnesSayOfAllPairs) {
  std::vector<Both> all;
  for (const WorkFields& fields : Records()) all.emplace_back(fields);
  for (size_t i = 0; i < all.size(); ++i) {
    for (size_t j = 0; j < all.size(); ++j) {
      EXPECT_EQ(Difference(all[i], all[j]), "") << kRecords[i] << "\n" << kRecords[j];
    }
  }
}

TEST(PlainWorks, SayWhatTheFastOnesSayWhateverTheBytes) { ExpectAgreement(Records(), 20241130, 12000); }

TEST(PlainWorks, SayWhatTheFastOnesSayAtTheBounds) {
  const auto repeated = [](const std::string& text, size_t bytes) {
    std::string out;
    while (out.size() < bytes) out += text;
    return out;
  };
  std::vector<WorkFields> records;
  for (const std::string piece :
       {"word ", "(panel)", "[",    "]",   "((", "a [b] ", "'", "a'",   "ä",  "漢", "\xff", "<",      "&amp;",
        "ae",    "vol 3 ",  "... ", "10.", "1 ", "; ",     ",", "and ", "x|", "\\", "{",    "e\u0301"}) {
    WorkFields fields;
    const std::string value = repeated(piece, 100000);
    fields.title = "A title " + value;
    fields.authors = {value, "Smith, " + value, value + ", J"};
    fields.abstract = fields.year = fields.container = fields.volume = fields.number = fields.pages = fields.doi =
        fields.pmid = fields.isbn = fields.issn = fields.edition = value;
    records.push_back(fields);
    fields.authors.assign(1000, "Smith J" + piece);
    fields.title = value;
    records.push_back(fields);
  }
  std::vector<Both> all;
  for (const WorkFields& fields : records) all.emplace_back(fields);
  for (size_t i = 0; i < all.size(); ++i) {
    for (size_t j = 0; j < all.size(); j += 1 + i % 5) {
      ASSERT_EQ(Difference(all[i], all[j]), "") << i << " " << j;
    }
  }
}

// --- the labelled sets -----------------------------------------------------------------------------------------------

std::vector<WorkFields> RecordsIn(const std::filesystem::path& path) {
  std::vector<WorkFields> records;
  std::ifstream file(path);
  simdjson::dom::parser parser;
  for (std::string line; std::getline(file, line);) {
    const simdjson::dom::object members = parser.parse(line);
    std::vector<std::pair<std::string, std::string>> texts;
    std::vector<bool> are_json;
    for (const auto& [name, value] : members) {
      std::string_view text;
      const bool is_text = value.get(text) == simdjson::SUCCESS;
      texts.emplace_back(name, is_text ? std::string(text) : simdjson::minify(value));
      are_json.push_back(!is_text);
    }
    std::vector<NamedField> fields;
    std::string title, body;
    for (size_t i = 0; i < texts.size(); ++i) {
      NamedField field;
      field.name = texts[i].first;
      field.value = texts[i].second;
      field.is_json = are_json[i];
      fields.push_back(field);
      if (texts[i].first == "title") title = texts[i].second;
      if (texts[i].first == "text") body = texts[i].second;
    }
    records.push_back(WorkFieldsOf(fields, {}, title, body));
  }
  return records;
}

class LabelledWorks : public testing::TestWithParam<const char*> {};

// All pairs that share a candidate key, some that share none, and mutations of all.
TEST_P(LabelledWorks, AreJudgedAsPlainly) {
  const std::filesystem::path path =
      std::filesystem::path(UNECHO_SHARED_DATA) / "labelled" / GetParam() / "records.jsonl";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << path << " is not here";
  const std::vector<WorkFields> records = RecordsIn(path);
  ASSERT_GT(records.size(), 100U);
  std::vector<Both> all;
  for (const WorkFields& fields : records) all.emplace_back(fields);
  std::map<uint64_t, std::vector<size_t>> by_key;
  std::set<std::pair<size_t, size_t>> pairs;
  CandidateKeys keys;
  Work work;
  for (size_t i = 0; i < all.size(); ++i) {
    work.Read(all[i].packed);
    keys.Set(work);
    for (const uint64_t key : keys.as_new) {
      for (const size_t other : by_key[key]) pairs.emplace(i, other);
    }
    for (const uint64_t key : keys.as_kept) by_key[key].push_back(i);
    pairs.emplace(i, (i * 7919) % all.size());
  }
  for (const auto& [i, j] : pairs) {
    ASSERT_EQ(Difference(all[i], all[j]), "") << i << " " << j << "\n"
                                              << Shown(records[i]) << "\n"
                                              << Shown(records[j]);
    ASSERT_EQ(Difference(all[j], all[i]), "") << j << " " << i << "\n"
                                              << Shown(records[j]) << "\n"
                                              << Shown(records[i]);
  }
  ExpectAgreement(records, 7, 1500);
}

INSTANTIATE_TEST_SUITE_P(Sets, LabelledWorks,
                         testing::Values("bib_stroke", "bib_haematology", "bib_cytology_screening", "sweep_copper",
                                         "sweep_tafenoquine", "dblp_acm"),
                         [](const auto& set) { return std::string(set.param); });

// --- determinism -----------------------------------------------------------------------------------------------------

// A maker and a work that were used for other records say the same as new ones.
TEST(PlainWorks, AFastWorkDependsOnItsRecordAlone) {
  Random random(3);
  const std::vector<WorkFields> records = Records();
  WorkMaker used;
  CandidateKeys used_keys;
  Work used_work;
  for (int round = 0; round < 2000; ++round) {
    WorkFields fields = records[Below(random, records.size())];
    for (size_t n = Below(random, 4); n > 0; --n) Mutate(fields, records, random);
    std::vector<uint32_t> again;
    used.Append(fields, again);
    const std::vector<uint32_t> packed = PackedOf(fields);
    ASSERT_EQ(again, packed) << Shown(fields);
    Work work;
    work.Read(packed);
    used_work.Read(packed);
    CandidateKeys keys;
    keys.Set(work);
    used_keys.Set(used_work);
    ASSERT_EQ(used_keys.as_kept, keys.as_kept);
    ASSERT_EQ(used_keys.as_new, keys.as_new);
    ASSERT_EQ(SaysNothing(packed), PlainWorkOf(fields).Text().empty()) << Shown(fields);
    const Verdict self = Judge(work, used_work);
    ASSERT_EQ(self.likeness, work.title().empty() ? 0 : 1);
    ASSERT_GE(self[Sign::kPages], 0);
    ASSERT_EQ(self[Sign::kNumbers], 0);
  }
}

}  // namespace
}  // namespace unecho::plain_works_test
