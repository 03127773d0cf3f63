// Abseil's flat hash tables, for a program in which memory may be refused.
//
// A table of Abseil whose allocation throws is left in no state that can be destroyed: it has its new size already, and
// the old memory. So an allocation that is refused ends the program here, by std::terminate(), whose handler in unecho
// says why, removes temporaries and exits with 1.
//
// Cost, threads: as of absl::flat_hash_map.
#ifndef UNECHO_SRC_BASE_HASH_MAP_H_
#define UNECHO_SRC_BASE_HASH_MAP_H_

#include <cstddef>
#include <memory>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"

namespace unecho {

template <typename T>
struct EndingAllocator {
  using value_type = T;
  EndingAllocator() = default;
  template <typename Other>
  EndingAllocator(const EndingAllocator<Other>& /*other*/) noexcept {}  // NOLINT: as allocators convert
  T* allocate(std::size_t count) noexcept { return std::allocator<T>().allocate(count); }
  void deallocate(T* memory, std::size_t count) noexcept { std::allocator<T>().deallocate(memory, count); }
  template <typename Other>
  bool operator==(const EndingAllocator<Other>& /*other*/) const {
    return true;
  }
};

template <typename Key, typename Value>
using HashMap =
    absl::flat_hash_map<Key, Value, absl::container_internal::hash_default_hash<Key>,
                        absl::container_internal::hash_default_eq<Key>, EndingAllocator<std::pair<const Key, Value>>>;
template <typename Key>
using HashSet = absl::flat_hash_set<Key, absl::container_internal::hash_default_hash<Key>,
                                    absl::container_internal::hash_default_eq<Key>, EndingAllocator<Key>>;

}  // namespace unecho

#endif  // UNECHO_SRC_BASE_HASH_MAP_H_
