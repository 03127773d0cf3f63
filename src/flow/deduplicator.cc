#include "unecho/deduplicator.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_format.h"
#include "base/status.h"
#include "flow/text_flow.h"
#include "options/sameness.h"

namespace unecho {
namespace {

AnswerOptions AnswerFor(const DeduplicatorOptions& given) {
  AnswerOptions answer;
  answer.threshold = given.threshold;
  answer.shingle_tokens = given.shingle_tokens;
  answer.seed = given.seed;
  answer.comparison = given.comparison;
  answer.clean = given.clean;
  answer.keep = given.keep;
  answer.segment.order_field = given.order_field;
  answer.date_order = given.date_order;
  answer.keys = given.keys;
  answer.differ = given.differ;
  answer.within = given.within;
  return answer;
}

RunOptions RunFor(const DeduplicatorOptions& given) {
  RunOptions run;
  run.threads = given.threads;
  run.stop = given.stop;
  return run;
}

absl::Status CheckDeduplicator(const DeduplicatorOptions& options) {
  if (!(options.threshold > 0 && options.threshold <= 1)) {
    return absl::InvalidArgumentError(
        absl::StrFormat("DeduplicatorOptions::threshold is %g; give a number above 0 and up to 1", options.threshold));
  }
  if (options.shingle_tokens < 1 || options.shingle_tokens > 64) {
    return absl::InvalidArgumentError(absl::StrFormat(
        "DeduplicatorOptions::shingle_tokens is %d; give a number from 1 to 64", options.shingle_tokens));
  }
  if (options.comparison.by == CompareBy::kWorks) {
    return absl::InvalidArgumentError(
        "DeduplicatorOptions::comparison is of works, which are records of a bibliography and no texts; take another");
  }
  const bool is_by_field = options.keep == KeepPolicy::kFieldMax || options.keep == KeepPolicy::kFieldMin;
  if (is_by_field == options.order_field.empty()) {
    return absl::InvalidArgumentError(
        "DeduplicatorOptions::keep is kFieldMax or kFieldMin where order_field names a field, and nowhere else");
  }
  if (options.threads < 0) {
    return absl::InvalidArgumentError(
        absl::StrFormat("DeduplicatorOptions::threads is %d; give a number, or 0 for all there are", options.threads));
  }
  if (options.clean.dedup_at_least > 0) {
    return absl::InvalidArgumentError(
        "DeduplicatorOptions::clean.dedup_at_least needs a reading before, and texts are seen once; leave it 0");
  }
  UNECHO_RETURN_IF_ERROR(AnswerFor(options).Validate());
  return absl::OkStatus();
}

}  // namespace

struct [[gnu::visibility("hidden")]] Deduplicator::Inside {
  explicit Inside(const DeduplicatorOptions& given) : options(given) {}

  bool is_deferred() const { return options.keep != KeepPolicy::kFirst; }
  // Before any call: the options are right, this is a call of their kind, and there is a flow.
  absl::Status Begin(bool holds) {
    if (!flow) UNECHO_RETURN_IF_ERROR(CheckDeduplicator(options));
    if (is_broken)
      return absl::FailedPreconditionError(
          "an earlier call has failed in its middle, so nothing is sure any more: make another one");
    if (holds != is_deferred()) {
      return absl::FailedPreconditionError(
          holds ? "with keep kFirst each text has its answer at once: call Add() or AddAll()"
                : "with another keep than kFirst the answer is known when all texts are there: call Hold(), then "
                  "Finish()");
    }
    if (is_finished) return absl::FailedPreconditionError("Finish() has answered for all texts: make another one");
    if (!flow) flow = std::make_unique<TextFlow>(AnswerFor(options), RunFor(options));
    return absl::OkStatus();
  }

  absl::StatusOr<std::vector<Answer>> Add(const Texts& texts) {
    return Work(false, [&] { return flow->Decide(texts); });
  }
  absl::StatusOr<std::vector<CleanedText>> Hold(const Texts& texts) {
    return Work(true, [&] { return flow->Remember(texts); });
  }
  template <typename Call>
  auto Work(bool holds, const Call& call)->decltype(call()) {
    UNECHO_RETURN_IF_ERROR(Begin(holds));
    is_broken = true;
    auto answers = call();
    is_broken = !answers.ok();
    return answers;
  }

  const DeduplicatorOptions options;
  std::unique_ptr<TextFlow> flow;  // from the first call on
  bool is_finished = false;
  bool is_broken = false;  // a stage has failed, or thrown, behind one that knows the texts already
};

Status DeduplicatorOptions::Validate() const {
  return PublicCall([&] { return CheckDeduplicator(*this); });
}

std::vector<std::string> DeduplicatorOptions::FieldNames() const {
  std::vector<std::string> names;
  const auto add = [&names](const std::string& name) {
    if (!name.empty() && std::ranges::find(names, name) == names.end()) names.push_back(name);
  };
  for (const AskedField& field : SamenessOf(AnswerFor(*this)).fields) add(field.name);
  add(order_field);
  return names;
}

Deduplicator::Deduplicator(const DeduplicatorOptions& options) : inside_(std::make_unique<Inside>(options)) {}
Deduplicator::~Deduplicator() = default;

Status Deduplicator::Load(const std::string& folder) {
  return PublicCall([&]() -> absl::Status {
    UNECHO_RETURN_IF_ERROR(inside_->Begin(false));
    if (inside_->flow->num_added() > 0 || inside_->flow->has_loaded())
      return absl::FailedPreconditionError("Load() comes before the first text, and once");
    const absl::Status status = inside_->flow->Load(folder);
    inside_->is_broken = !status.ok() && inside_->flow->has_loaded();
    return status;
  });
}

Status Deduplicator::Save(const std::string& folder, const std::string& source) {
  return PublicCall([&]() -> absl::Status {
    UNECHO_RETURN_IF_ERROR(inside_->Begin(false));
    return inside_->flow->Save(folder, source);
  });
}

namespace {

// The answer of one text.
template <typename Each>
absl::StatusOr<Each> Only(absl::StatusOr<std::vector<Each>> answers) {
  if (!answers.ok()) return answers.status();
  return std::move(answers->front());
}

}  // namespace

Result<Deduplicator::Answer> Deduplicator::Add(const Text& text) {
  return PublicCall([&] { return Only(inside_->Add(Texts(std::span(&text, 1)))); });
}

Result<std::vector<Deduplicator::Answer>> Deduplicator::AddAll(std::span<const Text> texts) {
  return PublicCall([&] { return inside_->Add(Texts(texts)); });
}

Result<std::vector<Deduplicator::Answer>> Deduplicator::AddAll(std::span<const std::string_view> texts) {
  return PublicCall([&] { return inside_->Add(Texts(texts)); });
}

Result<CleanedText> Deduplicator::Hold(const Text& text) {
  return PublicCall([&] { return Only(inside_->Hold(Texts(std::span(&text, 1)))); });
}

Result<std::vector<CleanedText>> Deduplicator::HoldAll(std::span<const Text> texts) {
  return PublicCall([&] { return inside_->Hold(Texts(texts)); });
}

Result<std::vector<CleanedText>> Deduplicator::HoldAll(std::span<const std::string_view> texts) {
  return PublicCall([&] { return inside_->Hold(Texts(texts)); });
}

Result<std::vector<Deduplicator::Answer>> Deduplicator::Finish() {
  return PublicCall([&]() -> absl::StatusOr<std::vector<Answer>> {
    UNECHO_RETURN_IF_ERROR(inside_->Begin(true));
    inside_->is_finished = true;
    return inside_->flow->Finish();
  });
}

uint64_t Deduplicator::num_added() const { return inside_->flow ? inside_->flow->num_added() : 0; }
uint32_t Deduplicator::num_kept() const { return inside_->flow ? inside_->flow->num_kept() : 0; }
uint64_t Deduplicator::memory_bytes() const { return inside_->flow ? inside_->flow->memory_bytes() : 0; }

}  // namespace unecho
