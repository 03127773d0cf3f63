#include "flow/index_parameters.h"

#include <charconv>
#include <iterator>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "base/hash.h"
#include "match/record_tokens.h"
#include "options/match_fields.h"
#include "works/make_work.h"

namespace unecho {
namespace {

constexpr char kAnotherKey[] = " --key ";  // a key may be several fields by commas

}  // namespace

IndexParameters IndexParametersOf(const AnswerOptions& answer) {
  IndexParameters parameters;
  const auto add = [&parameters](const char* name, std::string value) {
    if (!value.empty()) parameters.emplace_back(name, std::move(value));
  };
  add("compare", std::string(Name(answer.comparison.by)));
  if (answer.comparison.by != CompareBy::kWorks) {
    add("ignore", absl::StrJoin(IgnoredNames(answer.comparison), ","));
    std::vector<std::string> fields;
    for (const MatchField& field : answer.match) fields.push_back(MatchFieldText(field));
    add("match", absl::StrJoin(fields, ","));
    if (answer.match.empty()) {
      char threshold[32];  // to the last bit
      add("threshold", std::string(threshold, std::to_chars(threshold, std::end(threshold), answer.threshold).ptr));
    }
    add("shingle", absl::StrFormat("%d", answer.shingle_tokens));
  }
  add("key", absl::StrJoin(answer.keys, kAnotherKey));
  add("differ", absl::StrJoin(answer.differ, ","));
  add("within", answer.within);
  return parameters;
}

absl::StatusOr<AnswerOptions> AnswerOf(const IndexParameters& parameters) {
  AnswerOptions answer;
  std::string compare, match;
  std::vector<std::string> ignored;
  for (const auto& [name, value] : parameters) {
    bool is_read = true;
    if (name == "compare")
      compare = value;
    else if (name == "ignore")
      ignored = absl::StrSplit(value, ',');
    else if (name == "match")
      match = value;
    else if (name == "threshold")
      is_read = absl::SimpleAtod(value, &answer.threshold);
    else if (name == "shingle")
      is_read = absl::SimpleAtoi(value, &answer.shingle_tokens);
    else if (name == "key")
      answer.keys = absl::StrSplit(value, kAnotherKey);
    else if (name == "differ")
      answer.differ = absl::StrSplit(value, ',');
    else if (name == "within")
      answer.within = value;
    else
      is_read = false;
    if (!is_read) {
      return absl::DataLossError(
          absl::StrFormat("the index was made with --%s %s, which this unecho does not know", name, value));
    }
  }
  UNECHO_RETURN_IF_ERROR(ParseComparison(compare, ignored, answer.comparison));
  if (!match.empty()) UNECHO_RETURN_IF_ERROR(ParseMatch(match, answer));
  UNECHO_RETURN_IF_ERROR(answer.Validate());
  return answer;
}

std::string IndexKnownAnswer(const AnswerOptions& answer) {
  // Letters with and without accents, of two more scripts, digits, signs, an entity, a word that is not NFC.
  std::string text =
      "Snapshot 2026-05: \u00c9chos d'un \u00ab corpus \u00bb, \u041c\u043e\u0441\u043a\u0432\u0430 \u2014 "
      "\u8a00\u8a9e\u51e6\u7406 & na\u0069\u0308ve (v1.5), 12,000 records; a line\nand another line of it. ";
  const size_t size = text.size();
  text.append(64, ' ');  // room to read beyond
  const std::string_view piece = std::string_view(text).substr(0, size);
  RecordTokens tokens;
  tokens.Read({answer.comparison, answer.shingle_tokens}, std::span(&piece, 1));
  std::vector<uint32_t> words(tokens.hashes().size());
  tokens.WriteWords(words.data());
  if (answer.comparison.by == CompareBy::kWorks) {
    WorkFields fields;
    fields.title = fields.abstract = std::string(piece);
    fields.authors = {"\u00c9cho, Ada B.", "Na\u00efve, Carl"};
    fields.year = "2026", fields.container = "Journal of Echoes", fields.volume = "5", fields.pages = "12-20";
    fields.doi = "10.1000/echo.5", fields.other_containers = {"J Echoes"};
    WorkMaker().Append(fields, words);
  }
  const Key128 key = tokens.Key();
  Digest64 digest;
  digest.Add({reinterpret_cast<const char*>(&key), sizeof key});
  digest.Add({reinterpret_cast<const char*>(words.data()), words.size() * sizeof(uint32_t)});
  return absl::StrFormat("%016x", digest.value());
}

}  // namespace unecho
