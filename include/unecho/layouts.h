// Layouts: how the bytes of a source become records. A layout is a profile (profile.h) and the engine that reads by it;
// engines are under src/layouts/.
//
// A layout has two halves. The Cutter runs in order and does as little as it can: it says up to which byte the records
// are complete (promise P4: its answer depends on the bytes alone, never on how they arrived). Segment() runs in
// parallel and turns the bytes of a batch into records, pieces and the byte ledger (promise P1).
//
// Cost:    cutting reads every byte once, in order; segmenting once more, in parallel. kernels: `layouts/...` of
//          scripts/bench_kernels.sh.
// Threads: one Cutter per source, used by the reader alone. Segment() is const and stateless.
// Failure: bad input never fails here; it becomes a rejected record with a reason.
#ifndef UNECHO_LAYOUTS_H_
#define UNECHO_LAYOUTS_H_

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "unecho/profile.h"
#include "unecho/status.h"

namespace unecho {

struct LayoutOptions {
  size_t max_record_bytes = size_t{16} << 20;
  std::vector<std::string> match_fields;  // jsonl: empty: those of the profile that exist
  std::string id_field;                   // empty: none
  std::string order_field;                // the FIELD of --keep FIELD:max|min; empty: none
  bool require_body = false;              // page: a title without a body is rejected
};

class Cutter;  // src/layouts/cutter.h
struct Batch;  // src/base/batch.h

class Layout {
 public:
  explicit Layout(Profile profile) : profile_(std::move(profile)) {}

  const Profile& profile() const { return profile_; }
  std::string_view name() const { return profile_.name; }
  std::string_view description() const { return profile_.description; }
  Engine engine() const { return profile_.engine; }
  // Kept records are written as they came in.
  // Fields are found by name, so there may be text under other names.
  bool HasNamedFields() const {
    return engine() == Engine::kJsonl || engine() == Engine::kJson || engine() == Engine::kCsv ||
           engine() == Engine::kXml;
  }
  bool writes_input_lines() const { return engine() == Engine::kJsonl || engine() == Engine::kLines; }

  // The cutter borrows from the layout.
  std::unique_ptr<Cutter> MakeCutter(const LayoutOptions& options) const;
  // bytes, cuts, context -> records, pieces, ledger, bad_utf8, num_lines.
  void Segment(const LayoutOptions& options, Batch& batch) const;

 private:
  Profile profile_;
};

using LayoutPtr = std::shared_ptr<const Layout>;

std::span<const LayoutPtr> Layouts();            // the built-in ones, in the order of `unecho layouts`
LayoutPtr FindLayout(std::string_view name);     // a built-in one, or null
const Layout& GetLayout(std::string_view name);  // a built-in one that is there
// A built-in one, or that of a profile in a file. The error says what is wrong with the file, or which names there are.
absl::StatusOr<LayoutPtr> LoadLayout(const std::string& name_or_path);

// Which layout the source has, from its first complete lines. The answer depends on the bytes alone: nullopt until
// enough complete lines are there (at most kSniffBytes), so that a slow pipe gives the same answer as a file.
inline constexpr size_t kSniffBytes = size_t{64} << 10;
struct Detected {
  LayoutPtr layout;  // null: it is no text
  std::string why;   // "the first line is a JSON object"
};
// `has_match_fields`: --match-fields names fields of lines, so objects a line stay lines, whatever is inside them.
std::optional<Detected> SniffLayout(std::string_view prefix, bool at_end, bool has_match_fields = false);

}  // namespace unecho

#endif  // UNECHO_LAYOUTS_H_
