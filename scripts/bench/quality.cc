// How good is a deduplicated corpus, whoever made it? By the definition of section 2 of the design, with the oracle of
// the tests:
//
//   unecho_quality INPUT.jsonl KEPT.jsonl [THRESHOLD]
//
// In:      the input, and the lines that a tool kept of it. Records are known by the string field "id" and compared by
//          "text".
// Out:     {"records", "kept", "removed", "no_witness", "pairs_left"}: removed records without a kept record of
//          similarity >= t (precision), and pairs of kept records with similarity >= t, equal ones included (recall).
//          Both are exact counts.
// Cost:    reference tokens and an exact join of the distinct texts: 4 s for 148 MB of listings, all in memory.
// Failure: exit code 1 and a message: a file that cannot be read, a line without the fields, an id that is not in the
//          input.
#include <simdjson.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "oracle/exact_join.h"
#include "oracle/reference.h"

namespace {

using unecho::AppendReferenceTokens;
using unecho::ExactJoin;

[[noreturn]] void Fail(const std::string& what) {
  std::fprintf(stderr, "unecho_quality: %s\n", what.c_str());
  std::exit(1);
}

// Calls `found(id, text)` for every line of the file.
template <typename Found>
void ForEachRecord(const std::string& path, Found&& found) {
  std::ifstream file(path);
  if (!file) Fail("cannot read " + path);
  simdjson::dom::parser parser;
  std::string line;
  for (size_t number = 1; std::getline(file, line); ++number) {
    std::string_view id, text;
    simdjson::dom::element record;
    if (parser.parse(line).get(record) != simdjson::SUCCESS || record["id"].get(id) != simdjson::SUCCESS ||
        record["text"].get(text) != simdjson::SUCCESS) {
      Fail(path + ", line " + std::to_string(number) + ": no object with the strings \"id\" and \"text\"");
    }
    found(std::string(id), text);
  }
}

// Records of equal tokens.
struct Group {
  std::vector<uint64_t> shingles;
  uint64_t kept = 0, removed = 0;
};

std::vector<Group> GroupByTokens(const std::string& input, std::unordered_set<std::string> kept_ids) {
  constexpr int kShingleTokens = 5;
  std::vector<Group> groups;
  std::unordered_map<std::string, size_t> by_tokens;
  std::vector<std::string> tokens;
  ForEachRecord(input, [&](const std::string& id, std::string_view text) {
    tokens.clear();
    AppendReferenceTokens(text, tokens);
    const auto [place, is_new] = by_tokens.emplace(unecho::ReferenceId(tokens), groups.size());
    if (is_new) groups.push_back({unecho::ReferenceShingles(tokens, kShingleTokens)});
    ++(kept_ids.erase(id) != 0 ? groups[place->second].kept : groups[place->second].removed);
  });
  if (!kept_ids.empty()) Fail("id " + *kept_ids.begin() + " is kept twice, or not in the input");
  return groups;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3 && argc != 4) Fail("usage: unecho_quality INPUT.jsonl KEPT.jsonl [THRESHOLD]");
  const double threshold = argc == 4 ? std::atof(argv[3]) : 0.7;
  if (!(threshold > 0 && threshold <= 1)) Fail("the threshold is a number above 0 and up to 1");
  std::unordered_set<std::string> kept_ids;
  uint64_t kept = 0, removed = 0;
  ForEachRecord(argv[2], [&](std::string id, std::string_view) {
    if (!kept_ids.insert(std::move(id)).second) Fail("an id is kept twice");
    ++kept;
  });
  const std::vector<Group> groups = GroupByTokens(argv[1], std::move(kept_ids));

  ExactJoin join(threshold);
  std::vector<const Group*> entered;  // the groups with a kept record, by the number that the join gives them
  uint64_t pairs_left = 0, no_witness = 0;
  for (const Group& group : groups) {
    removed += group.removed;
    if (group.kept == 0) continue;
    pairs_left += group.kept * (group.kept - 1) / 2;
    if (group.shingles.empty()) continue;
    for (const ExactJoin::Match& match : join.Enter(group.shingles)) {
      pairs_left += group.kept * entered[match.kept_id]->kept;
    }
    entered.push_back(&group);
  }
  for (const Group& group : groups) {
    if (group.kept > 0 || group.shingles.empty()) continue;
    const auto best = join.FindOrKeep(group.shingles);
    bool has_witness = best && best->kept_id < entered.size();
    // The best may be a removed record without witness, entered before: is there a kept one too?
    if (best && !has_witness) {
      for (const ExactJoin::Match& match : join.Enter(group.shingles)) has_witness |= match.kept_id < entered.size();
    }
    if (!has_witness) no_witness += group.removed;
  }
  std::printf("{\"records\": %llu, \"kept\": %llu, \"removed\": %llu, \"no_witness\": %llu, \"pairs_left\": %llu}\n",
              static_cast<unsigned long long>(kept + removed), static_cast<unsigned long long>(kept),
              static_cast<unsigned long long>(removed), static_cast<unsigned long long>(no_witness),
              static_cast<unsigned long long>(pairs_left));
  return 0;
}
