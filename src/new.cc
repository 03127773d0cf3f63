// operator new of the program: memory is counted before it is taken (base/memory.h). The library leaves that of its
// users alone.
//
// What can do without an exception asks for its worst case, and writes as little as there is: the tape of simdjson has
// 8 bytes for each byte of JSON. So such memory is not refused, and what is parsed is looked at before
// (text/json_memory.h). A new_handler is not called: nothing sets one.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <new>

#include "base/memory.h"

namespace {

void* Take(std::size_t size) { return std::malloc(size == 0 ? 1 : size); }

void* TakeAligned(std::size_t size, std::align_val_t alignment) {
  const auto align = static_cast<std::size_t>(alignment);
  if (size > SIZE_MAX - align) return nullptr;
  return std::aligned_alloc(align, std::max<std::size_t>(1, (size + align - 1) / align) * align);
}

void* OrThrow(void* memory) {
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

}  // namespace

void* operator new(std::size_t size) {
  unecho::NoteAllocation(size);
  return OrThrow(Take(size));
}
void* operator new(std::size_t size, std::align_val_t alignment) {
  unecho::NoteAllocation(size);
  return OrThrow(TakeAligned(size, alignment));
}
void* operator new(std::size_t size, const std::nothrow_t& /*nothrow*/) noexcept {
  unecho::NoteReservation(size);
  return Take(size);
}
void* operator new(std::size_t size, std::align_val_t alignment, const std::nothrow_t& /*nothrow*/) noexcept {
  unecho::NoteReservation(size);
  return TakeAligned(size, alignment);
}
void* operator new[](std::size_t size) { return operator new(size); }
void* operator new[](std::size_t size, std::align_val_t alignment) { return operator new(size, alignment); }
void* operator new[](std::size_t size, const std::nothrow_t& nothrow) noexcept { return operator new(size, nothrow); }
void* operator new[](std::size_t size, std::align_val_t alignment, const std::nothrow_t& nothrow) noexcept {
  return operator new(size, alignment, nothrow);
}

void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t /*size*/) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t /*alignment*/) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t /*size*/, std::align_val_t /*alignment*/) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t /*size*/) noexcept { std::free(memory); }
void operator delete[](void* memory, std::align_val_t /*alignment*/) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t /*size*/, std::align_val_t /*alignment*/) noexcept {
  std::free(memory);
}
