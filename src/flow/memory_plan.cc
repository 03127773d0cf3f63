#include "flow/memory_plan.h"

#include <algorithm>

#include "absl/strings/str_format.h"

namespace unecho {
namespace {

uint64_t Mib(uint64_t bytes) { return (bytes + (uint64_t{1} << 19)) >> 20; }

// Bytes in flight for one of content. Measured: a line of one letter with all that the outputs say of it, 400, and as
// much again of buffers that grow; one record of tags, 40.
constexpr uint64_t kWorstOfShortRecords = 1024, kWorstOfOneRecord = 40;
constexpr size_t kLeastBatchBytes = size_t{16} << 10;

}  // namespace

BatchRoom RoomForBatches(uint64_t left_bytes, size_t most_batches, size_t batch_bytes) {
  BatchRoom room;
  const uint64_t fitting = left_bytes / most_batches / kWorstOfShortRecords;
  room.batch_bytes = std::min(batch_bytes, std::max<size_t>(kLeastBatchBytes, fitting));
  room.num_batches = std::clamp<size_t>(left_bytes / (room.batch_bytes * kWorstOfShortRecords), 1, most_batches);
  room.beside_bytes = std::max<uint64_t>(2 * room.batch_bytes, left_bytes / room.num_batches / kWorstOfOneRecord);
  return room;
}

MemoryPlan PlanMemory(const BandPlan& bands, const RunOptions& run, const PlannedTables& tables, int threads,
                      size_t num_batches) {
  MemoryPlan plan;
  // Measured: an empty run is about 16 MB resident; each thread adds scratch and a stack. bench.sh compares plan and
  // peak.
  plan.fixed_bytes = (uint64_t{16} << 20) + static_cast<uint64_t>(threads) * (uint64_t{1} << 20);
  // A batch holds its bytes, their tokens (about half of them in 32-bit hashes) and the formatted output.
  plan.num_batches = num_batches;
  plan.batch_size = run.batch_bytes;
  plan.batch_bytes = num_batches * run.batch_bytes * 5 / 2;
  // Bands: 6.4 bytes an entry at full lines, load 68 %, a few overflow lines: 10.5. Sketch 64, place 20, reference 8,
  // group size 4, what provenance says of the group 12, and what fields that are not compared say 8.
  plan.per_kept_bytes = static_cast<uint64_t>(bands.bands) * 21 / 2 + 64 + 20 + 8 + 4 + 12 + 8;
  // Bands: 10 bits of filter, a fence for 1,008 entries.
  plan.per_frozen_bytes = static_cast<uint64_t>(bands.bands) * 5 / 4 + 8 + 4 + 12 + 8;
  // A work with an abstract of 200 words is 200 words of memory and 300 bytes of text; 20 keys, each with a slot at
  // load 3/8 to 3/4 and, where another work has it, a link.
  if (tables.works) plan.per_kept_bytes = 200 * 4 + 300 + 20 * (16 * 16 / 9 + 8) + 8 + 4 + 12;
  plan.has_tokens = !tables.works;
  // A row of marks; of each key, and of the texts, a table as the exact one, and two places.
  if (tables.marks.width > 0)
    plan.per_kept_marks_bytes = tables.marks.width * 8 + (tables.marks.keys + 1) * (12 * 16 / 9 + 8 + 4 + 4);
  plan.per_kept_bytes += plan.per_kept_marks_bytes;
  // Fields as they were written: 250 to 350 bytes in five exports of databases; where they are, 12; two pairs.
  if (tables.review) plan.per_kept_review_bytes = 300 + 12 + 2 * 24;
  plan.per_kept_bytes += plan.per_kept_review_bytes;
  // Exact table: 12 bytes at load 3/8 to 3/4, high half 8, fate 4.
  plan.per_unique_bytes = 12 * 16 / 9 + 8 + 4;
  plan.per_frozen_unique_bytes = 2 + 4;
  // The same table of keys, and where a line came first.
  if (tables.dedup_lines) plan.per_line_bytes = 12 * 16 / 9 + 8 + 16;
  // And once more where they are counted, with how many records have it, and which was the last.
  if (tables.counts_lines) plan.per_line_bytes += 12 * 16 / 9 + 8 + 4 + 8;
  // A counter of a byte, rounded up to a power of two. What passed has a slot of 17 bytes, 7/16 to 7/8 of them used.
  if (tables.ignore_common) plan.per_counted_shingle_bytes = 2, plan.per_common_shingle_bytes = 17 * 16 / 7;
  return plan;
}

uint64_t PlannedBytes(const MemoryPlan& plan, const MemoryUse& use) {
  // A batch that holds one long record: its bytes, output and tokens in buffers that doubled as they grew, and the
  // scratch of the threads. Measured with records of 10 MB: 5.6 times the record on one thread, 4.8 on two.
  const auto beyond = [&plan](uint64_t bytes) { return bytes - std::min(bytes, plan.batch_size); };
  return plan.fixed_bytes + plan.batch_bytes +
         std::max(plan.num_batches * beyond(use.largest_batch), beyond(use.largest_alone)) * 5 +
         std::min(plan.input_bytes, use.input_bytes) + plan.per_kept_bytes * use.kept_records +
         plan.per_unique_bytes * use.distinct_records + use.token_bytes +
         plan.per_kept_marks_bytes * use.frozen_records +
         std::min(use.frozen_room,
                  plan.per_frozen_bytes * use.frozen_records + plan.per_frozen_unique_bytes * use.frozen_distinct);
}

std::string Describe(const MemoryPlan& plan, uint64_t limit_bytes) {
  const std::string lines =
      plan.per_line_bytes > 0 ? absl::StrFormat(" + %d B per distinct line", plan.per_line_bytes) : std::string();
  const std::string common =
      plan.per_counted_shingle_bytes > 0
          ? absl::StrFormat(" + %d B per shingle, and %d B per common one, while they are counted",
                            plan.per_counted_shingle_bytes, plan.per_common_shingle_bytes)
          : std::string();
  const std::string review = plan.per_kept_review_bytes > 0
                                 ? absl::StrFormat(" (about %d B of them for --review)", plan.per_kept_review_bytes)
                                 : std::string();
  const std::string marks = plan.per_kept_marks_bytes > 0
                                ? absl::StrFormat(" (%d B of them for fields)", plan.per_kept_marks_bytes)
                                : std::string();
  const BatchRoom room =
      RoomForBatches(LeftForBatches(plan, {}, limit_bytes), plan.num_batches, static_cast<size_t>(plan.batch_size));
  const std::string frozen =
      plan.has_tokens ? absl::StrFormat("; of those that go to disk %d and %d B, and %d where that is too much",
                                        plan.per_frozen_bytes + plan.per_kept_marks_bytes, plan.per_frozen_unique_bytes,
                                        plan.per_kept_marks_bytes)
                      : std::string();
  return absl::StrFormat(
      "memory plan: %d MiB fixed + %d MiB batches + up to %d MiB input + %d B per kept record%s%s + %d B per distinct "
      "record%s%s%s%s; limit %d MiB (--memory): up to %d batches of %d KiB in flight, one of more "
      "than %d KiB alone",
      Mib(plan.fixed_bytes), Mib(plan.batch_bytes), Mib(plan.input_bytes), plan.per_kept_bytes, marks, review,
      plan.per_unique_bytes, plan.has_tokens ? " + 2 to 4 B per token kept" : "", lines, common, frozen,
      Mib(limit_bytes), room.num_batches, room.batch_bytes >> 10, room.beside_bytes >> 10);
}

absl::Status CheckMemory(const MemoryPlan& plan, const MemoryNeed& need, uint64_t limit_bytes, uint64_t kept_records) {
  const uint64_t batches = std::max(plan.batch_bytes, need.batch_bytes),
                 input = std::max(plan.input_bytes, need.input_bytes);
  if (plan.fixed_bytes + batches + input + need.tables_bytes <= limit_bytes) return absl::OkStatus();
  return BeyondMemory(plan, need, limit_bytes, kept_records);
}

absl::Status BeyondMemory(const MemoryPlan& plan, const MemoryNeed& need, uint64_t limit_bytes, uint64_t kept_records) {
  const uint64_t batches = std::max(plan.batch_bytes, need.batch_bytes),
                 input = std::max(plan.input_bytes, need.input_bytes);
  const uint64_t total = std::max(limit_bytes, plan.fixed_bytes + batches + input + need.tables_bytes);
  const std::string sets =
      need.sets_bytes > 0 ? absl::StrFormat(", %d MiB evaluation sets", Mib(need.sets_bytes)) : std::string();
  return absl::ResourceExhaustedError(absl::StrFormat(
      "this run needs more than %d MiB after %d kept records (%d MiB fixed, %d MiB batches, %d MiB "
      "input, %d MiB index%s) but --memory is %d MiB; "
      "raise --memory, lower --threads or --batch-size, or split the input%s",
      Mib(total), kept_records, Mib(plan.fixed_bytes), Mib(batches), Mib(input),
      Mib(need.tables_bytes - need.sets_bytes), sets, Mib(limit_bytes), sets.empty() ? "" : " or the sets"));
}

uint64_t LeftForBatches(const MemoryPlan& plan, const MemoryNeed& need, uint64_t limit_bytes) {
  const uint64_t taken = plan.fixed_bytes + std::max(plan.input_bytes, need.input_bytes) + need.tables_bytes;
  return limit_bytes - std::min(limit_bytes, taken);
}

}  // namespace unecho
