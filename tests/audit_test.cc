#include "unecho/audit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>

#include "absl/strings/str_format.h"
#include "compress_for_tests.h"
#include "unecho/json.h"
#include "unecho/reference.h"

namespace unecho {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

// A record as a run should describe it, written by hand; offsets, ordinals and lines are counted here.
struct Entry {
  std::string before;        // separators and furniture in front of it
  std::string raw;           // its bytes
  std::string fate;
  std::string witness = {};  // exact, near
  std::string similarity = {};
  std::string reason = {};
  std::string corpus = {};   // kept: its corpus line
  std::string more = {};     // "id" and "snapshot", as they should stand in the provenance
};

struct Source {
  std::string name;
  std::vector<Entry> entries;
  std::string tail;          // behind the last record
};

struct World {
  std::vector<std::string> files;        // bytes of the sources
  std::vector<std::string> names;
  std::vector<std::string> provenance;   // lines
  std::vector<std::string> corpus;
};

World Build(const std::vector<Source>& sources) {
  World world;
  for (const Source& source : sources) {
    std::string bytes;
    uint64_t ordinal = 0;
    for (const Entry& entry : source.entries) {
      bytes += entry.before;
      std::string line = absl::StrFormat(R"({"ref":"%s#%d","source":"%s","ordinal":%d,"offset":%d,"bytes":%d,"fate":"%s")",
                                         source.name, ordinal + 1, source.name, ordinal + 1, bytes.size(),
                                         entry.raw.size(), entry.fate);
      ++ordinal;
      if (!entry.witness.empty()) {
        line += absl::StrFormat(R"(,"witness":"%s","similarity":%s)", entry.witness, entry.similarity);
      }
      if (!entry.reason.empty()) {
        line += absl::StrFormat(R"(,"reason":"%s","line":%d)", entry.reason, 1 + std::count(bytes.begin(), bytes.end(), '\n'));
      }
      world.provenance.push_back(line + entry.more + "}");
      if (entry.fate == "kept") world.corpus.push_back(entry.corpus);
      bytes += entry.raw;
    }
    world.names.push_back(source.name);
    world.files.push_back(bytes + source.tail);
  }
  return world;
}

std::string IdOf(std::vector<std::string_view> pieces) {
  std::vector<std::string> tokens;
  for (const std::string_view piece : pieces) AppendReferenceTokens(piece, tokens);
  return ReferenceId(tokens);
}

std::string Object(const std::string& ref, const std::string& title, const std::string& text, const std::string& snapshot) {
  return absl::StrFormat(R"({"id":"%s","ref":"%s","title":"%s","text":"%s","snapshot":%s})", IdOf({title, text}), ref,
                         title, text, snapshot.empty() ? "null" : "\"" + snapshot + "\"");
}

// 20 tokens; every number gives other words.
std::string Words(int seed, const std::string& last = "end") {
  std::string text;
  for (int i = 0; i < 19; ++i) text += absl::StrFormat("w%dx%d ", seed, i);
  return text + last;
}

// 16 shingles each, of which 15 are shared: 15 / 17.
constexpr char kSimilarity[] = "0.882353";

Source JsonlSource() {
  const std::string one = absl::StrFormat(R"({"title":"One","text":"%s","id":17})", Words(1));
  const std::string two = absl::StrFormat(R"( {"text":"%s", "n":[{"id":1},"}"], "id" : "a\"1" } )", Words(2));
  return {"a.jsonl",
          {
              {"", one, "kept", "", "", "", one, R"(,"id":17)"},
              {"\n\n", absl::StrFormat(R"({"title":"ONE!","text":"%s"})", Words(1)), "exact", "a.jsonl#1", "1.000000"},
              {"\n \t\r\n", two, "kept", "", "", "", two, R"(,"id":"a\"1")"},
              {"\n", absl::StrFormat(R"({"text":"%s","id":null})", Words(2, "other")), "near", "a.jsonl#3", kSimilarity,
               "", "", R"(,"id":null)"},
              {"\n", R"({"title":"cut)", "rejected", "", "", "invalid_json"},
              {"\n", R"(["title"])", "rejected", "", "", "invalid_json"},
              {"\n", R"({"name":"no match field","id":3})", "rejected", "", "", "no_match_field"},
              {"\n", R"({"title":"t","text":null})", "rejected", "", "", "field_not_string"},
              {"\n", R"({"title":"...","id":4})", "rejected", "", "", "empty", "", R"(,"id":4)"},
              {"\n", absl::StrFormat(R"({"title":"%s"})", std::string(3000, 'x')), "rejected", "", "", "too_long"},
              {"\n", "{\"title\":\"bad \xff utf-8\"}", "kept", "", "", "", "{\"title\":\"bad \xef\xbf\xbd utf-8\"}"},
          },
          "\n"};
}

Source PageSource() {
  const std::string body_1 = Words(3), body_2 = Words(4);
  const std::string head = "new\n\nGet trending papers in your email inbox!\n\nSubscribe\n\nbyAK and the research community\n\n";
  const std::string longer = Words(5) + " " + Words(6) + " " + Words(7);   // more than 250 code points: no title
  return {"b.txt",
          {
              {"\xef\xbb\xbf" + head, longer, "rejected", "", "", "orphan_body"},
              {"\n\nMar 14\n\n", "First Title\n\n" + body_1, "kept", "", "", "",
               Object("b.txt#2", "First Title", body_1, "Mar 14"), R"(,"snapshot":"Mar 14")"},
              {"\n  \n", "Second Title\r\n\r\nSubscribe\r\n\r\n" + body_2 + "\r\n \r\nmore of it", "kept", "", "", "",
               absl::StrFormat(R"({"id":"%s","ref":"b.txt#3","title":"Second Title","text":"%s\n\nmore of it","snapshot":"Mar 14"})",
                               IdOf({"Second Title", body_2, "more of it"}), body_2),
               R"(,"snapshot":"Mar 14")"},
              {"new\n\nGet trending papers in your email inbox!\n\nJune 3, 2024\n\n", "first title\n\n" + body_1, "exact",
               "b.txt#2", "1.000000", "", "", R"(,"snapshot":"June 3, 2024")"},
              {"\n\nSubscribe\n\n", "\"Quoted\" Title\twithout\nbody", "kept", "", "", "",
               absl::StrFormat(R"({"id":"%s","ref":"b.txt#5","title":"\"Quoted\" Title\twithout\nbody","text":"","snapshot":"June 3, 2024"})",
                               IdOf({"quoted title without body"})),
               R"(,"snapshot":"June 3, 2024")"},
          },
          "\n\nSubscribe\n"};
}

Source LineSource() {
  return {"c.txt", {{"", "one line", "kept", "", "", "", "one line"},
                    {"\r\n", " another \xe2\x82 line", "kept", "", "", "", " another \xef\xbf\xbd line"},
                    {"\n", "One line.", "exact", "c.txt#1", "1.000000"},
                    {"\n", "--", "rejected", "", "", "empty"}},
          ""};
}

std::string Lines(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

class AuditTest : public testing::Test {
 protected:
  AuditTest() : directory_(std::filesystem::temp_directory_path() / absl::StrFormat("audit_test.%d", getpid())) {
    std::filesystem::create_directories(directory_);
    std::filesystem::current_path(directory_);   // refs are names as given
    options_.command = Command::kAudit;
    options_.answer.segment.id_field = "id";
    options_.answer.segment.max_record_bytes = 2000;
    options_.audit_provenance = "provenance.jsonl";
    options_.audit_corpus = "corpus.jsonl";
    options_.run.threads = 1;
  }
  ~AuditTest() override {
    std::filesystem::current_path("/");
    std::error_code ignored;
    std::filesystem::remove_all(directory_, ignored);
  }

  static void Write(const std::string& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
  }

  void Use(const World& world) {
    options_.inputs = world.names;
    for (size_t i = 0; i < world.names.size(); ++i) Write(world.names[i], world.files[i]);
    Write("provenance.jsonl", Lines(world.provenance));
    Write("corpus.jsonl", Lines(world.corpus));
  }

  AuditResult Run() {
    auto result = Audit(options_);
    EXPECT_TRUE(result.ok()) << result.status();
    return result.ok() ? *std::move(result) : AuditResult();
  }

  // Found: a violation, or the file is not read at all.
  bool IsFound() {
    const auto result = Audit(options_);
    return !result.ok() || result->num_violations > 0;
  }

  Options options_;
  std::filesystem::path directory_;
};

class AuditWorld : public AuditTest {
 protected:
  AuditWorld() : world_(Build({JsonlSource(), PageSource(), LineSource()})) { Use(world_); }
  World world_;
};

TEST_F(AuditWorld, PassesAsItIs) {
  options_.audit_recall = true;
  const AuditResult result = Run();
  EXPECT_THAT(result.violations, IsEmpty());
  EXPECT_EQ(result.num_violations, 0U);
  EXPECT_EQ(result.records, 20U);
  EXPECT_EQ(result.kept, 8U);
  EXPECT_EQ(result.exact, 3U);
  EXPECT_EQ(result.near, 1U);
  EXPECT_EQ(result.rejected, 8U);
  EXPECT_EQ(result.pairs_left, 0U);
}

TEST_F(AuditWorld, PassesForAnyNumberOfThreads) {
  for (const int threads : {0, 2, 3}) {
    options_.run.threads = threads;
    EXPECT_THAT(Run().violations, IsEmpty()) << threads;
  }
}

TEST_F(AuditWorld, PassesWithoutACorpus) {
  options_.audit_corpus.clear();
  EXPECT_THAT(Run().violations, IsEmpty());
}

TEST_F(AuditWorld, PassesWhenEverythingIsCompressed) {
  for (const std::string& name : world_.names) {
    std::ifstream in(name, std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(in)), {});
    Write(name + ".gz", CompressGzip(bytes));
  }
  for (std::string& name : options_.inputs) name += ".gz";
  Write("provenance.jsonl", CompressGzip(Lines(world_.provenance)));
  Write("corpus.jsonl", CompressGzip(Lines(world_.corpus)));
  EXPECT_THAT(Run().violations, IsEmpty());
}

TEST_F(AuditWorld, FindsEveryChangedByteOfTheProvenance) {
  const std::string good = Lines(world_.provenance);
  for (size_t i = 0; i < good.size(); ++i) {
    for (const int change : {1, 0x20}) {
      std::string bad = good;
      bad[i] = static_cast<char>(bad[i] ^ change);
      Write("provenance.jsonl", bad);
      ASSERT_TRUE(IsFound()) << "byte " << i << " ^ " << change << ": ..." << bad.substr(i < 40 ? 0 : i - 40, 80);
    }
  }
}

TEST_F(AuditWorld, FindsEveryChangedByteOfTheCorpus) {
  const std::string good = Lines(world_.corpus);
  for (size_t i = 0; i < good.size(); ++i) {
    for (const int change : {1, 0x20}) {
      std::string bad = good;
      bad[i] = static_cast<char>(bad[i] ^ change);
      Write("corpus.jsonl", bad);
      ASSERT_TRUE(IsFound()) << "byte " << i << " ^ " << change << ": ..." << bad.substr(i < 40 ? 0 : i - 40, 80);
    }
  }
}

TEST_F(AuditWorld, FindsEveryCutOffEnd) {
  for (const auto& [path, good] : {std::pair("provenance.jsonl", Lines(world_.provenance)), std::pair("corpus.jsonl", Lines(world_.corpus))}) {
    for (size_t size = 0; size < good.size(); size += 7) {
      Write(path, good.substr(0, size));
      ASSERT_TRUE(IsFound()) << path << " of " << size << " bytes";
    }
    Write(path, good.substr(0, good.size() - 1));
    EXPECT_TRUE(IsFound()) << path;
    Write(path, good + "\n");
    EXPECT_TRUE(IsFound()) << path;
    Write(path, good);
  }
}

TEST_F(AuditWorld, FindsDroppedRepeatedAndSwappedLines) {
  for (const auto& [path, good] : {std::pair("provenance.jsonl", world_.provenance), std::pair("corpus.jsonl", world_.corpus)}) {
    for (size_t i = 0; i < good.size(); ++i) {
      std::vector<std::string> bad = good;
      bad.erase(bad.begin() + static_cast<std::ptrdiff_t>(i));
      Write(path, Lines(bad));
      EXPECT_TRUE(IsFound()) << path << " without line " << i + 1;
      bad = good;
      bad.insert(bad.begin() + static_cast<std::ptrdiff_t>(i), good[i]);
      Write(path, Lines(bad));
      EXPECT_TRUE(IsFound()) << path << " with line " << i + 1 << " twice";
      if (i == 0) continue;
      bad = good;
      std::swap(bad[i - 1], bad[i]);
      Write(path, Lines(bad));
      EXPECT_TRUE(IsFound()) << path << " with lines " << i << " and " << i + 1 << " swapped";
    }
    Write(path, Lines(good));
  }
}

TEST_F(AuditWorld, NamesTheOneLineThatIsMissingFromTheCorpusOrTooMany) {
  std::vector<std::string> bad = world_.corpus;
  bad.erase(bad.begin() + 1);
  Write("corpus.jsonl", Lines(bad));
  EXPECT_THAT(Run().violations, testing::ElementsAre("a.jsonl#3: is kept but not in the corpus"));
  bad = world_.corpus;
  bad.insert(bad.begin() + 2, R"({"title":"smuggled in"})");
  Write("corpus.jsonl", Lines(bad));
  EXPECT_THAT(Run().violations, testing::ElementsAre("corpus line 3: belongs to no kept record in turn"));
  bad = world_.corpus;
  bad[2] = R"({"title":"changed"})";
  Write("corpus.jsonl", Lines(bad));
  EXPECT_THAT(Run().violations, testing::ElementsAre("a.jsonl#11: corpus line 3 is not its text"));
}

struct Tampering {
  const char* name;
  size_t line;            // of the provenance, from 1
  const char* from;
  const char* to;
  const char* violation;
};

class AuditTampering : public AuditWorld, public testing::WithParamInterface<Tampering> {};

TEST_P(AuditTampering, IsFound) {
  const Tampering& t = GetParam();
  std::string& line = world_.provenance.at(t.line - 1);
  const size_t at = line.find(t.from);
  ASSERT_NE(at, std::string::npos) << line;
  line.replace(at, std::string_view(t.from).size(), t.to);
  Write("provenance.jsonl", Lines(world_.provenance));
  options_.audit_corpus.clear();   // what the provenance says must do
  EXPECT_THAT(Run().violations, Contains(HasSubstr(t.violation)));
}

INSTANTIATE_TEST_SUITE_P(
    Claims, AuditTampering,
    testing::ValuesIn(std::vector<Tampering>{
        {"OtherSimilarity", 4, "0.882353", "0.882354", "its similarity to a.jsonl#3 is 0.882353, not 0.882354"},
        {"SimilarityWithMoreDigits", 4, "0.882353", "0.8823530", "its similarity"},
        {"SimilarityAsText", 4, "0.882353", "\"0.882353\"", "its similarity"},
        {"OtherWitness", 4, "a.jsonl#3", "a.jsonl#1", "its similarity to a.jsonl#1 is 0.000000"},
        {"WitnessInAnotherSource", 4, "a.jsonl#3", "c.txt#1", "does not come before it in the order of --keep first"},
        {"WitnessIsRemoved", 20 - 1, "c.txt#1\",\"sim", "a.jsonl#2\",\"sim", "its witness a.jsonl#2 is not kept"},
        {"WitnessIsRejected", 4, "a.jsonl#3\",\"sim", "a.jsonl#5\",\"sim", "its witness a.jsonl#5 is not kept"},
        {"WitnessDoesNotExist", 4, "a.jsonl#3\",\"sim", "a.jsonl#99\",\"sim", "its witness is no record of these inputs"},
        {"WitnessIsItself", 4, "a.jsonl#3\",\"sim", "a.jsonl#4\",\"sim", "is not kept"},
        {"NearSaidToBeExact", 4, "near", "exact", "is exact but its tokens differ"},
        {"ExactSaidToBeNear", 2, "exact", "near", "is near but its tokens equal"},
        {"RemovedSaidToBeKept", 2, "\"exact\",\"witness\":\"a.jsonl#1\",\"similarity\":1.000000", "\"kept\"",
         "is kept although its tokens equal those of a.jsonl#1"},
        {"KeptSaidToBeRejected", 1, "\"kept\"", "\"rejected\",\"reason\":\"empty\",\"line\":1", "is rejected as empty without cause"},
        {"RejectedSaidToBeKept", 9, "\"rejected\",\"reason\":\"empty\",\"line\":11", "\"kept\"", "is kept and should be rejected as empty"},
        {"InvalidSaidToBeKept", 5, "\"rejected\",\"reason\":\"invalid_json\",\"line\":7", "\"kept\"",
         "is kept and should be rejected as invalid_json"},
        {"OtherReason", 7, "no_match_field", "field_not_string", "is rejected as field_not_string; the reason is no_match_field"},
        {"UnknownReason", 7, "no_match_field", "bad_mood", "rejected for no known reason"},
        {"OtherLine", 7, "\"line\":9", "\"line\":8", "should say"},
        {"OtherId", 1, "\"id\":17", "\"id\":18", "should say"},
        {"IdAsText", 1, "\"id\":17", "\"id\":\"17\"", "should say"},
        {"OtherSnapshot", 13, "\"snapshot\":\"Mar 14\"", "\"snapshot\":\"Mar 15\"", "should say"},
        {"NoSnapshot", 13, ",\"snapshot\":\"Mar 14\"", "", "should say"},
        {"AnotherMember", 1, "}", ",\"note\":1}", "should say"},
        {"AnotherOrder", 1, "\"ordinal\":1,\"offset\":0", "\"offset\":0,\"ordinal\":1", "should say"},
        {"ASpace", 1, "\"ordinal\":1", "\"ordinal\": 1", "should say"},
        {"OtherOrdinal", 1, "\"ordinal\":1", "\"ordinal\":2", "should say"},
        {"OtherRef", 1, "a.jsonl#1", "a.jsonl#2", "should say"},
        {"UnknownSource", 1, "\"source\":\"a.jsonl\"", "\"source\":\"z.jsonl\"", "names a source that is not among the inputs"},
        {"ShorterSpan", 2, "\"bytes\":133", "\"bytes\":132", "does not end where text ends"},
        {"EmptySpan", 2, "\"bytes\":133", "\"bytes\":0", "does not end where text ends"},
        {"SpanBehindTheEnd", 11, "\"bytes\":23", "\"bytes\":2300000", "ends behind the source"},
        {"SpanOfHugeOffset", 11, "\"bytes\":23", "\"bytes\":18446744073709551615", "ends behind the source"},
        {"KeptSaidToBeOrphan", 14, "\"kept\"", "\"rejected\",\"reason\":\"orphan_body\",\"line\":17",
         "is no orphan: a title comes before it on its page"},
        {"OrphanSaidToBeKept", 12, "\"rejected\",\"reason\":\"orphan_body\",\"line\":9", "\"kept\"",
         "is kept and should be rejected as orphan_body"},
    }),
    [](const auto& param) { return std::string(param.param.name); });

TEST_F(AuditWorld, FindsSpansThatAreCutOrJoined) {
  // The body of a page record is left out: it belongs to nothing.
  Source page = PageSource();
  Entry& second = page.entries[2];
  page.entries[3].before = second.raw.substr(12) + page.entries[3].before;
  second.raw.resize(12);
  Use(Build({JsonlSource(), page, LineSource()}));
  EXPECT_THAT(Run().violations, Contains(HasSubstr("belongs to no record")));
  // Two lines are one record.
  Source lines = LineSource();
  lines.entries[0].raw += lines.entries[1].before + lines.entries[1].raw;
  lines.entries.erase(lines.entries.begin() + 1);
  Use(Build({JsonlSource(), PageSource(), lines}));
  EXPECT_THAT(Run().violations, Contains(HasSubstr("is more than one record")));
  // A record takes the furniture behind it.
  page = PageSource();
  page.entries[4].raw += "\n\nSubscribe";
  page.tail = "\n";
  Use(Build({JsonlSource(), page, LineSource()}));
  EXPECT_THAT(Run().violations, Contains(HasSubstr("does not end where text ends")));
  // Two pages are one record.
  page = PageSource();
  page.entries[2].raw += page.entries[3].before + page.entries[3].raw;
  page.entries.erase(page.entries.begin() + 3);
  Use(Build({JsonlSource(), page, LineSource()}));
  EXPECT_THAT(Run().violations, Contains(HasSubstr("reaches into the next page")));
}

TEST_F(AuditWorld, TakesTheOptionsIntoAccount) {
  options_.answer.threshold = .9;
  EXPECT_THAT(Run().violations, Contains(HasSubstr("its similarity to a.jsonl#3, 0.882353, is below 0.9")));
  options_.answer.threshold = 15.0 / 17;
  EXPECT_THAT(Run().violations, IsEmpty());
  options_.answer.shingle_tokens = 4;
  EXPECT_THAT(Run().violations, Contains(HasSubstr("its similarity to a.jsonl#3 is 0.888889")));
  options_.answer.shingle_tokens = 5;
  options_.answer.segment.require_body = true;
  EXPECT_THAT(Run().violations, Contains(HasSubstr("b.txt#5: is kept and should be rejected as title_without_body")));
  options_.answer.segment.require_body = false;
  options_.answer.segment.match_fields = {"text"};
  EXPECT_THAT(Run().violations, Contains(HasSubstr("a.jsonl#9: is rejected as empty; the reason is no_match_field")));
  options_.answer.segment.match_fields.clear();
  options_.answer.keep = KeepPolicy::kLast;
  EXPECT_THAT(Run().violations, Contains("a.jsonl#2: its witness a.jsonl#1 does not come before it in the order of --keep last"));
}

TEST_F(AuditTest, ListsThePairsThatSurvivedUnderRecall) {
  const std::string one = Words(1), two = Words(1, "other");
  Use(Build({{"a.txt", {{"", one, "kept", "", "", "", one}, {"\n", two, "kept", "", "", "", two}}, "\n"}}));
  options_.answer.layout = LayoutKind::kLines;
  EXPECT_THAT(Run().violations, IsEmpty());
  options_.audit_recall = true;
  const AuditResult result = Run();
  EXPECT_EQ(result.pairs_left, 1U);
  EXPECT_THAT(result.violations, testing::ElementsAre("a.txt#2: pair left: similarity 0.882353 to a.txt#1, which is kept too"));
}

TEST_F(AuditTest, LetsARepeatOfARemovedRecordHaveItsWitnessOnly) {
  const std::string one = Words(1), two = Words(1, "other"), three = Words(1, "third");
  std::vector<Entry> entries = {{"", one, "kept", "", "", "", one},
                                {"\n", two, "near", "a.txt#1", kSimilarity},
                                {"\n", two + "!", "near", "a.txt#1", kSimilarity},
                                {"\n", Words(2), "kept", "", "", "", Words(2)}};
  options_.answer.layout = LayoutKind::kLines;
  Use(Build({{"a.txt", entries, ""}}));
  EXPECT_THAT(Run().violations, IsEmpty());
  entries[2].witness = "a.txt#2";
  entries[2].fate = "exact";
  entries[2].similarity = "1.000000";
  Use(Build({{"a.txt", entries, ""}}));
  EXPECT_THAT(Run().violations, Contains(HasSubstr("its witness a.txt#2 is not kept")));
}

// --keep: the witness comes later, and still has priority.
TEST_F(AuditTest, KnowsThePrioritiesOfEveryKeepPolicy) {
  auto line = [](const std::string& last, const std::string& value) {
    return absl::StrFormat(R"({"text":"%s","v":%s})", Words(1, last), value);
  };
  struct Case {
    const char* keep;
    std::string first, second;   // values of v
    bool first_stays;
  };
  for (const Case& c : std::vector<Case>{{"first", "1", "2", true},
                                         {"last", "1", "2", false},
                                         {"longest", "1", "2", true},
                                         {"v:max", "9", "10", false},
                                         {"v:min", "9", "10", true},
                                         {"v:max", "2", "2.0", true},
                                         {"v:max", R"("a")", R"("b")", false},
                                         {"v:min", R"("a")", R"("b")", true},
                                         {"v:max", R"("b")", "1", false},
                                         {"v:min", R"("b")", "1", false},
                                         {"v:max", "null", R"("")", false},
                                         {"v:min", "[1]", "1", false},
                                         {"v:max", "false", "true", false}}) {
    const std::string a = line("end", c.first), b = line("other", c.second);
    const Entry kept_a{"", a, "kept", "", "", "", a}, near_a{"", a, "near", "a.jsonl#2", kSimilarity};
    const Entry kept_b{"\n", b, "kept", "", "", "", b}, near_b{"\n", b, "near", "a.jsonl#1", kSimilarity};
    ASSERT_TRUE(ParseKeepPolicy(c.keep, options_.answer).ok());
    options_.answer.segment.id_field.clear();
    Use(Build({{"a.jsonl", {c.first_stays ? kept_a : near_a, c.first_stays ? near_b : kept_b}, "\n"}}));
    EXPECT_THAT(Run().violations, IsEmpty()) << c.keep << " " << c.first << " " << c.second;
    Use(Build({{"a.jsonl", {c.first_stays ? near_a : kept_a, c.first_stays ? kept_b : near_b}, "\n"}}));
    EXPECT_THAT(Run().violations, Contains(HasSubstr("does not come before it"))) << c.keep << " " << c.first << " " << c.second;
  }
}

TEST_F(AuditTest, ChecksAnnotationsByteForByte) {
  const std::string one = absl::StrFormat(R"({ "unecho" : {"copies":["old"]} , "text":"%s" , "x":1 } )", Words(1));
  const std::string copy = absl::StrFormat(R"({"text":"%s"})", Words(1, "other"));
  const std::string annotation = absl::StrFormat(R"({"ref":"a.jsonl#1","id":"%s","copies":["a.jsonl#2","b.txt#2"]})", IdOf({Words(1)}));
  const std::string title = "A Title";
  std::string object = Object("b.txt#1", title, Words(2), "");
  object.pop_back();
  object += absl::StrFormat(R"(,"unecho":{"ref":"b.txt#1","id":"%s","copies":[]}})", IdOf({title, Words(2)}));
  const World world = Build(
      {{"a.jsonl",
        {{"", one, "kept", "", "", "", absl::StrFormat(R"({ "text":"%s" , "x":1,"unecho":%s})", Words(1), annotation)},
         {"\n", copy, "near", "a.jsonl#1", kSimilarity}},
        "\n"},
       {"b.txt",
        {{"Subscribe\n\n", title + "\n\n" + Words(2), "kept", "", "", "", object},
         {"\n\n", Words(1), "exact", "a.jsonl#1", "1.000000"}},
        "\n"}});
  options_.answer.annotate = true;
  Use(world);
  EXPECT_THAT(Run().violations, IsEmpty());
  const std::string good = Lines(world.corpus);
  for (size_t i = 0; i < good.size(); ++i) {
    std::string bad = good;
    bad[i] = static_cast<char>(bad[i] ^ 1);
    Write("corpus.jsonl", bad);
    ASSERT_TRUE(IsFound()) << "byte " << i;
  }
  Write("corpus.jsonl", good);
  options_.answer.annotate = false;
  EXPECT_TRUE(IsFound());
}

TEST_F(AuditTest, TakesATextSourceAsOneRecord) {
  options_.answer.layout = LayoutKind::kText;
  const std::string text = " two\n\nparagraphs\r\nand a line";
  Use(Build({{"a.txt", {{"\xef\xbb\xbf", text, "kept", "", "", "", absl::StrFormat(
      R"({"id":"%s","ref":"a.txt#1","title":"","text":" two\n\nparagraphs\nand a line","snapshot":null})", IdOf({text}))}}, " \r\n"},
             {"b.txt", {}, " \n"},
             {"c.txt", {}, ""}}));
  EXPECT_THAT(Run().violations, IsEmpty());
}

TEST_F(AuditTest, SaysWhatItCannotRead) {
  Use(Build({LineSource()}));
  options_.inputs = {"nowhere.txt"};
  EXPECT_FALSE(Audit(options_).ok());
  options_.inputs = {"c.txt"};
  options_.audit_corpus = "nowhere.jsonl";
  EXPECT_FALSE(Audit(options_).ok());
  options_.audit_corpus.clear();
  options_.audit_report = "c.txt";
  EXPECT_THAT(std::string(Audit(options_).status().message()), HasSubstr("is not a report"));
  options_.audit_report.clear();
  options_.audit_provenance.clear();
  EXPECT_THAT(std::string(Audit(options_).status().message()), HasSubstr("--provenance"));
}

TEST_F(AuditTest, FindsInputsThatAreMissingOrTooMany) {
  Use(Build({LineSource(), PageSource()}));
  EXPECT_THAT(Run().violations, IsEmpty());
  options_.inputs = {"c.txt"};
  EXPECT_THAT(Run().violations, Contains(HasSubstr("names a source that is not among the inputs")));
  Write("d.txt", "a forgotten line\n");
  options_.inputs = {"c.txt", "b.txt", "d.txt"};
  EXPECT_THAT(Run().violations, testing::ElementsAre("d.txt: the text at bytes 0 to 16 belongs to no record"));
  options_.inputs = {"b.txt", "c.txt"};
  EXPECT_TRUE(IsFound());
}

}  // namespace
}  // namespace unecho
