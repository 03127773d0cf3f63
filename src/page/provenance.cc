#include "page/provenance.h"

#include <simdjson.h>

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_format.h"
#include "audit/claims.h"
#include "base/hash.h"
#include "base/interrupt.h"
#include "text/json_members.h"

namespace unecho {
namespace {

using simdjson::dom::element;

// The rows with the smallest hashes, of any number.
class Draw {
 public:
  explicit Draw(size_t most) : most_(most) {}
  // Asked before the row is made: of many records few are shown.
  bool Wants(std::string_view ref) {
    ++total_;
    hash_ = Hash64(ref);
    return heap_.size() < most_ || hash_ < heap_.front().hash;
  }
  void Add(ShownRow row) {
    if (heap_.size() == most_) {
      std::ranges::pop_heap(heap_, {}, &Entry::hash);
      heap_.pop_back();
    }
    heap_.push_back({hash_, total_, std::move(row)});
    std::ranges::push_heap(heap_, {}, &Entry::hash);
  }
  uint64_t total() const { return total_; }
  // Those with the `most_whole` smallest hashes are to be shown whole.
  std::vector<ShownRow> TakeRows(size_t most_whole) {
    std::ranges::sort(heap_, {}, &Entry::hash);
    for (size_t i = most_whole; i < heap_.size(); ++i) heap_[i].row.is_whole = false;
    std::ranges::sort(heap_, {}, &Entry::place);
    std::vector<ShownRow> rows;
    for (Entry& entry : heap_) rows.push_back(std::move(entry.row));
    heap_.clear();
    return rows;
  }

 private:
  struct Entry {
    uint64_t hash, place;
    ShownRow row;
  };
  size_t most_;
  uint64_t total_ = 0, hash_ = 0;
  std::vector<Entry> heap_;
};

// The groups with the smallest hashes, of any number, from their first copy on: what is shut out once never comes back,
// for the largest hash only falls.
class GroupDraw {
 public:
  GroupDraw(std::span<const std::string> always, size_t most) : most_(most) {
    for (const std::string& witness : always) always_[witness].witness = witness;
  }
  // Null: it is not shown. Dies at the next call.
  ShownGroup* Of(std::string_view witness) {
    if (const auto asked = always_.find(witness); asked != always_.end()) return &asked->second;
    const uint64_t hash = Hash64(witness);
    const auto found = drawn_.lower_bound(hash);
    if (found != drawn_.end() && found->first == hash)
      return found->second.witness == witness ? &found->second : nullptr;
    if (drawn_.size() == most_) {
      if (found == drawn_.end()) return nullptr;
      drawn_.erase(std::prev(drawn_.end()));
    }
    return &drawn_.try_emplace(hash, ShownGroup{std::string(witness)}).first->second;
  }
  std::vector<ShownGroup> Take() {
    std::vector<ShownGroup> groups;
    for (auto& [witness, group] : always_) {
      if (group.num_copies > 0) groups.push_back(std::move(group));
    }
    for (auto& [hash, group] : drawn_) groups.push_back(std::move(group));
    std::ranges::sort(groups, [](const ShownGroup& a, const ShownGroup& b) {
      return std::tuple(b.num_copies, a.place, std::string_view(a.witness)) <
             std::tuple(a.num_copies, b.place, std::string_view(b.witness));
    });
    return groups;
  }

 private:
  size_t most_;
  std::map<std::string, ShownGroup, std::less<>> always_;
  std::map<uint64_t, ShownGroup> drawn_;
};

std::optional<Fate> FateOf(const element& line) {
  const std::string_view name = Text(line, "fate");
  for (size_t i = 0; i < kNumFates; ++i) {
    if (Name(static_cast<Fate>(i)) == name) return static_cast<Fate>(i);
  }
  return std::nullopt;
}

// look(line, fate) for each line; every line has the members that all have.
template <typename Look>
absl::Status ForEachLine(const std::string& path, Look look) {
  UNECHO_ASSIGN_OR_RETURN(LineStream lines, LineStream::OfProvenance(path));
  simdjson::dom::parser parser;
  for (;; lines.Drop()) {
    if (InterruptSignal() != 0) return absl::CancelledError("interrupted");
    UNECHO_ASSIGN_OR_RETURN(const std::optional<std::string_view> text, lines.Peek());
    if (!text) return absl::OkStatus();
    element line;
    const bool is_json = parser.parse(text->data(), text->size()).get(line) == simdjson::SUCCESS;
    const std::optional<Fate> fate = is_json ? FateOf(line) : std::nullopt;
    const bool has_place = fate && !Text(line, "source").empty() && Number(line, "ordinal") && Number(line, "offset") &&
                           Number(line, "bytes");
    if (!has_place || Text(line, "ref").empty()) {
      return absl::DataLossError(absl::StrFormat("%s:%d: is no line of a provenance", path, lines.line()));
    }
    look(line, *fate);
  }
}

ClaimedRecord Claimed(const element& line) {
  ClaimedRecord record{std::string(Text(line, "source")),
                       {*Number(line, "ordinal"), {}},
                       *Number(line, "offset"),
                       *Number(line, "bytes")};
  simdjson::dom::array removed;
  if (line["removed_lines"].get(removed) != simdjson::SUCCESS) return record;
  for (const element& each : removed) {
    record.wanted.removed_lines.push_back({Number(each, "line").value_or(0), Number(each, "lines").value_or(1),
                                           Number(each, "sentence").value_or(0), std::string(Text(each, "witness")),
                                           Number(each, "witness_line").value_or(0)});
  }
  return record;
}

std::optional<double> Similarity(const element& line) {
  double similarity = 0;
  if (line["similarity"].get(similarity) != simdjson::SUCCESS) return std::nullopt;
  return similarity;
}

ShownRow Shown(const element& line, Fate fate) {
  ShownRow row;
  row.ref = Text(line, "ref");
  row.fate = Name(fate);
  row.witness = Text(line, "witness");
  row.by = Text(line, "by");
  simdjson::dom::array agreeing;
  if (line["agree"].get(agreeing) == simdjson::SUCCESS) {
    const char* before = ": ";
    for (const element& each : agreeing) {
      std::string_view sign;
      if (each.get(sign) == simdjson::SUCCESS) row.by.append(std::exchange(before, ", ")).append(sign);
    }
  }
  row.reason = Text(line, "reason");
  row.similarity = Similarity(line);
  row.line = Number(line, "line").value_or(0);
  row.record = Claimed(line);
  return row;
}

}  // namespace

absl::StatusOr<ProvenanceFacts> ReadProvenanceFacts(const std::string& path, std::span<const std::string> largest,
                                                    uint64_t num_records, bool has_index) {
  if (path == "-") return absl::InvalidArgumentError("report: the provenance is read twice; give it as a file");
  ProvenanceFacts facts;
  facts.figures = RecordFigures(num_records);
  Draw removed(kMaxListed), rejected(kMaxRejected);
  GroupDraw groups(largest, kMaxDrawnGroups);
  absl::flat_hash_map<std::string, size_t> snapshots;
  FateCounts* of_source = nullptr;
  std::string source;
  UNECHO_RETURN_IF_ERROR(ForEachLine(path, [&](const element& line, Fate fate) {
    if (const std::string_view name = Text(line, "source"); of_source == nullptr || source != name) {
      source = name;
      of_source = &facts.sources[source];
    }
    ++(*of_source)[static_cast<size_t>(fate)];
    if (const std::string_view name = Text(line, "snapshot"); !name.empty()) {
      const auto [at, is_new] = snapshots.try_emplace(std::string(name), facts.snapshots.size());
      if (is_new) facts.snapshots.push_back({std::string(name)});
      ++facts.snapshots[at->second].fates[static_cast<size_t>(fate)];
    }
    const std::string_view by = Text(line, "by");
    facts.figures.Add({fate, *Number(line, "bytes"), Similarity(line), !by.empty()});
    if (fate == Fate::kKept || fate == Fate::kReference) return;
    Draw& draw = fate == Fate::kRejected ? rejected : removed;
    if (draw.Wants(Text(line, "ref"))) draw.Add(Shown(line, fate));
    if (fate != Fate::kExact && fate != Fate::kNear) return;
    ShownGroup* const group = groups.Of(Text(line, "witness"));
    if (group == nullptr) return;
    if (group->num_copies++ == 0) group->place = removed.total();
    if (group->copies.size() < kMaxCopies) group->copies.push_back(Shown(line, fate));
  }));
  facts.num_removed = removed.total();
  facts.num_rejected = rejected.total();
  facts.removed = removed.TakeRows(kMaxRemoved);
  facts.rejected = rejected.TakeRows(kMaxRejected);
  facts.groups = groups.Take();

  for (const ShownRow& row : facts.removed) {
    if (row.is_whole && row.fate != Name(Fate::kContaminated)) facts.witnesses.try_emplace(row.witness);
  }
  for (const ShownGroup& group : facts.groups) facts.witnesses.try_emplace(group.witness);
  if (facts.witnesses.empty()) return facts;
  UNECHO_RETURN_IF_ERROR(ForEachLine(path, [&facts](const element& line, Fate fate) {
    if (fate != Fate::kKept && fate != Fate::kReference) return;
    const auto found = facts.witnesses.find(std::string(Text(line, "ref")));
    if (found != facts.witnesses.end()) found->second = Claimed(line);
  }));
  if (has_index) std::erase_if(facts.witnesses, [](const auto& each) { return each.second.wanted.ordinal == 0; });
  for (const auto& [ref, witness] : facts.witnesses) {
    if (witness.wanted.ordinal > 0) continue;
    return absl::DataLossError(
        absl::StrFormat("%s: does not keep %s, for which it removes others: it is not whole, or a pipe, which cannot "
                        "be read twice; give it as a file, "
                        "as the run wrote it",
                        path, ref));
  }
  return facts;
}

}  // namespace unecho
