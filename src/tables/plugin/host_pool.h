// Where Arrow takes its memory: of the program's allocator, within the program's limit.
//
// Arrow lets buffers grow, and cuts each to its size when it is full. A pool that may only take and give back copies it
// every time; of this one a block is cut where it stands, and a large one grows by moving its pages.
//
// Threads of Arrow's own let go of buffers a little after a table has been closed. So pools live as long as the
// process, and one that is given back is taken again when nothing of it is in use.
//
// Threads: any.
#ifndef UNECHO_SRC_TABLES_PLUGIN_HOST_POOL_H_
#define UNECHO_SRC_TABLES_PLUGIN_HOST_POOL_H_

#include <arrow/memory_pool.h>
#include <arrow/status.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "tables/plugin_interface.h"

class HostPool final : public arrow::MemoryPool {
 public:
  struct GiveBack {
    void operator()(HostPool* pool) const { pool->is_taken_.store(false, std::memory_order_release); }
  };
  static std::unique_ptr<HostPool, GiveBack> Take(const UnechoTablesHost* host);

  arrow::Status Allocate(int64_t size, int64_t alignment, uint8_t** out) override;
  arrow::Status Reallocate(int64_t old_size, int64_t new_size, int64_t alignment, uint8_t** out) override;
  void Free(uint8_t* buffer, int64_t size, int64_t alignment) override;
  int64_t bytes_allocated() const override { return allocated_.load(std::memory_order_relaxed); }
  int64_t max_memory() const override { return peak_.load(std::memory_order_relaxed); }
  int64_t total_bytes_allocated() const override { return total_.load(std::memory_order_relaxed); }
  int64_t num_allocations() const override { return number_.load(std::memory_order_relaxed); }
  std::string backend_name() const override { return "system"; }

 private:
  explicit HostPool(const UnechoTablesHost* host) : host_(host) {}
  arrow::Status Ask(int64_t size) const;
  void Count(int64_t bytes);

  const UnechoTablesHost* const host_;
  std::atomic<int64_t> allocated_{0}, peak_{0}, total_{0}, number_{0};
  std::atomic<bool> is_taken_{false};
};
using HostPoolPtr = std::unique_ptr<HostPool, HostPool::GiveBack>;

#endif  // UNECHO_SRC_TABLES_PLUGIN_HOST_POOL_H_
