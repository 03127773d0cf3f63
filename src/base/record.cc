#include "unecho/record.h"

#include <array>
#include <numeric>

namespace unecho {
namespace {

constexpr std::array<std::string_view, kNumFates> kFateNames = {"kept",         "exact",     "near",
                                                                "contaminated", "reference", "rejected"};
constexpr std::array<std::string_view, kNumReasons> kReasonNames = {"",
                                                                    "empty",
                                                                    "too_long",
                                                                    "invalid_json",
                                                                    "no_match_field",
                                                                    "field_not_string",
                                                                    "orphan_body",
                                                                    "title_without_body",
                                                                    "no_title",
                                                                    "malformed",
                                                                    "not_content",
                                                                    "language",
                                                                    "gopher_dup_para_frac",
                                                                    "gopher_dup_para_char_frac",
                                                                    "gopher_dup_line_frac",
                                                                    "gopher_dup_line_char_frac",
                                                                    "gopher_top_2_gram",
                                                                    "gopher_top_3_gram",
                                                                    "gopher_top_4_gram",
                                                                    "gopher_duplicated_5_n_grams",
                                                                    "gopher_duplicated_6_n_grams",
                                                                    "gopher_duplicated_7_n_grams",
                                                                    "gopher_duplicated_8_n_grams",
                                                                    "gopher_duplicated_9_n_grams",
                                                                    "gopher_duplicated_10_n_grams",
                                                                    "gopher_short_doc",
                                                                    "gopher_long_doc",
                                                                    "gopher_below_avg_threshold",
                                                                    "gopher_above_avg_threshold",
                                                                    "gopher_too_many_hashes",
                                                                    "gopher_too_many_ellipsis",
                                                                    "gopher_too_many_bullets",
                                                                    "gopher_too_many_end_ellipsis",
                                                                    "gopher_below_alpha_threshold",
                                                                    "gopher_enough_stop_words",
                                                                    "c4_lorem_ipsum",
                                                                    "c4_curly_bracket",
                                                                    "c4_too_few_sentences",
                                                                    "c4_too_few_paragraphs",
                                                                    "fineweb_empty",
                                                                    "fineweb_line_punct_ratio",
                                                                    "fineweb_short_line_ratio",
                                                                    "fineweb_char_dup_ratio",
                                                                    "fineweb_list_ratio",
                                                                    "pii_email",
                                                                    "pii_ip",
                                                                    "pii_card",
                                                                    "pii_phone",
                                                                    "only_repeated_lines",
                                                                    "min_length"};
constexpr std::array<std::string_view, kNumRewrites> kRewriteNames = {
    "html_entities",  "mojibake",          "control_characters",
    "soft_hyphens",   "hard_wrapped",      "nfc",
    "c4_lines",       "pii_email",         "pii_ip",
    "pii_card",       "pii_phone",         "repeated_paragraphs",
    "repeated_lines", "repeated_sentences"};
constexpr std::array<std::string_view, kNumByteClasses> kByteClassNames = {"record", "left_out", "furniture",
                                                                           "separator", "rejected"};

template <size_t N>
void AddTo(std::array<uint64_t, N>& to, const std::array<uint64_t, N>& from) {
  for (size_t i = 0; i < N; ++i) to[i] += from[i];
}

}  // namespace

std::string_view Name(Fate fate) { return kFateNames.at(static_cast<size_t>(fate)); }
std::string_view Name(Reason reason) { return kReasonNames.at(static_cast<size_t>(reason)); }
std::string_view Name(ByteClass byte_class) { return kByteClassNames.at(static_cast<size_t>(byte_class)); }
std::string_view Name(Rewrite rewrite) { return kRewriteNames.at(static_cast<size_t>(rewrite)); }

void RewriteCounts::Add(const RewriteCounts& other) {
  AddTo(records, other.records);
  AddTo(spans, other.spans);
}

void Ledger::Add(const Ledger& other) {
  bytes_read += other.bytes_read;
  AddTo(bytes, other.bytes);
  records_read += other.records_read;
  AddTo(fates, other.fates);
  AddTo(reasons, other.reasons);
  invalid_utf8 += other.invalid_utf8;
}

bool Ledger::Balances() const {
  auto sum = [](const auto& counts) { return std::accumulate(counts.begin(), counts.end(), uint64_t{0}); };
  return bytes_read == sum(bytes) && records_read == sum(fates) &&
         fates[static_cast<size_t>(Fate::kRejected)] == sum(reasons);
}

}  // namespace unecho
