// The library's own way in, against what the pipeline says of the same records.
#include "unecho/deduplicator.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <random>
#include <span>

#include "support/pipeline_run.h"
#include "support/temporary_folder.h"
#include "unecho/listener.h"
#include "unecho/pipeline.h"
#include "unecho/record_stream.h"

namespace unecho::deduplicator_test {
namespace {

class DeduplicatorTest : public InTemporaryFolder {};

// Pages of titles and texts, with repeats and near repeats.
std::string Jsonl(unsigned seed, int records) {
  std::mt19937 random(seed);
  std::vector<std::string> words;
  std::string lines;
  for (int i = 0; i < records; ++i) {
    if (words.empty() || random() % 2 == 0) {
      words.resize(30 + random() % 40);
      for (std::string& word : words) word = "w" + std::to_string(random() % 5000);
    }
    for (uint64_t changes = random() % 4; changes > 0; --changes)
      words[random() % words.size()] = "x" + std::to_string(random() % 5000);
    std::string text;
    for (const std::string& word : words) text += word + " ";
    lines += i % 40 == 39 ? "broken\n" : "{\"title\":\"A title\",\"text\":\"" + (i % 40 == 38 ? "..." : text) + "\"}\n";
  }
  return lines;
}

std::vector<Decision> ByPipeline(const std::string& path, const std::string& provenance, double threshold) {
  PipelineOptions options = RunOf({path});
  options.output.clear();
  options.provenance = provenance;
  options.answer.threshold = threshold;
  options.dry_run = true;
  RunOrFail(options);
  return ReadProvenance(provenance);
}

TEST_F(DeduplicatorTest, AnswersAsThePipelineDoes) {
  const std::string path = Write("in.jsonl", Jsonl(1, 2000));
  for (const double threshold : {.5, .7, .9}) {
    const std::vector<Decision> want = ByPipeline(path, Path("provenance"), threshold);
    std::vector<Decision> got;
    std::vector<std::string> refs;
    Deduplicator deduplicator({.threshold = threshold});
    RecordStream records({path});
    for (TextRecord record;;) {
      const auto more = records.Next(record);
      ASSERT_TRUE(more.ok()) << more.status();
      if (!*more) break;
      Decision story{record.ref(), {}, std::string(Name(Fate::kRejected)), {}, 0};
      if (record.reason == Reason::kNone) {
        const auto answer = deduplicator.Add(record.pieces, record.begins_with_title);
        ASSERT_TRUE(answer.ok()) << answer.status();
        story.fate = Name(answer->fate);
        if (answer->fate == Fate::kExact || answer->fate == Fate::kNear) {
          story.witness = refs.at(answer->witness);
          story.similarity = std::round(answer->similarity * 1e6) / 1e6;
        }
        refs.push_back(story.ref);
      }
      got.push_back(story);
    }
    EXPECT_EQ(got, want) << threshold;
    EXPECT_EQ(deduplicator.num_added(), refs.size());
    EXPECT_GT(deduplicator.num_kept(), 100u);
    EXPECT_LT(deduplicator.num_kept(), 1900u);
  }
}

TEST_F(DeduplicatorTest, ManyAtOnceAreAsOneByOne) {
  std::vector<std::string> texts;
  RecordStream records({Write("in.jsonl", Jsonl(2, 1500))});
  for (TextRecord record; *records.Next(record);) {
    if (record.reason == Reason::kNone) texts.emplace_back(record.pieces.back());
  }
  texts.emplace_back("");
  texts.emplace_back(" \n");
  const std::vector<std::string_view> views(texts.begin(), texts.end());
  Deduplicator together, apart;
  const auto answers = together.AddAll(views);
  ASSERT_TRUE(answers.ok()) << answers.status();
  ASSERT_EQ(answers->size(), texts.size());
  for (size_t i = 0; i < texts.size(); ++i) {
    const auto answer = apart.Add(texts[i]);
    ASSERT_TRUE(answer.ok());
    EXPECT_EQ(answer->fate, (*answers)[i].fate) << i;
    EXPECT_EQ(answer->witness, (*answers)[i].witness) << i;
    EXPECT_EQ(answer->similarity, (*answers)[i].similarity) << i;
  }
  EXPECT_EQ((*answers)[texts.size() - 1].fate, Fate::kRejected);
  EXPECT_GT(together.memory_bytes(), 0u);
}

// The texts of a file that no layout rejects, with their references.
struct Texts {
  std::vector<std::string> refs;
  std::vector<std::vector<std::string>> pieces;
};
Texts TextsOf(const std::string& path) {
  Texts texts;
  RecordStream records({path});
  for (TextRecord record; *records.Next(record);) {
    if (record.reason != Reason::kNone) continue;
    texts.refs.push_back(record.ref());
    texts.pieces.emplace_back(record.pieces.begin(), record.pieces.end());
  }
  return texts;
}

// Of those lines of the provenance that are of such texts.
std::vector<Decision> Only(const std::vector<std::string>& refs, const std::vector<Decision>& all) {
  std::vector<Decision> some;
  for (const Decision& each : all) {
    if (std::ranges::find(refs, each.ref) != refs.end()) some.push_back(each);
  }
  return some;
}

Decision AsDecision(const std::vector<std::string>& refs, size_t i, const Deduplicator::Answer& answer) {
  Decision decision{refs[i], {}, std::string(Name(answer.fate)), {}, 0};
  if (answer.fate != Fate::kExact && answer.fate != Fate::kNear) return decision;
  decision.witness = refs.at(answer.witness);
  decision.similarity = std::round(answer.similarity * 1e6) / 1e6;
  return decision;
}

TEST_F(DeduplicatorTest, WhatIsHeldIsDecidedAsThePipelineDoes) {
  const std::string path = Write("in.jsonl", Jsonl(4, 2000));
  const Texts texts = TextsOf(path);
  for (const KeepPolicy keep : {KeepPolicy::kLast, KeepPolicy::kLongest}) {
    PipelineOptions options = RunOf({path});
    options.provenance = Path("provenance");
    options.dry_run = true;
    options.answer.keep = keep;
    RunOrFail(options);
    Deduplicator deduplicator({.keep = keep});
    for (const auto& pieces : texts.pieces) {
      const auto held = deduplicator.Hold(std::vector<std::string_view>(pieces.begin(), pieces.end()));
      ASSERT_TRUE(held.ok()) << held.status();
    }
    EXPECT_EQ(deduplicator.num_kept(), 0u);
    const auto answers = deduplicator.Finish();
    ASSERT_TRUE(answers.ok()) << answers.status();
    std::vector<Decision> got;
    for (size_t i = 0; i < answers->size(); ++i) got.push_back(AsDecision(texts.refs, i, (*answers)[i]));
    EXPECT_EQ(got, Only(texts.refs, ReadProvenance(Path("provenance"))));
    EXPECT_GT(deduplicator.num_kept(), 100u);
    EXPECT_EQ(deduplicator.Finish().status().code(), StatusCode::kFailedPrecondition);
    EXPECT_EQ(deduplicator.Hold("more").status().code(), StatusCode::kFailedPrecondition);
  }
}

TEST_F(DeduplicatorTest, CallsOfTheOtherKindAreErrors) {
  EXPECT_EQ(Deduplicator({.keep = KeepPolicy::kLast}).Add("a").status().code(), StatusCode::kFailedPrecondition);
  EXPECT_EQ(Deduplicator().Hold("a").status().code(), StatusCode::kFailedPrecondition);
  EXPECT_EQ(Deduplicator().Finish().status().code(), StatusCode::kFailedPrecondition);
}

TEST_F(DeduplicatorTest, CleansAsThePipelineDoes) {
  std::string lines;
  std::mt19937 random(5);
  for (int i = 0; i < 500; ++i) {
    std::string text;
    for (int line = 0; line < 4; ++line) {
      text += line == 2 ? "Skip to the main &amp; only content of this page" : "";
      for (int word = 0; line != 2 && word < 8; ++word)
        text += "w" + std::to_string(random() % (i % 3 == 0 ? 9 : 900)) + " ";
      text += "\\n";
    }
    lines += "{\"title\":\"A title\",\"text\":\"" + (i % 50 == 7 ? "short" : text) + "\"}\n";
  }
  const std::string path = Write("in.jsonl", lines);
  PipelineOptions options = RunOf({path});
  options.provenance = Path("provenance");
  options.output = Path("corpus");
  options.answer.clean.dedup_lines = true;
  options.answer.clean.min_length = 10;
  ASSERT_TRUE(ParseRepair("all", options.answer.clean).ok());
  RunOrFail(options);
  const Texts texts = TextsOf(path);
  Deduplicator deduplicator({.clean = options.answer.clean});
  RecordStream cleaned({path}, options.answer);
  std::vector<Decision> got;
  size_t num_rewritten = 0, num_rejected = 0;
  for (size_t i = 0; i < texts.refs.size(); ++i) {
    const auto answer = deduplicator.Add(std::vector<std::string_view>(texts.pieces[i].begin(), texts.pieces[i].end()));
    ASSERT_TRUE(answer.ok()) << answer.status();
    got.push_back(AsDecision(texts.refs, i, *answer));
    TextRecord record;
    ASSERT_TRUE(*cleaned.Next(record));
    EXPECT_EQ(answer->cleaned.reason, record.reason) << i;
    num_rejected += record.reason == Reason::kMinLength;
    if (record.reason != Reason::kNone) continue;
    num_rewritten += answer->cleaned.rewritten.has_value();
    EXPECT_EQ(answer->cleaned.rewritten.value_or(texts.pieces[i]),
              std::vector<std::string>(record.pieces.begin(), record.pieces.end()))
        << i;
  }
  EXPECT_EQ(got, ReadProvenance(Path("provenance")));
  EXPECT_GT(num_rewritten, 100u);
  EXPECT_EQ(num_rejected, 10u);
}

TEST_F(DeduplicatorTest, OptionsThatCannotBeMeantAreErrors) {
  DeduplicatorOptions options;
  EXPECT_TRUE(options.Validate().ok());
  options.clean.dedup_lines = true;
  options.clean.dedup_at_least = 3;
  EXPECT_THAT(std::string(options.Validate().message()), testing::HasSubstr("dedup_at_least"));
  options.clean = {};
  options.clean.languages = {"Klingonish"};
  EXPECT_EQ(options.Validate().code(), StatusCode::kInvalidArgument);
  EXPECT_EQ(Deduplicator(options).Add("x").status(), options.Validate());
}

TEST_F(DeduplicatorTest, PiecesAreApart) {
  Deduplicator deduplicator({.threshold = 1, .shingle_tokens = 1});
  const std::vector<std::string_view> split = {"one two", "three"}, joined = {"one two three"},
                                      cut = {"one two thr", "ee"};
  EXPECT_EQ(deduplicator.Add(split)->fate, Fate::kKept);
  const auto same = deduplicator.Add(joined);
  EXPECT_EQ(same->fate, Fate::kExact);
  EXPECT_EQ(same->witness, 0u);
  EXPECT_EQ(same->similarity, 1);
  EXPECT_EQ(deduplicator.Add(cut)->fate, Fate::kKept);
}

TEST_F(DeduplicatorTest, RecordStreamReadsWhatTheToolReadsAndSaysWhatFails) {
  RecordStream records(
      {Write("a.ris", "TY  - JOUR\nTI  - First\nAB  - Its text.\nER  - \n\nTY  - JOUR\nTI  - Second\nER  - \n"),
       Write("b.txt", "a line\n")});
  std::vector<std::string> got;
  TextRecord record;
  while (*records.Next(record)) {
    got.push_back(std::string(record.title) + "|" + std::string(record.pieces.empty() ? "" : record.pieces.back()) +
                  "|" + std::to_string(record.line));
  }
  EXPECT_THAT(got, testing::ElementsAre("First|Its text.|1", testing::StartsWith("Second|"), "|a line|1"));
  RecordStream missing({Path("nothing.txt")});
  const auto status = missing.Next(record);
  EXPECT_THAT(std::string(status.status().message()), testing::HasSubstr("nothing.txt: cannot be opened"));
  AnswerOptions answer;
  answer.layout = FindLayout("ris");
  RecordStream wrong({Write("c.txt", "no such thing\n")}, answer);
  EXPECT_THAT(std::string(wrong.Next(record).status().message()), testing::HasSubstr("layout ris finds no record"));
}

// Texts in parts, each behind what was saved of those before, are answered as all of them are at once.
// Texts with a year and a DOI, as lines of JSON and as they are given to a Deduplicator.
struct WithFields {
  std::string jsonl;
  std::vector<std::string> texts, years, dois;
  std::vector<std::string_view> pieces;
  std::vector<Deduplicator::Field> fields;
  std::vector<Deduplicator::Text> given;
};
WithFields MakeWithFields(int count) {
  std::mt19937 random(7);
  WithFields all;
  for (int i = 0; i < count; ++i) {
    std::string text;
    for (uint64_t word = 0, first = random() % 40; word < 30; ++word) text += "w" + std::to_string(first + word) + " ";
    all.texts.push_back(text);
    all.years.push_back(std::to_string(1990 + random() % 20));
    all.dois.push_back(random() % 4 == 0 ? "" : "10.1/" + std::to_string(random() % 100));
    all.jsonl += "{\"text\":\"" + text + "\",\"year\":" + all.years.back() + ",\"doi\":\"" + all.dois.back() + "\"}\n";
  }
  for (size_t i = 0; i < all.texts.size(); ++i) {
    all.pieces.emplace_back(all.texts[i]);
    all.fields.push_back({"year", all.years[i]});
    all.fields.push_back({"doi", all.dois[i]});
  }
  for (size_t i = 0; i < all.texts.size(); ++i)
    all.given.push_back({std::span(all.pieces).subspan(i, 1), false, std::span(all.fields).subspan(2 * i, 2)});
  return all;
}

TEST_F(DeduplicatorTest, FieldsCountAsInThePipeline) {
  const WithFields all = MakeWithFields(3000);
  PipelineOptions run = RunOf({Write("in.jsonl", all.jsonl)});
  run.provenance = Path("provenance");
  run.dry_run = true;
  for (const char* what : {"key", "differ", "within", "keys and differ", "year:max", "year:min"}) {
    run.answer.keys =
        std::string(what).starts_with("key") ? std::vector<std::string>{"doi"} : std::vector<std::string>();
    run.answer.differ =
        std::string(what).ends_with("differ") ? std::vector<std::string>{"year"} : std::vector<std::string>();
    run.answer.within = std::string(what) == "within" ? "year" : "";
    ASSERT_TRUE(ParseKeepPolicy(std::string(what).starts_with("year") ? what : "first", run.answer).ok());
    RunOrFail(run);
    DeduplicatorOptions options;
    options.keys = run.answer.keys, options.differ = run.answer.differ, options.within = run.answer.within;
    options.keep = run.answer.keep, options.order_field = run.answer.segment.order_field;
    EXPECT_FALSE(options.FieldNames().empty()) << what;
    Deduplicator deduplicator(options);
    if (options.keep != KeepPolicy::kFirst) {
      ASSERT_TRUE(deduplicator.HoldAll(all.given).ok());
    }
    const auto answers = options.keep == KeepPolicy::kFirst ? deduplicator.AddAll(all.given) : deduplicator.Finish();
    ASSERT_TRUE(answers.ok()) << what << answers.status();
    const std::vector<Decision> want = ReadProvenance(run.provenance);
    std::vector<std::string> refs;
    for (const Decision& each : want) refs.push_back(each.ref);
    ASSERT_EQ(answers->size(), want.size());
    for (size_t i = 0; i < want.size(); ++i) ASSERT_EQ(AsDecision(refs, i, (*answers)[i]), want[i]) << what << i;
  }
}

TEST_F(DeduplicatorTest, ThreadsAndCallsChangeNoAnswerAndAFlagEndsThem) {
  const WithFields all = MakeWithFields(4000);
  std::vector<uint64_t> want;
  for (const int threads : {1, 2, 5}) {
    Deduplicator deduplicator({.threads = threads});
    std::vector<uint64_t> got;
    for (size_t begin = 0; begin < all.pieces.size();) {
      const size_t count = std::min<size_t>(threads == 2 ? 700 : 4000, all.pieces.size() - begin);
      const auto answers = deduplicator.AddAll(std::span(all.pieces).subspan(begin, count));
      ASSERT_TRUE(answers.ok()) << answers.status();
      for (const auto& answer : *answers) got.push_back(answer.fate == Fate::kKept ? UINT64_MAX : answer.witness);
      begin += count;
    }
    if (want.empty()) want = got;
    EXPECT_EQ(got, want) << threads;
  }
  std::atomic<int> stop{1};
  Deduplicator stopped({.stop = &stop});
  EXPECT_EQ(stopped.AddAll(all.pieces).status().code(), StatusCode::kCancelled);
  EXPECT_EQ(stopped.AddAll(all.pieces).status().code(), StatusCode::kFailedPrecondition);
}

TEST_F(DeduplicatorTest, AnIndexHasNoFields) {
  Deduplicator deduplicator({.keys = {"doi"}});
  EXPECT_EQ(deduplicator.Save(Path("index")).code(), StatusCode::kInvalidArgument);
}

TEST_F(DeduplicatorTest, WhatIsSavedAndLoadedAnswersAsIfItHadComeBefore) {
  std::mt19937 random(3);
  std::vector<std::string> texts;
  for (int i = 0; i < 400; ++i) {
    if (i > 20 && random() % 3 == 0) {
      texts.push_back(texts[random() % texts.size()]);
      if (random() % 2 == 0) texts.back() += " and more";
      continue;
    }
    std::string text;
    for (auto words = 1 + random() % 40; words > 0; --words) text += "w" + std::to_string(random() % 3000) + " ";
    texts.push_back(text);
  }
  Deduplicator whole;
  std::vector<Deduplicator::Answer> all;
  for (const std::string& text : texts) all.push_back(*whole.Add(text));
  const std::string folder = "seen.idx";
  std::map<std::string, size_t> first_of = {};  // source -> the number of its first text in all
  for (size_t begin = 0, part = 0; begin < texts.size(); begin += 100, ++part) {
    Deduplicator deduplicator;
    if (begin > 0) {
      ASSERT_TRUE(deduplicator.Load(folder).ok());
    }
    for (size_t i = begin; i < begin + 100; ++i) {
      const auto answer = deduplicator.Add(texts[i]);
      ASSERT_TRUE(answer.ok());
      EXPECT_EQ(answer->fate, all[i].fate) << i;
      if (all[i].fate != Fate::kExact && all[i].fate != Fate::kNear) continue;
      EXPECT_EQ(answer->similarity, all[i].similarity) << i;
      const std::string source(answer->witness_source);
      EXPECT_EQ((source.empty() ? begin : first_of.at(source)) + answer->witness, all[i].witness) << i;
    }
    const Status saved = deduplicator.Save(folder, "part");
    ASSERT_TRUE(saved.ok()) << saved.ToString();
    first_of[part == 0 ? "part" : "part@" + std::to_string(part + 1)] = begin;
    EXPECT_EQ(deduplicator.num_kept(), static_cast<uint32_t>(std::ranges::count_if(
                                           std::span(all).first(begin + 100),
                                           [](const Deduplicator::Answer& each) { return each.fate == Fate::kKept; })));
  }
  // The program knows it, too: all is there, and groups go on.
  Deduplicator again;
  ASSERT_TRUE(again.Load(folder).ok());
  for (const std::string& text : texts) EXPECT_NE(again.Add(text)->fate, Fate::kKept);
}

TEST_F(DeduplicatorTest, SavingAndLoadingSayWhatIsWrong) {
  Deduplicator first;
  ASSERT_TRUE(first.Add("one two three four five six").ok());
  ASSERT_TRUE(first.Save("a.idx").ok());
  ASSERT_TRUE(first.Add("another text that is new here").ok());
  ASSERT_TRUE(first.Save("a.idx").ok());
  const auto says = [](const Status& status, const char* what) {
    EXPECT_THAT(status.ToString(), testing::HasSubstr(what));
  };
  Deduplicator stranger;
  ASSERT_TRUE(stranger.Add("something else").ok());
  says(stranger.Save("a.idx"), "call Load() before the first text");
  says(stranger.Load("a.idx"), "before the first text");
  Deduplicator other({.threshold = 0.8});
  says(other.Load("a.idx"), "--threshold 0.7");
  Deduplicator last({.keep = KeepPolicy::kLast});
  says(last.Load("a.idx"), "Hold()");
  Deduplicator nothing;
  says(nothing.Load("nowhere.idx"), "there is no index");
  // Two that go on from the same: the second one to save is told.
  Deduplicator one, two;
  ASSERT_TRUE(one.Load("a.idx").ok());
  ASSERT_TRUE(two.Load("a.idx").ok());
  ASSERT_TRUE(one.Add("a text of the first one").ok());
  ASSERT_TRUE(two.Add("a text of the second one").ok());
  ASSERT_TRUE(one.Save("a.idx").ok());
  says(two.Save("a.idx"), "somebody has added to it");
  // The index is that of the first one, and takes what is added to it.
  Deduplicator three;
  ASSERT_TRUE(three.Load("a.idx").ok());
  EXPECT_EQ(three.num_kept(), 3u);
  EXPECT_EQ(three.Add("a text of the first one")->fate, Fate::kExact);
  EXPECT_EQ(three.Add("a text of the second one")->fate, Fate::kKept);
  ASSERT_TRUE(three.Save("a.idx").ok());
  says(two.Save("a.idx"), "load this one into another Deduplicator");
  Deduplicator four;
  ASSERT_TRUE(four.Load("a.idx").ok());
  EXPECT_EQ(four.num_kept(), 4u);
}

}  // namespace
}  // namespace unecho::deduplicator_test
