// Small worlds for the tests of the auditor: inputs, and what a run should say of them, written by hand.
#ifndef UNECHO_TESTS_SUPPORT_AUDIT_WORLD_H_
#define UNECHO_TESTS_SUPPORT_AUDIT_WORLD_H_

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "oracle/reference.h"
#include "support/print_status.h"
#include "support/temporary_folder.h"
#include "unecho/audit.h"

namespace unecho {

// A record as a run should describe it, written by hand; offsets, ordinals and lines are counted here.
struct Entry {
  std::string before;  // separators and furniture in front of it
  std::string raw;     // its bytes
  std::string fate;
  std::string witness = {};  // exact, near
  std::string similarity = {};
  std::string reason = {};
  std::string corpus = {};       // kept: its corpus line
  std::string more = {};         // "id" and "snapshot", as they should stand in the provenance
  std::string equal = "tokens";  // exact
};

struct Source {
  std::string name;
  std::vector<Entry> entries;
  std::string tail;  // behind the last record
};

struct World {
  std::vector<std::string> files;  // bytes of the sources
  std::vector<std::string> names;
  std::vector<std::string> provenance;  // lines
  std::vector<std::string> corpus;
};

// What the lines of one world say of groups.
class Groups {
 public:
  std::string Of(const std::string& ref, const Entry& entry) {
    if (entry.more.starts_with(kId)) ids_[ref] = entry.more.substr(kId.size(), entry.more.find(',', 1) - kId.size());
    const bool is_kept = entry.fate == "kept";
    if (!is_kept && entry.witness.empty()) return {};
    const std::string& group = is_kept ? ref : entry.witness;
    std::string text = entry.fate == "exact" ? absl::StrFormat(R"(,"equal":"%s")", entry.equal) : "";
    text += absl::StrFormat(R"(,"group":"%s","member":%d)", group, ++members_[group]);
    if (const auto id = ids_.find(group); !is_kept && id != ids_.end()) text += ",\"witness_id\":" + id->second;
    return text;
  }

 private:
  static constexpr std::string_view kId = R"(,"id":)";
  std::map<std::string, int> members_;
  std::map<std::string, std::string> ids_;
};

inline World Build(const std::vector<Source>& sources) {
  World world;
  Groups groups;
  for (const Source& source : sources) {
    std::string bytes;
    uint64_t ordinal = 0;
    for (const Entry& entry : source.entries) {
      bytes += entry.before;
      std::string line = absl::StrFormat(
          R"({"ref":"%s#%d","source":"%s","ordinal":%d,"offset":%d,"bytes":%d,"fate":"%s")", source.name, ordinal + 1,
          source.name, ordinal + 1, bytes.size(), entry.raw.size(), entry.fate);
      ++ordinal;
      if (!entry.witness.empty()) {
        line += absl::StrFormat(R"(,"witness":"%s","similarity":%s)", entry.witness, entry.similarity);
      }
      if (!entry.reason.empty()) {
        line += absl::StrFormat(R"(,"reason":"%s","line":%d)", entry.reason,
                                1 + std::count(bytes.begin(), bytes.end(), '\n'));
      }
      line += groups.Of(absl::StrFormat("%s#%d", source.name, ordinal), entry);
      world.provenance.push_back(line + entry.more + "}");
      if (entry.fate == "kept") world.corpus.push_back(entry.corpus);
      bytes += entry.raw;
    }
    world.names.push_back(source.name);
    world.files.push_back(bytes + source.tail);
  }
  return world;
}

inline std::string IdOf(const std::vector<std::string_view>& pieces) {
  return IdOf(ReferenceTokensOf(std::span(pieces), {}, AnswerOptions().shingle_tokens));
}

inline std::string Object(const std::string& ref, const std::string& title, const std::string& text,
                          const std::string& snapshot) {
  return absl::StrFormat(R"({"id":"%s","ref":"%s","title":"%s","text":"%s","snapshot":%s})", IdOf({title, text}), ref,
                         title, text, snapshot.empty() ? "null" : "\"" + snapshot + "\"");
}

// 20 tokens; every number gives other words.
inline std::string Words(int seed, const std::string& last = "end") {
  std::string text;
  for (int i = 0; i < 19; ++i) text += absl::StrFormat("w%dx%d ", seed, i);
  return text + last;
}

// 16 shingles each, of which 15 are shared: 15 / 17.
inline constexpr char kSimilarity[] = "0.882353";

inline Source JsonlSource() {
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
              {"\n", R"({"rank":[1,2,3,4,5,6,7],"id":3})", "rejected", "", "", "no_match_field"},
              {"\n", R"({"title":true,"text":null})", "rejected", "", "", "no_match_field"},
              {"\n", R"({"title":" ","id":4})", "rejected", "", "", "empty", "", R"(,"id":4)"},
              {"\n", absl::StrFormat(R"({"title":"%s"})", std::string(3000, 'x')), "rejected", "", "", "too_long"},
              {"\n", "{\"title\":\"bad \xff utf-8\"}", "kept", "", "", "", "{\"title\":\"bad \xef\xbf\xbd utf-8\"}"},
          },
          "\n"};
}

inline Source PageSource() {
  const std::string body_1 = Words(3), body_2 = Words(4);
  const std::string head =
      "new\n\nGet trending papers in your email inbox!\n\nSubscribe\n\nbyAK and the research community\n\n";
  const std::string longer = Words(5) + " " + Words(6) + " " + Words(7);  // more than 250 code points: no title
  return {
      "b.txt",
      {
          {"\xef\xbb\xbf" + head, longer, "rejected", "", "", "orphan_body"},
          {"\n\nMar 14\n\n", "First Title\n\n" + body_1, "kept", "", "", "",
           Object("b.txt#2", "First Title", body_1, "Mar 14"), R"(,"snapshot":"Mar 14")"},
          {"\n  \n", "Second Title\r\n\r\nSubscribe\r\n\r\n" + body_2 + "\r\n \r\nmore of it", "kept", "", "", "",
           absl::StrFormat(
               R"({"id":"%s","ref":"b.txt#3","title":"Second Title","text":"%s\n\nmore of it","snapshot":"Mar 14"})",
               IdOf({"Second Title", body_2, "more of it"}), body_2),
           R"(,"snapshot":"Mar 14")"},
          {"new\n\nGet trending papers in your email inbox!\n\nJune 3, 2024\n\n", "first title\n\n" + body_1, "exact",
           "b.txt#2", "1.000000", "", "", R"(,"snapshot":"June 3, 2024")"},
          {"\n\nSubscribe\n\n", "\"Quoted\" Title\twithout\nbody", "kept", "", "", "",
           absl::StrFormat(
               R"({"id":"%s","ref":"b.txt#5","title":"\"Quoted\" Title\twithout\nbody","text":"","snapshot":"June 3, 2024"})",
               IdOf({"quoted title without body"})),
           R"(,"snapshot":"June 3, 2024")"},
      },
      "\n\nSubscribe\n"};
}

inline Source LineSource() {
  return {"c.txt",
          {{"", "one line", "kept", "", "", "", "one line"},
           {"\r\n", " another \xe2\x82 line", "kept", "", "", "", " another \xef\xbf\xbd line"},
           {"\n", "One line.", "exact", "c.txt#1", "1.000000"},
           {"\n", "\xc2\xad", "rejected", "", "", "empty"}},
          ""};
}

inline std::string Lines(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

class AuditTest : public InTemporaryFolder {  // refs are names as given
 protected:
  AuditTest() {
    options_.answer.segment.id_field = "id";
    options_.answer.segment.max_record_bytes = 2000;
    options_.provenance = "provenance.jsonl";
    options_.corpus = "corpus.jsonl";
    options_.run.threads = 1;
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

  AuditOptions options_;
};

class AuditWorld : public AuditTest {
 protected:
  AuditWorld() : world_(Build({JsonlSource(), PageSource(), LineSource()})) { Use(world_); }
  World world_;
};

}  // namespace unecho

#endif  // UNECHO_TESTS_SUPPORT_AUDIT_WORLD_H_
