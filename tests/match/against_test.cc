// Decontamination, held against a plain oracle: sets of strings.
#include "match/against.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <set>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "simdjson.h"
#include "support/pipeline_run.h"
#include "support/temporary_folder.h"
#include "unecho/audit.h"
#include "unecho/listener.h"
#include "unecho/pipeline.h"

namespace unecho::against_test {
namespace {

namespace fs = std::filesystem;

using Tokens = std::vector<std::string>;

std::set<std::string> Runs(const Tokens& tokens, size_t n) {
  std::set<std::string> runs;
  for (size_t at = 0; at + n <= tokens.size(); ++at) {
    runs.insert(absl::StrJoin(tokens.begin() + static_cast<std::ptrdiff_t>(at),
                              tokens.begin() + static_cast<std::ptrdiff_t>(at + n), " "));
  }
  return runs;
}

size_t Common(const std::set<std::string>& a, const std::set<std::string>& b) {
  return static_cast<size_t>(std::ranges::count_if(a, [&b](const std::string& run) { return b.contains(run); }));
}

struct Verdict {
  size_t text = 0;
  size_t ngrams = 0;
  double similarity = 0;
  bool contaminated = false;
};

// The rule of against.h, word for word. Tokens are ASCII words here: equal as strings.
Verdict Oracle(const Tokens& record, const std::vector<Tokens>& evaluation, size_t n, double threshold) {
  const auto similarity = [&](const Tokens& a, const Tokens& b) {
    const auto x = Runs(a, std::min<size_t>(5, a.size())), y = Runs(b, std::min<size_t>(5, b.size()));
    const double common = static_cast<double>(Common(x, y));
    return common / (static_cast<double>(x.size() + y.size()) - common);
  };
  Verdict verdict;
  for (size_t i = 0; i < evaluation.size(); ++i) {
    const Tokens& text = evaluation[i];
    const size_t length = std::min(n, text.size());
    if (length < std::min<size_t>(n, 8)) continue;
    const size_t shared = Common(Runs(record, length), Runs(text, length));
    if (shared > verdict.ngrams) verdict = {i, shared, 0, true};
  }
  if (verdict.contaminated) {
    const double j = similarity(record, evaluation[verdict.text]);
    if (j >= threshold) verdict.similarity = j;
    return verdict;
  }
  for (size_t i = 0; i < evaluation.size(); ++i) {
    const double j = similarity(record, evaluation[i]);
    if (j >= threshold && j > verdict.similarity) verdict = {i, 0, j, true};
  }
  return verdict;
}

std::string Json(const std::string& text) { return absl::StrFormat("{\"text\": \"%s\"}\n", text); }
std::string Line(const Tokens& tokens) { return Json(absl::StrJoin(tokens, " ")); }

class AgainstTest : public InTemporaryFolder {
 protected:
  AgainstTest() { options_.answer.against = {"eval.jsonl"}; }
  // The provenance, line by line.
  std::vector<std::string> Run() const {
    RunOrFail(options_);
    return LinesOf("provenance");
  }
  AuditResult AuditRecall() const { return AuditOf(options_, true); }

  PipelineOptions options_ = RunOf({"in.jsonl"});
};

struct TwoSides {
  std::vector<Tokens> records, evaluation;
};

// Records and evaluation records that share pieces of all lengths, whole texts, and texts with a few words changed.
TwoSides RandomSides(std::mt19937& random, size_t records, size_t evaluation, unsigned vocabulary) {
  const auto text = [&] {
    Tokens tokens(1 + random() % (random() % 3 == 0 ? 12 : 60));
    for (std::string& token : tokens) token = absl::StrFormat("w%d", random() % vocabulary);
    return tokens;
  };
  TwoSides sides;
  for (size_t i = 0; i < evaluation; ++i) {
    sides.evaluation.push_back(i > 0 && random() % 10 == 0 ? sides.evaluation[random() % i] : text());
  }
  for (size_t i = 0; i < records; ++i) {
    Tokens tokens = text();
    const Tokens& other = sides.evaluation[random() % evaluation];
    switch (random() % 5) {
      case 0: {
        const size_t from = random() % other.size(), size = 1 + random() % (other.size() - from);
        tokens.insert(tokens.begin() + static_cast<std::ptrdiff_t>(random() % tokens.size()),
                      other.begin() + static_cast<std::ptrdiff_t>(from),
                      other.begin() + static_cast<std::ptrdiff_t>(from + size));
        break;
      }
      case 1:
        tokens = other;
        for (auto edits = random() % 3; edits > 0; --edits)
          tokens[random() % tokens.size()] = absl::StrFormat("x%d", random() % vocabulary);
        break;
      case 2:
        if (i > 0) tokens = sides.records[random() % i];
        break;
      default: break;
    }
    sides.records.push_back(tokens);
  }
  return sides;
}

TEST_F(AgainstTest, DecidesAsSetsOfStringsDo) {
  simdjson::dom::parser parser;
  std::mt19937 random(7);
  for (const int n : {1, 2, 5, 8, 9, 13, 20, 64}) {
    for (const unsigned vocabulary : {30U, 100000U}) {
      if (n <= 2 && vocabulary == 30) continue;  // everything shares something
      const TwoSides sides = RandomSides(random, 400, 60, vocabulary);
      std::string in, evaluation;
      for (const Tokens& tokens : sides.records) in += Line(tokens);
      for (const Tokens& tokens : sides.evaluation) evaluation += Line(tokens);
      Write("in.jsonl", in);
      Write("eval.jsonl", evaluation);
      options_.answer.against_ngram_tokens = n;
      options_.answer.exact_join = false;
      const std::vector<std::string> lines = Run();
      ASSERT_EQ(lines.size(), sides.records.size());
      size_t contaminated = 0, near_only = 0;
      for (size_t i = 0; i < lines.size(); ++i) {
        const Verdict want = Oracle(sides.records[i], sides.evaluation, static_cast<size_t>(n), 0.7);
        const simdjson::dom::element record = parser.parse(lines[i]);
        const bool is_contaminated = record["fate"].get_string().value() == "contaminated";
        ASSERT_EQ(is_contaminated, want.contaminated) << "n " << n << ": " << lines[i];
        if (!is_contaminated) continue;
        ++contaminated;
        near_only += want.ngrams == 0;
        EXPECT_EQ(record["witness"].get_string().value(), absl::StrFormat("eval.jsonl#%d", want.text + 1)) << lines[i];
        EXPECT_EQ(record["ngrams"].get_uint64().value(), want.ngrams) << lines[i];
        double similarity = 0;
        EXPECT_EQ(record["similarity"].get(similarity) == simdjson::SUCCESS, want.similarity > 0) << lines[i];
        EXPECT_NEAR(similarity, want.similarity, 1e-6) << lines[i];
      }
      EXPECT_GT(contaminated, 20u) << n;
      EXPECT_TRUE(near_only > 0 || n < 13 || vocabulary == 30) << n;
      EXPECT_EQ(AuditRecall().num_violations, 0u) << "n " << n << ", " << vocabulary << " words";
      options_.answer.exact_join = true;
      EXPECT_EQ(Run(), lines) << "by the exact join, n " << n;
    }
  }
}

TEST_F(AgainstTest, WritesTheSameBytesForAnyThreadsAndBatchesAndOrderOfKeeping) {
  std::mt19937 random(3);
  const TwoSides sides = RandomSides(random, 1500, 100, 100000);
  std::string in, evaluation;
  for (const Tokens& tokens : sides.records) in += Line(tokens);
  for (const Tokens& tokens : sides.evaluation) evaluation += Line(tokens);
  Write("in.jsonl", in);
  Write("eval.jsonl", evaluation);
  std::vector<std::string> contaminated;
  for (const KeepPolicy keep : {KeepPolicy::kFirst, KeepPolicy::kLast, KeepPolicy::kLongest}) {
    options_.answer.keep = keep;
    options_.run = RunOptions();
    const std::vector<std::string> want = Run();
    const std::string corpus = ReadAll("corpus");
    EXPECT_EQ(AuditRecall().num_violations, 0u) << KeepPolicyName(options_.answer);
    for (const int threads : {1, 2, 8}) {
      for (const size_t batch_bytes : {size_t{2} << 10, size_t{64} << 10}) {
        options_.run.threads = threads;
        options_.run.batch_bytes = batch_bytes;
        EXPECT_EQ(Run(), want) << threads << " threads, batches of " << batch_bytes;
        EXPECT_TRUE(ReadAll("corpus") == corpus);
      }
    }
    // Contamination follows from the tokens alone.
    std::vector<std::string> lines;
    std::ranges::copy_if(want, std::back_inserter(lines),
                         [](const std::string& line) { return line.find("contaminated") != line.npos; });
    if (contaminated.empty()) contaminated = lines;
    EXPECT_EQ(lines, contaminated) << KeepPolicyName(options_.answer);
  }
  EXPECT_GT(contaminated.size(), 100u);
}

std::string Numbered(int from, int to) {
  std::string text;
  for (int i = from; i < to; ++i) text += absl::StrFormat("w%d ", i);
  return text;
}

TEST_F(AgainstTest, AContaminatedRecordIsNobodysWitness) {
  // The second is near the first, and shares 12 tokens in a row with the evaluation record where the first shares 13.
  Write("eval.jsonl", Json(Numbered(0, 13)));
  Write("in.jsonl", "{\"text\":\"" + Numbered(0, 100) + "\"}\n{\"text\":\"" + Numbered(1, 100) + "\"}\n{\"text\":\"" +
                        Numbered(1, 101) + "\"}\n");
  for (const bool deferred : {false, true}) {
    options_.answer.annotate = deferred;
    const std::vector<std::string> lines = Run();
    EXPECT_NE(lines[0].find(R"("fate":"contaminated","witness":"eval.jsonl#1","ngrams":1})"), std::string::npos)
        << lines[0];
    EXPECT_NE(lines[1].find(R"("fate":"kept",)"), std::string::npos) << lines[1];
    EXPECT_NE(lines[2].find(R"("fate":"near","witness":"in.jsonl#2")"), std::string::npos) << lines[2];
    EXPECT_EQ(AuditRecall().num_violations, 0u);
  }
}

TEST_F(AgainstTest, FindsRunsAcrossCaseScriptAndTheBoundaryOfTitleAndText) {
  Write("eval.jsonl", "{\"title\":\"Straße NAÏVE ﬁne\",\"text\":\"的一是 four five six seven eight nine ten\"}\n");
  Write("in.jsonl",
        "{\"text\":\"so: STRASSE, naive\\u0308?\"}\n"
        "{\"text\":\"so: STRASSE, nai\\u0308ve, fine; 的 一 是 FOUR five six seven eight nine ten... and more, much "
        "more of it than is near\"}\n");
  for (const bool exact_join : {false, true}) {
    options_.answer.exact_join = exact_join;
    const std::vector<std::string> lines = Run();
    EXPECT_NE(lines[0].find(R"("fate":"kept")"), std::string::npos) << lines[0];
    EXPECT_NE(lines[1].find(R"("fate":"contaminated","witness":"eval.jsonl#1","ngrams":1})"), std::string::npos)
        << lines[1];
    EXPECT_EQ(AuditRecall().num_violations, 0u);
  }
}

TEST_F(AgainstTest, RefusesASetOfWhichNothingCanBeUsed) {
  Write("eval.jsonl", "{\"claim\":[17],\"verdict\":null}\n");
  Write("in.jsonl", "{\"text\":\"which fields?\"}\n");
  Listener listener;
  const auto refused = RunPipeline(options_, "test", listener);
  ASSERT_FALSE(refused.ok());
  EXPECT_NE(std::string(refused.status().message()).find("--against-fields"), std::string::npos) << refused.status();
  EXPECT_FALSE(fs::exists("provenance"));
  Write("eval.jsonl", "{\"claim\":\"which fields?\",\"text\":\"another\"}\n");
  options_.answer.against_fields = {"claim", "verdict"};
  const auto unknown = RunPipeline(options_, "test", listener);
  EXPECT_NE(std::string(unknown.status().message()).find("'verdict'"), std::string::npos) << unknown.status();
  options_.answer.against_fields = {"claim"};
  EXPECT_NE(Run().at(0).find("contaminated"), std::string::npos);
}

struct Tampering {
  const char* name;
  const char* from;
  const char* to;
  const char* violation;
};

TEST_F(AgainstTest, TheAuditFindsEveryWrongClaimOfContamination) {
  Write("eval.jsonl", "{\"text\":\"" + Numbered(0, 20) + "\"}\n{\"text\":\"" + Numbered(50, 70) + "\"}\n{\"text\":\"" +
                          Numbered(90, 94) + "\"}\n");
  Write("in.jsonl", "{\"text\":\"" + Numbered(0, 18) + "\"}\n{\"text\":\"" + Numbered(0, 40) + "\"}\n{\"text\":\"" +
                        Numbered(90, 94) + "\"}\n{\"text\":\"" + Numbered(200, 220) + "\"}\n");
  const std::string good = [&] {
    Run();
    return ReadAll("provenance");
  }();
  options_.output = "";
  for (const Tampering& t : {
           Tampering{"count", "\"ngrams\":6", "\"ngrams\":7",
                     "shares 6 runs of tokens with an evaluation record, not 7"},
           Tampering{"witness", "eval.jsonl#1", "eval.jsonl#2",
                     "shares most runs of tokens with eval.jsonl#1, not with eval.jsonl#2"},
           Tampering{"no witness", "eval.jsonl#1", "eval.jsonl#9", "is no record of the evaluation sets"},
           Tampering{"similarity", "\"similarity\":0.875000,", "", "its similarity to eval.jsonl#1"},
           Tampering{"other similarity", "0.875000", "0.875001", "its similarity to eval.jsonl#1"},
           Tampering{"near", "\"witness\":\"eval.jsonl#3\"", "\"witness\":\"eval.jsonl#2\"",
                     "shares nothing with eval.jsonl#2"},
           Tampering{"kept", "\"contaminated\",\"witness\":\"eval.jsonl#1\",\"ngrams\":8", "\"kept\"",
                     "it should be contaminated"},
           Tampering{"innocent", "\"kept\"", "\"contaminated\",\"witness\":\"eval.jsonl#1\",\"ngrams\":1",
                     "shares 0 runs"},
       }) {
    std::string bad = good;
    const size_t at = bad.find(t.from);
    ASSERT_NE(at, std::string::npos) << t.name << "\n" << good;
    Write("provenance", bad.replace(at, std::string_view(t.from).size(), t.to));
    AuditOptions options = AuditOptionsFor(options_);
    options.corpus.clear();
    options.provenance = "provenance";
    const auto audit = Audit(options);
    ASSERT_TRUE(audit.ok()) << audit.status();
    EXPECT_NE(absl::StrJoin(audit->violations, "\n").find(t.violation), std::string::npos)
        << t.name << ":\n"
        << absl::StrJoin(audit->violations, "\n");
  }
}

}  // namespace
}  // namespace unecho::against_test
