// Every parameter of the cleaning rules by table and key, once: the rules file, the report and the audit all go by
// this.
#ifndef UNECHO_SRC_CLEAN_PARAMETERS_H_
#define UNECHO_SRC_CLEAN_PARAMETERS_H_

#include "unecho/clean.h"

namespace unecho::clean {

// visit(table, key, value): value is a double, a uint64_t, a bool or a std::vector<std::string>, const if `options` is.
template <typename Options, typename Visit>
void VisitParameters(Options& options, Visit visit) {
  auto& gopher = options.gopher;
  visit("gopher", "dup_para_frac", gopher.dup_para_frac);
  visit("gopher", "dup_para_char_frac", gopher.dup_para_char_frac);
  visit("gopher", "dup_line_frac", gopher.dup_line_frac);
  visit("gopher", "dup_line_char_frac", gopher.dup_line_char_frac);
  visit("gopher", "top_2_gram", gopher.top_n_gram[0]);
  visit("gopher", "top_3_gram", gopher.top_n_gram[1]);
  visit("gopher", "top_4_gram", gopher.top_n_gram[2]);
  visit("gopher", "duplicated_5_n_grams", gopher.duplicated_n_grams[0]);
  visit("gopher", "duplicated_6_n_grams", gopher.duplicated_n_grams[1]);
  visit("gopher", "duplicated_7_n_grams", gopher.duplicated_n_grams[2]);
  visit("gopher", "duplicated_8_n_grams", gopher.duplicated_n_grams[3]);
  visit("gopher", "duplicated_9_n_grams", gopher.duplicated_n_grams[4]);
  visit("gopher", "duplicated_10_n_grams", gopher.duplicated_n_grams[5]);
  visit("gopher", "min_doc_words", gopher.min_doc_words);
  visit("gopher", "max_doc_words", gopher.max_doc_words);
  visit("gopher", "min_avg_word_length", gopher.min_avg_word_length);
  visit("gopher", "max_avg_word_length", gopher.max_avg_word_length);
  visit("gopher", "max_symbol_word_ratio", gopher.max_symbol_word_ratio);
  visit("gopher", "max_bullet_lines_ratio", gopher.max_bullet_lines_ratio);
  visit("gopher", "max_ellipsis_lines_ratio", gopher.max_ellipsis_lines_ratio);
  visit("gopher", "max_non_alpha_words_ratio", gopher.max_non_alpha_words_ratio);
  visit("gopher", "min_stop_words", gopher.min_stop_words);
  visit("gopher", "stop_words", gopher.stop_words);
  auto& c4 = options.c4;
  visit("c4", "remove_citations", c4.remove_citations);
  visit("c4", "filter_no_terminal_punct", c4.filter_no_terminal_punct);
  visit("c4", "filter_javascript", c4.filter_javascript);
  visit("c4", "filter_policy", c4.filter_policy);
  visit("c4", "min_words_per_line", c4.min_words_per_line);
  visit("c4", "max_word_length", c4.max_word_length);
  visit("c4", "min_num_sentences", c4.min_num_sentences);
  visit("c4", "min_paragraphs", c4.min_paragraphs);
  visit("c4", "min_paragraph_len", c4.min_paragraph_len);
  auto& fineweb = options.fineweb;
  visit("fineweb", "line_punct_thr", fineweb.line_punct_thr);
  visit("fineweb", "line_punct_exclude_zero", fineweb.line_punct_exclude_zero);
  visit("fineweb", "short_line_thr", fineweb.short_line_thr);
  visit("fineweb", "short_line_length", fineweb.short_line_length);
  visit("fineweb", "char_duplicates_ratio", fineweb.char_duplicates_ratio);
  visit("fineweb", "new_line_ratio", fineweb.new_line_ratio);
  visit("language", "min_bytes", options.language.min_bytes);
  visit("language", "reject_uncertain", options.language.reject_uncertain);
}

// Of a cleaning rule; kNone if there is none of that name.
Reason RuleByName(std::string_view name);

}  // namespace unecho::clean

#endif  // UNECHO_SRC_CLEAN_PARAMETERS_H_
