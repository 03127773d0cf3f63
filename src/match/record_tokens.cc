#include "match/record_tokens.h"

#include <algorithm>
#include <vector>

#include "kernels/kernels.h"
#include "kernels/word_hash.h"
#include "match/compared_tokens.h"
#include "match/short_form.h"

namespace unecho {
namespace {

// Words of which nothing is ignored: the fast way gives their tokens.
bool AreFast(const Comparison& comparison) { return comparison == Comparison{}; }

bool IsShort(const TokenRules& rules, size_t num_tokens) {
  return num_tokens < static_cast<size_t>(rules.shingle_tokens);
}

uint64_t HashOf(std::string& bytes) {  // which get room behind them
  const size_t size = bytes.size();
  bytes.append(16, '\0');
  return HashBytes(bytes.data(), size);
}

}  // namespace

struct RecordTokens::General {
  ComparedTokens tokens;
  TokenList list;
  std::vector<uint64_t> hashes;
  std::vector<uint64_t> with_form;
};

RecordTokens::RecordTokens() : general_(std::make_unique<General>()) {}
RecordTokens::~RecordTokens() = default;

void RecordTokens::Read(const TokenRules& rules, std::span<const std::string_view> pieces) {
  form_hash_ = 0;
  is_only_signs_ = false;
  if (AreFast(rules.comparison)) {
    tokenizer_.Clear();
    for (const std::string_view piece : pieces) tokenizer_.Add(piece);
    hashes_ = tokenizer_.hashes();
  } else {
    TokenList& list = general_->list;
    list.Clear();
    for (const std::string_view piece : pieces) general_->tokens.Add(rules.comparison, piece, list);
    list.bytes.append(16, '\0');
    general_->hashes.clear();
    size_t begin = 0;
    for (const size_t end : list.ends) {
      general_->hashes.push_back(HashBytes(list.bytes.data() + begin, end - begin));
      begin = end;
    }
    hashes_ = general_->hashes;
  }
  if (IsShort(rules, hashes_.size()) || hashes_.empty()) HashForm(rules, pieces);
}

void RecordTokens::HashForm(const TokenRules& rules, std::span<const std::string_view> pieces) {
  std::string form = FormOf(rules, pieces, !hashes_.empty());
  if (form.empty()) return;
  const uint64_t hash = HashOf(form);
  if (hashes_.empty()) {
    general_->hashes = {hash};
    hashes_ = general_->hashes;
    is_only_signs_ = true;
  } else {
    form_hash_ = hash;
  }
}

std::string RecordTokens::FormOf(const TokenRules& rules, std::span<const std::string_view> pieces, bool has_tokens) {
  if (has_tokens && !rules.comparison.IsNormalised()) return {};
  const bool has_symbols = !std::ranges::all_of(pieces, HasNoSymbols);
  std::string form;
  if (!has_symbols && has_tokens) return form;
  std::u32string text;
  std::string signs;
  TokenList unused;
  for (const std::string_view piece : pieces) {
    unused.Clear();
    general_->tokens.Add(rules.comparison, piece, unused);
    if (rules.comparison.IsNormalised()) general_->tokens.AppendForShortForm(text);
    text += U'\n';
    if (!has_tokens) general_->tokens.AppendSigns(signs);
  }
  if (rules.comparison.IsNormalised()) form = ShortForm(text, rules.comparison.by);
  return form.empty() && !has_tokens ? signs : form;
}

Key128 RecordTokens::Key(uint64_t seed) const {
  std::span<const uint64_t> all = hashes_;
  if (form_hash_ != 0) {
    std::vector<uint64_t>& with_form = general_->with_form;
    with_form.assign(hashes_.begin(), hashes_.end());
    with_form.push_back(form_hash_);
    all = with_form;
  }
  uint64_t key[2];
  ActiveKernels().hash128(all.data(), all.size_bytes(), seed, key);
  return {key[0], key[1]};
}

void RecordTokens::WriteWords(uint32_t* words) const {
  for (size_t i = 0; i < hashes_.size(); ++i) words[i] = static_cast<uint32_t>(hashes_[i]);
  if (form_hash_ == 0) return;
  words[0] ^= static_cast<uint32_t>(form_hash_);
  if (hashes_.size() > 1) words[1] ^= static_cast<uint32_t>(form_hash_ >> 32);
}

std::string RecordTokens::Id(const TokenRules& rules, std::span<const std::string_view> pieces) {
  std::string joined;
  size_t num_tokens = 0;
  if (AreFast(rules.comparison)) {
    for (const std::string_view piece : pieces) AppendNormalTokens(piece, joined);
    // Tokens are counted up to where a record is short no more.
    for (size_t at = 0; IsShort(rules, num_tokens) && (at = joined.find(' ', at)) != joined.npos; ++at) ++num_tokens;
  } else {
    TokenList& list = general_->list;
    list.Clear();
    for (const std::string_view piece : pieces) general_->tokens.Add(rules.comparison, piece, list);
    num_tokens = list.ends.size();
    size_t begin = 0;
    for (const size_t end : list.ends) {
      joined.append(list.bytes, begin, end - begin) += ' ';
      begin = end;
    }
  }
  if (IsShort(rules, num_tokens) || num_tokens == 0) {
    const std::string form = FormOf(rules, pieces, num_tokens > 0);
    if (!form.empty()) return Hex(Hash128(form));
  }
  return TokensId(joined);
}

}  // namespace unecho
