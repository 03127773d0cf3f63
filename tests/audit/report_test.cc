// The auditor takes its parameters from the report of a run, and holds its counts against its own.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cctype>

#include "support/audit_world.h"

namespace unecho::report_test {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

// A run over two sources of lines, and the report it should have.
class AuditReported : public AuditTest {
 protected:
  AuditReported() {
    const std::string one = Words(1), other = Words(1, "other"), bad = "bad \xff\xe2\x82 utf-8";
    const World world = Build({{"a.txt",
                                {{"", one, "kept", "", "", "", one},
                                 {"\n", other, "near", "a.txt#1", kSimilarity},
                                 {"\n\n", "\xc2\xad", "rejected", "", "", "empty"},
                                 {"\n", bad, "kept", "", "", "", "bad \xef\xbf\xbd\xef\xbf\xbd utf-8"}},
                                "\n"},
                               {"b.txt", {{"", one + "!", "exact", "a.txt#1", "1.000000"}}, "\n"}});
    Use(world);
    const size_t kept = one.size() + other.size() + bad.size(), copy = one.size() + 1;
    auto ledger = [](size_t record, size_t separator, size_t rejected, const char* records, int empty, int invalid) {
      return absl::StrFormat(
          R"("bytes":{"read":%d,"record":%d,"left_out":0,"furniture":0,"separator":%d,"rejected":%d},"records":%s,)"
          R"("reasons":{%s},"invalid_utf8":%d,"balances":true)",
          record + separator + rejected, record, separator, rejected, records, Reasons(empty), invalid);
    };
    const size_t bad_at = one.size() + other.size() + 2 + 5 + 4;  // two records, a soft hyphen, five line ends, "bad "
    answer_ = absl::StrFormat(
        R"("ledger":{%s},"sources":[{"name":"a.txt","layout":"lines","encoding":"UTF-8","undecodable":0,%s},)"
        R"({"name":"b.txt","layout":"lines","encoding":"UTF-8","undecodable":0,%s}],)"
        R"("overlap":[{"removed_from":"a.txt","witness_in":"a.txt","records":1},)"
        R"({"removed_from":"b.txt","witness_in":"a.txt","records":1}],)"
        R"("group_sizes":[{"records":1,"groups":1},{"records":3,"groups":1}],)"
        R"("similarities":[{"from":0.88,"to":0.89,"records":1}],)"
        R"("largest_groups":[{"witness":"a.txt#1","copies":2,"title":""}],)"
        R"("invalid_utf8":{"count":2,"places":[{"source":"a.txt","offset":%d,"line":5},{"source":"a.txt","offset":%d,"line":5}]})",
        ledger(kept + copy, 6, 2, R"({"read":5,"kept":2,"exact":1,"near":1,"contaminated":0,"rejected":1})", 1, 2),
        ledger(kept, 5, 2, R"({"read":4,"kept":2,"exact":0,"near":1,"contaminated":0,"rejected":1})", 1, 2),
        ledger(copy, 1, 0, R"({"read":1,"kept":0,"exact":1,"near":0,"contaminated":0,"rejected":0})", 0, 0), bad_at - 1,
        bad_at);
    parameters_ =
        R"({"schema":"unecho-report","version":1,"command":"clean","parameters":{"layout":"lines","encoding":"auto","match_fields":[],)"
        R"("id_field":null,"max_record_bytes":2000,"require_body":false,"strict":false,"threshold":0.7,"shingle":5,)"
        R"("seed":1,"keep":"first","exact_join":false,"annotate":false,"against":[],"against_ngram":13,"against_layout":"auto",)"
        R"("against_encoding":"","against_fields":[],"bands":21,"rows":3,"sketch_bins":64},)";
    options_.answer = {};  // all of it must come from the report
    options_.answer.threshold = 1;
    options_.answer.keep = KeepPolicy::kLast;
    options_.report = "report.json";
    Write("report.json", parameters_ + answer_ + "}");
  }
  static std::string Reasons(int empty) {
    std::string reasons;
    for (size_t i = 1; i < static_cast<size_t>(kFirstCleaning); ++i) {
      const auto reason = static_cast<Reason>(i);
      reasons += absl::StrFormat("%s\"%s\":%d", i > 1 ? "," : "", Name(reason), reason == Reason::kEmpty ? empty : 0);
    }
    return reasons;
  }
  std::string parameters_, answer_;
};

TEST_F(AuditReported, PassesWithTheParametersOfTheReport) { EXPECT_THAT(Run().violations, IsEmpty()); }

TEST_F(AuditReported, FindsEveryChangedDigitAndLetterOfItsAnswer) {
  bool in_title = false;
  for (size_t i = 0; i < answer_.size(); ++i) {
    if (std::string_view(answer_).substr(i).starts_with(R"("title")")) in_title = true;  // of a copy: not remembered
    if (answer_[i] == '}') in_title = false;
    if (in_title || std::isalnum(static_cast<unsigned char>(answer_[i])) == 0) continue;
    std::string bad = answer_;
    bad[i] = static_cast<char>(bad[i] ^ 1);
    Write("report.json", parameters_ + bad + "}");
    EXPECT_TRUE(IsFound()) << "byte " << i << ": " << bad.substr(i < 40 ? 0 : i - 40, 80);
  }
}

TEST_F(AuditReported, FindsMissingRowsAndMembers) {
  for (const std::string_view gone :
       {R"({"removed_from":"a.txt","witness_in":"a.txt","records":1},)", R"({"records":1,"groups":1},)",
        R"({"from":0.88,"to":0.89,"records":1})", R"({"witness":"a.txt#1","copies":2,"title":""})", R"("furniture":0,)",
        R"("empty":1,)", R"("count":2,)", R"("balances":true)"}) {
    std::string bad = answer_;
    const size_t at = bad.find(gone);
    ASSERT_NE(at, std::string::npos) << gone;
    bad.replace(at, gone.size(), gone == R"("balances":true)" ? R"("balances":false)" : "");
    Write("report.json", parameters_ + bad + "}");
    EXPECT_TRUE(IsFound()) << gone;
  }
}

TEST_F(AuditReported, RefusesAReportWithoutAParameter) {
  for (const std::string_view key :
       {"layout", "encoding", "match_fields", "id_field", "max_record_bytes", "require_body", "strict", "threshold",
        "shingle", "seed", "keep", "exact_join", "annotate"}) {
    std::string bad = parameters_;
    bad.replace(bad.find(absl::StrFormat("\"%s\"", key)), 2, "\"~");
    Write("report.json", bad + answer_ + "}");
    EXPECT_THAT(std::string(Audit(options_).status().message()),
                HasSubstr(absl::StrFormat("the parameter \"%s\"", key)));
  }
}

}  // namespace
}  // namespace unecho::report_test
