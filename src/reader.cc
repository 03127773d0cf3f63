#include "reader.h"

#include <algorithm>
#include <cstring>

namespace unecho {
namespace {

// How long a stall lasts before what is there goes out; and how long to wait when nothing can go out.
constexpr std::chrono::milliseconds kPatience{5};
constexpr std::chrono::milliseconds kLongPatience{60'000};

}  // namespace

BatchReader::BatchReader(size_t num_sources, Open open, const AnswerOptions& answer, size_t batch_bytes,
                         std::atomic<uint64_t>* progress)
    : open_(std::move(open)), given_layout_(answer.layout), layout_options_(answer.segment), batch_bytes_(batch_bytes),
      progress_(progress), facts_(num_sources) {}

absl::Status BatchReader::OpenNext() {
  UNECHO_ASSIGN_OR_RETURN(input_, open_(next_source_));
  ++next_source_;
  cutter_.reset();
  offset_ = 0;
  carry_.clear();
  at_end_ = false;
  layout_ = given_layout_;
  why_.clear();
  return absl::OkStatus();
}

// Reads until `want` bytes are there, the source ends, or it stalls. False if nothing came.
absl::StatusOr<bool> BatchReader::ReadMore(Batch& batch, size_t& size, size_t want) {
  if (batch.bytes.size() < want + Batch::kPaddingBytes) batch.bytes.resize(want + Batch::kPaddingBytes);
  const size_t before = size;
  while (size < want && !at_end_) {
    const bool anything_new = size > before;
    UNECHO_ASSIGN_OR_RETURN(const InputReader::Result result,
                            input_->Read({batch.bytes.data() + size, want - size}, anything_new ? kPatience : kLongPatience));
    size += result.bytes;
    progress_->fetch_add(result.bytes, std::memory_order_relaxed);
    at_end_ = result.at_end;
    if (result.stalled && anything_new) break;
  }
  return size > before;
}

absl::StatusOr<bool> BatchReader::Fill(Batch& batch) {
  if (input_ == nullptr) {
    if (next_source_ == facts_.size()) return false;
    UNECHO_RETURN_IF_ERROR(OpenNext());
  }
  size_t size = carry_.size();
  batch.bytes.resize(std::max(batch.bytes.size(), std::max(size, batch_bytes_) + Batch::kPaddingBytes));
  if (size > 0) std::memcpy(batch.bytes.data(), carry_.data(), size);
  batch.source = static_cast<SourceId>(next_source_ - 1);
  batch.offset_bytes = offset_;

  size_t seen = 0;
  for (size_t want = std::max(batch_bytes_, size + batch_bytes_ / 2);; want = std::max(want, size + size / 2 + batch_bytes_ / 2)) {
    if (!at_end_) UNECHO_RETURN_IF_ERROR(ReadMore(batch, size, want).status());
    const std::string_view bytes(batch.bytes.data(), size);
    if (layout_ == nullptr) {
      const auto detected = SniffLayout(bytes, at_end_);
      if (!detected) continue;
      layout_ = detected->layout;
      why_ = detected->why;
    }
    SourceFacts& facts = facts_[next_source_ - 1];
    if (cutter_ == nullptr) {
      cutter_ = layout_->MakeCutter(layout_options_);
      facts = {std::string(layout_->name()), std::string(Name(input_->compression())), why_};
    }
    batch.layout = layout_.get();
    const size_t taken = cutter_->Cut(bytes, seen, at_end_, batch);
    seen = size;
    if (taken == 0 && !at_end_) continue;
    batch.size = taken;
    batch.ends_source = at_end_;
    carry_.assign(batch.bytes.begin() + static_cast<std::ptrdiff_t>(taken), batch.bytes.begin() + static_cast<std::ptrdiff_t>(size));
    std::memset(batch.bytes.data() + taken, 0, Batch::kPaddingBytes);
    offset_ += taken;
    if (at_end_) input_.reset();
    return true;
  }
}

}  // namespace unecho
