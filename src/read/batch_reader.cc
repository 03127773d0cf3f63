#include "read/batch_reader.h"

#include <algorithm>
#include <cstring>
#include <optional>

#include "absl/strings/str_format.h"
#include "base/batch.h"
#include "layouts/cutter.h"
#include "layouts/sniff.h"
#include "works/bibliography.h"

namespace unecho {
namespace {

// How long a stall lasts before what is there goes out; and how long to wait when nothing can go out.
constexpr std::chrono::milliseconds kPatience{5};
constexpr std::chrono::milliseconds kLongPatience{60'000};

}  // namespace

BatchReader::BatchReader(std::span<const InputFile> files, Open open, const AnswerOptions& answer, size_t batch_bytes,
                         std::atomic<uint64_t>* progress)
    : files_(files),
      open_(std::move(open)),
      given_layout_(answer.layout),
      siblings_(files, answer.encoding, answer.segment),
      layout_options_(answer.segment),
      encoding_(answer.encoding),
      strict_(answer.strict),
      skip_unreadable_(answer.skip_unreadable),
      wants_bibliographies_(answer.chooses_comparison && answer.comparison.by == CompareBy::kWorks),
      batch_bytes_(batch_bytes),
      progress_(progress),
      end_source_(files.size()),
      facts_(files.size()) {}

std::string BatchReader::NameOf(const Batch& batch) const {
  const auto source = static_cast<size_t>(batch.source);
  return source < files_.size() ? files_[source].name : std::string();
}

absl::Status BatchReader::OpenNext() {
  cutter_.reset();
  UNECHO_ASSIGN_OR_RETURN(std::unique_ptr<InputReader> input, open_(next_source_));
  // Lines and texts are whatever they are.
  const bool takes_binary = given_layout_ != nullptr && TraitsOf(*given_layout_).takes_any_bytes;
  input_ = std::make_unique<Utf8Reader>(std::move(input), encoding_, takes_binary, OwnEncodingsOf(given_layout_.get()));
  ++next_source_;
  offset_ = 0;
  source_offset_ = 0;
  unconverted_bytes_ = 0;
  carry_.clear();
  at_end_ = false;
  layout_ = given_layout_;
  layout_why_.clear();
  return absl::OkStatus();
}

// Reads until `want` bytes are there, the source ends, or it stalls. False if nothing came.
absl::StatusOr<bool> BatchReader::ReadMore(Batch& batch, size_t& size, size_t want) {
  if (batch.bytes.size() < want + Batch::kPaddingBytes) {
    // By halves, not by as much again: what is copied over is there twice meanwhile.
    if (batch.bytes.capacity() < want + Batch::kPaddingBytes) batch.bytes.reserve(want + want / 2);
    batch.bytes.resize(want + Batch::kPaddingBytes);
  }
  const size_t before = size;
  while (size < want && !at_end_) {
    const bool anything_new = size > before;
    UNECHO_ASSIGN_OR_RETURN(const InputReader::Result result, input_->Read({batch.bytes.data() + size, want - size},
                                                                           anything_new ? kPatience : kLongPatience));
    size += result.bytes;
    progress_->fetch_add(result.bytes, std::memory_order_relaxed);
    at_end_ = result.at_end;
    if (result.stalled && anything_new) break;
  }
  return size > before;
}

// Of a converted source: where the batch, and a record that goes on in it, begin in the source.
void BatchReader::PlaceInSource(Batch& batch) {
  const SourceWidths* const widths = input_->encoding().widths;
  if (widths == nullptr) {
    source_offset_ = unconverted_bytes_ = offset_;
    return;
  }
  if (batch.open_fragment && batch.fragment_offset_bytes < unconverted_bytes_) {
    fragment_source_offset_ = batch.fragment_offset_bytes;
  } else if (batch.open_fragment && batch.fragment_offset_bytes < batch.offset_bytes) {
    const uint64_t last_offset = batch.offset_bytes - last_content_.size();
    if (batch.fragment_offset_bytes >= last_offset) {  // it began in the last batch; else it has been placed already
      fragment_source_offset_ =
          source_offset_ -
          SourceBytes(widths, std::string_view(last_content_).substr(batch.fragment_offset_bytes - last_offset));
    }
  }
  batch.source_widths = widths;
  batch.source_offset_bytes = source_offset_;
  batch.fragment_source_offset_bytes = fragment_source_offset_;
  last_content_.assign(batch.content());
  source_offset_ += SourceBytes(widths, last_content_);
}

absl::StatusOr<bool> BatchReader::Fill(Batch& batch) {
  const size_t source = input_ == nullptr ? next_source_ : next_source_ - 1;
  absl::StatusOr<bool> filled = FillNext(batch);
  // A source of which something has gone out cannot be skipped any more.
  const bool may_skip = skip_unreadable_ && cutter_ == nullptr && source < facts_.size();
  if (filled.ok() || !may_skip || absl::IsCancelled(filled.status())) return filled;
  SkipSource(source, filled.status(), batch);
  return true;
}

// Of a pipe behind the first source: it could not be looked at when works were chosen. False: more of it is needed.
absl::StatusOr<bool> BatchReader::IsAsChosen(const Batch& batch, size_t size) const {
  const InputFile& file = files_[next_source_ - 1];
  if (!wants_bibliographies_ || next_source_ == 1 || CanBeReadTwice(file)) return true;
  const bool is_all = at_end_ || size >= kSniffBytes;
  const std::string_view begin(batch.bytes.data(), std::min(size, kSniffBytes));
  const auto answer =
      begin.empty() ? Bibliography::kNoRecords : IsBibliography(*layout_, layout_options_, begin, is_all);
  if (answer != Bibliography::kNo) return answer.has_value();
  return absl::InvalidArgumentError(absl::StrFormat(
      "%s: no bibliography (%s), as the sources before it are, so nothing says what is to be compared: give --compare "
      "works (all records by their fields) or --compare words (by their texts)",
      input_->label(), layout_->name()));
}

// Gives an empty batch in its place: those behind it count on a last batch of each source.
void BatchReader::SkipSource(size_t source, const absl::Status& status, Batch& batch) {
  facts_[source] = {.layout = "lines", .layout_why = {}, .compression = "plain", .encoding = {}, .encoding_guess = {}};
  facts_[source].skipped = std::string(status.message());
  input_.reset();
  carry_.clear();
  next_source_ = source + 1;
  batch.Clear();
  batch.bytes.assign(Batch::kPaddingBytes, '\0');
  batch.source = static_cast<SourceId>(source);
  batch.layout = &GetLayout("lines");
  batch.ends_source = true;
}

absl::StatusOr<bool> BatchReader::FillNext(Batch& batch) {
  if (input_ == nullptr) {
    if (next_source_ == end_source_) return false;
    UNECHO_RETURN_IF_ERROR(OpenNext());
  }
  size_t size = carry_.size();
  batch.bytes.resize(std::max(batch.bytes.size(), std::max(size, batch_bytes_) + Batch::kPaddingBytes));
  if (size > 0) std::memcpy(batch.bytes.data(), carry_.data(), size);
  batch.source = static_cast<SourceId>(next_source_ - 1);
  batch.offset_bytes = offset_;

  size_t seen = 0;
  // A record that is longer is read on in steps: what comes behind it goes with it, and shall be no more than a batch.
  for (size_t want = std::max(batch_bytes_, size + batch_bytes_ / 2);; want = std::max(want, size + batch_bytes_)) {
    if (!at_end_) UNECHO_RETURN_IF_ERROR(ReadMore(batch, size, want).status());
    const std::string_view bytes(batch.bytes.data(), size);
    if (layout_ == nullptr) {
      auto shown = SniffLayout(bytes, at_end_, layout_options_, files_[next_source_ - 1].name);
      if (!shown) continue;
      // How much of it is here now depends on batches and pipes; what it is may not.
      const InputFile& file = files_[next_source_ - 1];
      if (siblings_.AreAsked(file, *shown) && !at_end_ && size < kSniffBytes) continue;
      Detected detected = siblings_.LayoutOf(file, bytes, *std::move(shown));
      if (detected.layout == nullptr)
        return absl::InvalidArgumentError(absl::StrFormat("%s: %s", input_->label(), detected.why));
      layout_ = std::move(detected.layout);
      layout_why_ = std::move(detected.why);
      batch.doubt = std::move(detected.doubt);
    }
    SourceFacts& facts = facts_[next_source_ - 1];
    if (cutter_ == nullptr) {
      UNECHO_ASSIGN_OR_RETURN(const bool is_known, IsAsChosen(batch, size));
      if (!is_known) continue;
      cutter_ = MakeCutter(*layout_, layout_options_);
      facts = {std::string(layout_->name()), layout_why_, std::string(Name(input_->compression())), {}, {}, 0};
    }
    batch.layout = layout_.get();
    batch.held_layout = layout_;
    const size_t taken = cutter_->Cut(bytes, seen, at_end_, batch);
    seen = size;
    if (taken == 0 && !at_end_) continue;
    batch.size = taken;
    batch.ends_source = at_end_;
    carry_.assign(batch.bytes.begin() + static_cast<std::ptrdiff_t>(taken),
                  batch.bytes.begin() + static_cast<std::ptrdiff_t>(size));
    std::memset(batch.bytes.data() + taken, 0, Batch::kPaddingBytes);
    offset_ += taken;
    PlaceInSource(batch);
    facts.encoding = input_->encoding().name;
    facts.encoding_guess = input_->encoding().guess;
    if (strict_ && !facts.encoding_guess.empty()) {
      return absl::DataLossError(
          absl::StrFormat("%s: %s (--strict: nothing is guessed)", input_->label(), facts.encoding_guess));
    }
    facts.num_undecodable = input_->num_undecodable();
    if (at_end_ && batch.source_widths != nullptr && batch.source_widths->has_several_lengths() &&
        source_offset_ != input_->source_bytes()) {
      return absl::DataLossError(absl::StrFormat(
          "%s: some characters are written in a longer form than %s needs, so offsets cannot point into the source; "
          "convert first: iconv -f %s -t utf-8 FILE | unecho ...",
          input_->label(), facts.encoding, facts.encoding));
    }
    if (at_end_) input_.reset();
    return true;
  }
}

}  // namespace unecho
