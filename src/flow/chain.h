// The stages of a flow, in order, each under its name and with what it costs.
//
// A stage is an object that takes a batch, fills in its own part of it and changes nothing else: `operator()(Batch&)`,
// which returns a Status, or nothing where it cannot fail. One that keeps tables has `memory_bytes() const` beside it.
// The chain borrows its stages: they outlive it.
//
// A link of the chain is in order (one caller, batches in input order) or parallel (its stages are const). Stages that
// share a link run one behind the other.
//
// Cost:    an indirect call a stage and batch. Threads: built by one thread, then run (runner.h). Failure: none.
#ifndef UNECHO_SRC_FLOW_CHAIN_H_
#define UNECHO_SRC_FLOW_CHAIN_H_

#include <atomic>
#include <concepts>
#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/batch.h"
#include "base/status.h"

namespace unecho {

template <typename S>
concept BatchStage = std::invocable<S&, Batch&>;

class Chain {
 public:
  struct Link {
    Link(std::string link_name, bool ordered) : name(std::move(link_name)), in_order(ordered) {}
    absl::Status Run(Batch& batch) const {
      for (const auto& stage : stages) UNECHO_RETURN_IF_ERROR(stage(batch));
      return absl::OkStatus();
    }
    uint64_t MeasureTables() const {
      uint64_t bytes = 0;
      for (const auto& table : tables) bytes += table();
      return bytes;
    }

    std::string name;
    bool in_order;
    std::vector<std::function<absl::Status(Batch&)>> stages;
    std::vector<std::function<uint64_t()>> tables;
    std::atomic<uint64_t> busy_ns{0};
    std::atomic<uint64_t> table_bytes{0};  // ordered links: of its stages, behind the last batch
    bool failed = false;                   // an ordered link has seen an error; touched by that link alone
  };

  template <BatchStage... Stages>
  void Parallel(std::string name, const Stages&... stages) {
    Link& link = links_.emplace_back(std::move(name), false);
    (Append(stages, link), ...);
  }
  template <BatchStage... Stages>
  void InOrder(std::string name, Stages&... stages) {
    Link& link = links_.emplace_back(std::move(name), true);
    (Append(stages, link), ...);
  }

  std::deque<Link>& links() { return links_; }
  const std::deque<Link>& links() const { return links_; }
  // What the tables of all ordered links take.
  uint64_t table_bytes() const {
    uint64_t bytes = 0;
    for (const Link& link : links_) bytes += link.table_bytes.load(std::memory_order_relaxed);
    return bytes;
  }

 private:
  template <typename S>
  static void Append(S& stage, Link& link) {
    link.stages.emplace_back([&stage](Batch& batch) -> absl::Status {
      if constexpr (std::is_void_v<std::invoke_result_t<S&, Batch&>>) {
        stage(batch);
        return absl::OkStatus();
      } else {
        return stage(batch);
      }
    });
    if constexpr (requires {
                    { stage.memory_bytes() } -> std::convertible_to<uint64_t>;
                  }) {
      link.tables.emplace_back([&stage] { return stage.memory_bytes(); });
    }
  }

  std::deque<Link> links_;  // a deque: links do not move
};

}  // namespace unecho

#endif  // UNECHO_SRC_FLOW_CHAIN_H_
