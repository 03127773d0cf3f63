#include "read/table_decoding.h"

#include <sys/stat.h>

#include <algorithm>
#include <cstring>
#include <new>
#include <utility>

#include "absl/strings/str_format.h"
#include "read/fd_source.h"

namespace unecho {
namespace {

// Values that are decoded at a time, about, and rows at most: with fewer the columns cost more than their values.
constexpr uint64_t kBatchBytes = uint64_t{256} << 10;
constexpr uint64_t kMostBatchRows = 1024;
constexpr size_t kReadyBlocks = 8;  // of the group that is being read

absl::Status NoMemoryForTable(const std::string& label) {
  return absl::ResourceExhaustedError(absl::StrFormat(
      "%s: no memory to decode it; raise --memory, lower --threads, or write it with smaller groups of rows", label));
}

}  // namespace

// A group of rows on its way, decoded by one thread at a time.
class TableDecoding::Group final : public DecodeWork {
 public:
  Group(const TableDecoding* parent, uint64_t number) : parent_(parent), number_(number) {}
  ~Group() override {
    if (batch_.release != nullptr) batch_.release(&batch_);
  }

  // With the mutex.
  bool HasWork() const { return !at_work_ && !finished_; }
  bool at_work() const { return at_work_; }
  bool finished() const { return finished_; }
  size_t ready_blocks() const { return ready_.size(); }
  uint64_t number() const { return number_; }
  uint64_t num_rows() const { return num_rows_; }
  const absl::Status& status() const { return status_; }
  size_t text_bytes() const { return text_bytes_; }
  void Take(DecodeBlock block) {
    current_ = std::move(block);
    at_work_ = true;
  }
  void GiveBack(DecodePool& pool) {
    at_work_ = false;
    finished_ = ended_;
    text_bytes_ = text_.capacity();
    if (current_.bytes > 0)
      ready_.push_back(std::move(current_));
    else
      pool.Return(DecodePool::kDecompressed, std::move(current_));
  }
  DecodeBlock TakeBlock() {
    if (ready_.empty()) return {};
    DecodeBlock block = std::move(ready_.front());
    ready_.pop_front();
    return block;
  }
  void ReturnBlocks(DecodePool& pool) {
    for (DecodeBlock& block : ready_) pool.Return(DecodePool::kDecompressed, std::move(block));
    ready_.clear();
  }

  void Work() noexcept override {
    try {
      while (!ended_ && current_.bytes < DecodeBlock::kBytes) {
        if (given_ < text_.size()) {
          const size_t bytes = std::min(text_.size() - given_, DecodeBlock::kBytes - current_.bytes);
          std::memcpy(current_.data.get() + current_.bytes, text_.data() + given_, bytes);
          current_.bytes += bytes;
          given_ += bytes;
        } else if (status_ = Next(); !status_.ok()) {
          ended_ = true;
        }
      }
    } catch (const std::bad_alloc&) {
      status_ = absl::ResourceExhaustedError("no memory");
      ended_ = true;
    }
    if (ended_) rows_.reset();
  }

 private:
  // Some more text, or the end.
  absl::Status Next() {
    text_.clear();
    given_ = 0;
    if (rows_ == nullptr) UNECHO_RETURN_IF_ERROR(Open());
    if (batch_.release == nullptr || row_ == batch_.length) {
      if (batch_.release != nullptr) batch_.release(&batch_);
      batch_.release = nullptr;
      row_ = 0;
      UNECHO_RETURN_IF_ERROR(TableStatus(*parent_->tables_, parent_->tables_->next(rows_.get(), &batch_)));
      ended_ = batch_.release == nullptr;
    }
    while (!ended_ && row_ < batch_.length && text_.size() < DecodeBlock::kBytes) {
      parent_->objects_.Append(batch_, row_++, text_);
      ++num_rows_;
    }
    return absl::OkStatus();
  }

  absl::Status Open() {
    const UnechoTables& tables = *parent_->tables_;
    UnechoTable* const table = parent_->table_.get();
    const uint64_t rows = tables.group_rows(table, number_), bytes = tables.group_bytes(table, number_);
    const uint64_t row_bytes = rows == 0 ? 0 : bytes / rows;
    const uint64_t batch_rows = std::clamp<uint64_t>(kBatchBytes / std::max<uint64_t>(row_bytes, 1), 1, kMostBatchRows);
    UnechoRows* opened = nullptr;
    UNECHO_RETURN_IF_ERROR(TableStatus(tables, tables.rows(table, number_, batch_rows, &opened)));
    rows_ = TableRowsPtr(opened, TableCloser{&tables});
    return absl::OkStatus();
  }

  const TableDecoding* const parent_;
  const uint64_t number_;

  // Of the thread that works.
  TableRowsPtr rows_{nullptr, TableCloser{nullptr}};
  ArrowArray batch_{};
  int64_t row_ = 0;  // the next of the batch
  std::string text_;
  size_t given_ = 0;
  DecodeBlock current_;
  bool ended_ = false;
  absl::Status status_;
  uint64_t num_rows_ = 0;

  // With the mutex.
  std::deque<DecodeBlock> ready_;
  size_t text_bytes_ = 0;
  bool at_work_ = false, finished_ = false;
};

UnechoTableKind TableKindOf(Compression compression, std::span<const char> first_bytes) {
  if (compression == Compression::kParquet) return kUnechoParquet;
  return first_bytes.front() == 'A' ? kUnechoArrowFile : kUnechoArrowStream;
}

absl::Status NoTables(const std::string& label, const absl::Status& reason) {
  return absl::FailedPreconditionError(absl::StrFormat(
      "%s: a table (Parquet or Arrow), and the library that reads them is not here (%s); scripts/parquet.sh builds it, "
      "or let another program write JSON lines into a pipe: duckdb -c \"COPY (FROM '%s') TO '/dev/stdout' (FORMAT "
      "json)\" | unecho clean -",
      label, reason.message(), label));
}

absl::StatusOr<std::unique_ptr<TableDecoding>> TableDecoding::Start(int fd, UnechoTableKind kind,
                                                                    const std::string& label, DecodePool* pool,
                                                                    const std::atomic<int>* interrupted) {
  const absl::StatusOr<const UnechoTables*> tables = LoadTables();
  if (!tables.ok()) return NoTables(label, tables.status());
  const auto broken = [&label](const absl::Status& status) {
    if (absl::IsResourceExhausted(status)) return NoMemoryForTable(label);
    return absl::DataLossError(absl::StrFormat(
        "%s: cannot be read as the table that it begins as (%s); fetch the file again", label, status.message()));
  };
  absl::StatusOr<TablePtr> table = OpenTable(**tables, fd, kind);
  if (!table.ok()) return broken(table.status());
  ArrowSchema schema{};
  if (const absl::Status status = TableStatus(**tables, (*tables)->schema(table->get(), &schema)); !status.ok())
    return broken(status);
  const absl::StatusOr<RowObjects> objects = RowObjects::Make(schema);
  schema.release(&schema);
  if (!objects.ok()) return absl::InvalidArgumentError(absl::StrFormat("%s: %s", label, objects.status().message()));

  std::unique_ptr<TableDecoding> decoding(
      new TableDecoding(*tables, *std::move(table), *objects, label, pool, interrupted));
  struct stat info {};
  if (fstat(fd, &info) == 0) decoding->file_bytes_ = static_cast<uint64_t>(info.st_size);
  const std::lock_guard lock(pool->mutex());
  pool->Add(decoding.get());
  decoding->pool_status_.Update(pool->WorkChanged());
  return decoding;
}

TableDecoding::TableDecoding(const UnechoTables* tables, TablePtr table, RowObjects objects, const std::string& label,
                             DecodePool* pool, const std::atomic<int>* interrupted)
    : DecodedReader(pool, label, interrupted),
      tables_(tables),
      table_(std::move(table)),
      objects_(std::move(objects)),
      num_groups_(tables->num_groups(table_.get())) {}

TableDecoding::~TableDecoding() {
  std::unique_lock lock(pool_->mutex());
  stopping_ = true;
  pool_->Remove(this);
  ready_changed_.wait(
      lock, [this] { return std::ranges::none_of(groups_, [](const auto& group) { return group->at_work(); }); });
  ReturnTaken();
  for (const auto& group : groups_) group->ReturnBlocks(*pool_);
  groups_.clear();
  CountDecoders();
}

// --- for the threads of the pool -------------------------------------------------------------------------------------

TableDecoding::Group* TableDecoding::NextGroup() const {
  for (const auto& group : groups_) {
    if (group->finished() && !group->status().ok()) return nullptr;  // what is behind it is not given out
    if (!group->HasWork()) continue;
    // Nobody waits for what is not being read, and nothing keeps what is being read from going on.
    const bool is_front = being_read_ && group == groups_.front();
    if (is_front ? group->ready_blocks() < kReadyBlocks : pool_->HasRoom(DecodePool::kDecompressed)) return group.get();
  }
  return nullptr;
}

bool TableDecoding::MayBegin() const {
  if (next_group_ == num_groups_) return false;
  if (!groups_.empty() && groups_.back()->finished() && !groups_.back()->status().ok()) return false;
  if (being_read_ && groups_.empty()) return true;
  const auto in_work =
      static_cast<size_t>(std::ranges::count_if(groups_, [](const auto& group) { return !group->finished(); }));
  const size_t decoders = being_read_ ? in_work : pool_->num_decoders();
  return decoders < pool_->max_threads() && pool_->HasRoom(DecodePool::kDecompressed);
}

bool TableDecoding::HasWork() const { return !stopping_ && (NextGroup() != nullptr || MayBegin()); }

DecodeWork* TableDecoding::TakeWork() {
  try {
    Group* group = NextGroup();
    DecodeBlock block = pool_->Take(DecodePool::kDecompressed);
    if (group == nullptr) {
      groups_.push_back(std::make_unique<Group>(this, next_group_++));
      group = groups_.back().get();
    }
    group->Take(std::move(block));
    CountDecoders();
    return group;
  } catch (const std::bad_alloc&) {
    is_out_of_memory_ = stopping_ = true;
    ready_changed_.notify_all();
    return nullptr;
  }
}

void TableDecoding::GiveBack(DecodeWork* work) {
  static_cast<Group*>(work)->GiveBack(*pool_);
  CountDecoders();
  ready_changed_.notify_all();
}

void TableDecoding::CountDecoders() {
  const auto decoders =
      static_cast<size_t>(std::ranges::count_if(groups_, [](const auto& group) { return !group->finished(); }));
  size_t bytes = stopping_ ? 0 : tables_->allocated_bytes(table_.get());
  for (const auto& group : groups_) bytes += group->text_bytes();
  DecodedReader::CountDecoders(decoders, bytes);
}

// --- the reader ------------------------------------------------------------------------------------------------------

DecodeBlock TableDecoding::NextBlock() {
  while (!groups_.empty()) {
    Group& front = *groups_.front();
    DecodeBlock block = front.TakeBlock();
    if (block.data != nullptr || !front.finished() || !front.status().ok()) return block;
    compressed_bytes_.store(
        static_cast<uint64_t>(static_cast<double>(file_bytes_) * static_cast<double>(front.number() + 1) /
                              static_cast<double>(num_groups_)),
        std::memory_order_relaxed);
    groups_.pop_front();
    CountDecoders();
    FrontChanged();
  }
  return {};
}

std::optional<absl::Status> TableDecoding::End() {
  if (is_out_of_memory_) return NoMemoryForTable(label_);
  if (!groups_.empty()) {
    const Group& front = *groups_.front();
    if (front.finished() && !front.status().ok()) return ErrorOf(front);
    return std::nullopt;
  }
  if (next_group_ < num_groups_) return std::nullopt;
  compressed_bytes_.store(file_bytes_, std::memory_order_relaxed);
  return absl::OkStatus();
}

absl::Status TableDecoding::ErrorOf(const Group& group) const {
  if (absl::IsResourceExhausted(group.status())) return NoMemoryForTable(label_);
  uint64_t rows_before = 0;
  for (uint64_t i = 0; i < group.number(); ++i) rows_before += tables_->group_rows(table_.get(), i);
  return absl::DataLossError(
      absl::StrFormat("%s: broken in group %d of %d of its rows, behind row %d (%s); fetch the file again", label_,
                      group.number() + 1, num_groups_, rows_before + group.num_rows(), group.status().message()));
}

}  // namespace unecho
