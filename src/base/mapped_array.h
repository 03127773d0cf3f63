// An append-only array that grows without copying its elements, for the index and its tables.
//
// Elements live in an anonymous mapping that mremap() enlarges: the kernel moves page tables, not bytes, and pages that
// were never written cost nothing. Huge pages are asked for.
//
// T is trivially copyable; new elements are zero.
// Cost:    amortised O(1); memory_bytes() is what is used, at most an eighth or 64 KiB more is resident.
// Threads: readers may share it while nobody grows it. Growing may move it.
// Failure: out of address space, or of what LimitResident() allows -> std::bad_alloc (the plan for --memory is checked
//          long before).
#ifndef UNECHO_SRC_BASE_MAPPED_ARRAY_H_
#define UNECHO_SRC_BASE_MAPPED_ARRAY_H_

#include <sys/mman.h>

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <new>
#include <span>
#include <type_traits>

#include "base/memory.h"

namespace unecho {

template <typename T>
class MappedArray {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  MappedArray() = default;
  ~MappedArray() { Clear(); }
  MappedArray(const MappedArray&) = delete;
  MappedArray& operator=(const MappedArray&) = delete;

  size_t size() const { return size_; }
  T* data() { return data_; }
  const T* data() const { return data_; }
  T& operator[](size_t i) { return data_[i]; }
  const T& operator[](size_t i) const { return data_[i]; }

  void Reserve(size_t count) {
    if (count * sizeof(T) > populated_bytes_) Grow(count);
  }
  void Resize(size_t count) {
    Reserve(count);
    size_ = count;
  }
  void PushBack(const T& value) {
    Reserve(size_ + 1);
    data_[size_++] = value;
  }
  // Appends `count` zero elements and returns the first.
  T* Extend(size_t count) {
    Reserve(size_ + count);
    T* first = data_ + size_;
    size_ += count;
    return first;
  }
  uint64_t memory_bytes() const { return size_ * sizeof(T); }
  // Empty again, and its memory given back.
  void Clear() {
    if (data_ != nullptr) munmap(data_, reserved_bytes_);
    data_ = nullptr;
    size_ = reserved_bytes_ = populated_bytes_ = 0;
  }

 private:
  // 256 KiB at first: an index of a small run stays small. Huge pages once they can be filled.
  static constexpr size_t kFirstBytes = size_t{256} << 10;
  static constexpr size_t kHugePageBytes = size_t{2} << 20;
  static constexpr int kCollapse = 25;  // MADV_COLLAPSE, since Linux 6.1

  // Pages are asked for some at a time, 64 KiB up to an eighth of what is there: one call instead of a fault a page,
  // which took 4 % of a run over all-new text. A kernel that does not know the call faults.
  void Grow(size_t count) {
    const size_t need = count * sizeof(T);
    if (need > reserved_bytes_) Map(need);
    size_t chunk = kFirstBytes / 4;
    while (chunk < need / 8 && chunk < kHugePageBytes) chunk *= 2;
    const size_t until = std::min(reserved_bytes_, (need + chunk - 1) / chunk * chunk);
    NoteAllocation(until - populated_bytes_);
    (void)madvise(reinterpret_cast<char*>(data_) + populated_bytes_, until - populated_bytes_, MADV_POPULATE_WRITE);
    populated_bytes_ = until;
  }
  void Map(size_t need) {
    size_t bytes = reserved_bytes_ == 0 ? kFirstBytes : reserved_bytes_ * 2;
    while (bytes < need) bytes *= 2;
    void* moved = reserved_bytes_ == 0
                      ? mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
                      : mremap(data_, reserved_bytes_, bytes, MREMAP_MAYMOVE);
    if (moved == MAP_FAILED) throw std::bad_alloc();
    if (bytes >= 4 * kHugePageBytes) {
      madvise(moved, bytes, MADV_HUGEPAGE);
      // What is there already lies in small pages, and would stay so: then most look-ups in an index of a million short
      // titles miss the TLB, too. A kernel that does not know the call leaves them small.
      madvise(moved, populated_bytes_, kCollapse);
    }
    data_ = static_cast<T*>(moved);
    reserved_bytes_ = bytes;
  }

  T* data_ = nullptr;
  size_t size_ = 0;
  size_t reserved_bytes_ = 0;
  size_t populated_bytes_ = 0;  // a prefix: what may be used without asking
};

}  // namespace unecho

#endif  // UNECHO_SRC_BASE_MAPPED_ARRAY_H_
