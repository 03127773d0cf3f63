#include "tables/plugin/host_pool.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <vector>

namespace {

// What stands in front of a block: how much there is of it, and how far it is from where its memory begins.
struct Head {
  size_t capacity, offset;
};
Head& HeadOf(uint8_t* block) { return reinterpret_cast<Head*>(block)[-1]; }

// Of the memory at `begin`, which has AroundBlock() bytes more than the block.
uint8_t* BlockIn(uint8_t* begin, size_t alignment) {
  const size_t beside = (reinterpret_cast<uintptr_t>(begin) + sizeof(Head)) % alignment;
  return begin + sizeof(Head) + (beside == 0 ? 0 : alignment - beside);
}
size_t AroundBlock(size_t alignment) { return sizeof(Head) + alignment; }

uint8_t* TakeBlock(size_t size, size_t alignment) {
  auto* const begin = static_cast<uint8_t*>(std::malloc(size + AroundBlock(alignment)));
  if (begin == nullptr) return nullptr;
  uint8_t* const block = BlockIn(begin, alignment);
  HeadOf(block) = {.capacity = size, .offset = static_cast<size_t>(block - begin)};
  return block;
}

void GiveBlockBack(uint8_t* block) { std::free(block - HeadOf(block).offset); }

// Pages of so much memory are moved by the system, and not copied.
constexpr size_t kMovedBytes = size_t{4} << 20;

// A block of `size` bytes with the first `used` of `block`, which it takes the place of; null: nothing has changed.
uint8_t* ResizeBlock(uint8_t* block, size_t used, size_t size, size_t alignment) {
  const size_t offset = HeadOf(block).offset;
  if (std::min(HeadOf(block).capacity, size) < kMovedBytes) {
    uint8_t* const other = TakeBlock(size, alignment);
    if (other == nullptr) return nullptr;
    std::memcpy(other, block, std::min(used, size));
    GiveBlockBack(block);
    return other;
  }
  auto* const begin = static_cast<uint8_t*>(std::realloc(block - offset, size + AroundBlock(alignment)));
  if (begin == nullptr) return nullptr;
  uint8_t* const moved = BlockIn(begin, alignment);
  if (moved != begin + offset) std::memmove(moved, begin + offset, std::min(used, size));
  HeadOf(moved) = {.capacity = size, .offset = static_cast<size_t>(moved - begin)};
  return moved;
}

size_t AlignmentOf(int64_t alignment) { return std::max(static_cast<size_t>(alignment), alignof(Head)); }

}  // namespace

std::unique_ptr<HostPool, HostPool::GiveBack> HostPool::Take(const UnechoTablesHost* host) {
  static std::mutex mutex;
  static auto& pools = *new std::vector<std::unique_ptr<HostPool>>();  // not destroyed while threads are
  const std::lock_guard lock(mutex);
  const auto free = std::ranges::find_if(pools, [](const auto& pool) {
    return !pool->is_taken_.load(std::memory_order_acquire) && pool->bytes_allocated() == 0;
  });
  HostPool* const pool = free != pools.end() ? free->get() : pools.emplace_back(new HostPool(host)).get();
  pool->is_taken_ = true;
  return std::unique_ptr<HostPool, GiveBack>(pool);
}

arrow::Status HostPool::Allocate(int64_t size, int64_t alignment, uint8_t** out) {
  ARROW_RETURN_NOT_OK(Ask(size));
  uint8_t* const block = TakeBlock(static_cast<size_t>(size), AlignmentOf(alignment));
  if (block == nullptr) return arrow::Status::OutOfMemory("no memory for ", size, " bytes");
  *out = block;
  Count(size);
  return arrow::Status::OK();
}

arrow::Status HostPool::Reallocate(int64_t old_size, int64_t new_size, int64_t alignment, uint8_t** out) {
  // What is cut to less is let go of soon, or is small, unless it is most of a large block.
  constexpr size_t kMostLeft = size_t{2} << 20;
  if (new_size < 0 || new_size > old_size) ARROW_RETURN_NOT_OK(Ask(new_size));
  const size_t capacity = HeadOf(*out).capacity, size = static_cast<size_t>(new_size);
  if (size > capacity || capacity - size > std::max(kMostLeft, size)) {
    uint8_t* const block = ResizeBlock(*out, static_cast<size_t>(old_size), size, AlignmentOf(alignment));
    if (block == nullptr) return arrow::Status::OutOfMemory("no memory for ", new_size, " bytes");
    *out = block;
  }
  Count(new_size - old_size);
  return arrow::Status::OK();
}

void HostPool::Free(uint8_t* buffer, int64_t size, int64_t /*alignment*/) {
  GiveBlockBack(buffer);
  Count(-size);
}

arrow::Status HostPool::Ask(int64_t size) const {
  if (size >= 0 && host_->may_allocate(static_cast<uint64_t>(size))) return arrow::Status::OK();
  return arrow::Status::OutOfMemory("no memory for ", size, " bytes");
}

void HostPool::Count(int64_t bytes) {
  const int64_t now = allocated_.fetch_add(bytes, std::memory_order_relaxed) + bytes;
  int64_t peak = peak_.load(std::memory_order_relaxed);
  while (now > peak && !peak_.compare_exchange_weak(peak, now, std::memory_order_relaxed)) {
  }
  if (bytes > 0) {
    total_.fetch_add(bytes, std::memory_order_relaxed);
    number_.fetch_add(1, std::memory_order_relaxed);
  }
}
