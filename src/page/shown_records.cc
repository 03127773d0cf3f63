#include "page/shown_records.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "text/ref.h"

namespace unecho {
namespace {

// Records by numbers of their sources.
class RefNames {
 public:
  std::string Short(std::string_view ref) {
    const std::optional<SplitRef> split = ParseRef(ref);
    const std::string_view source = split ? split->source : ref;
    const auto [at, is_new] = numbers_.try_emplace(std::string(source), names_.size());
    if (is_new) names_.emplace_back(source);
    return absl::StrCat(at->second, "#", split ? split->ordinal : 0);
  }
  void Write(JsonWriter& json) const {
    json.Key("names");
    json.BeginArray();
    for (const std::string& name : names_) json.String(name);
    json.EndArray();
  }

 private:
  absl::flat_hash_map<std::string, size_t> numbers_;
  std::vector<std::string> names_;
};

// Members of a list that is open: the similarity, and what else is to be said, if there is any.
void WriteGrounds(const ShownRow& row, JsonWriter& json) {
  if (row.similarity)
    json.Fixed6(*row.similarity);
  else
    json.Null();
  if (!row.by.empty()) json.String(row.by);
}

// {"total","rows":[...]}, each row by `write`.
template <typename Rows, typename Write>
void WriteTotalAndRows(std::string_view key, uint64_t total, const Rows& rows, JsonWriter& json, Write write) {
  json.Key(key);
  json.BeginObject();
  json.Member("total", total);
  json.Key("rows");
  json.BeginArray();
  for (const auto& row : rows) {
    json.BeginArray();
    write(row);
    json.EndArray();
  }
  json.EndArray();
  json.EndObject();
}

// The texts of `refs` that were found.
void WriteTexts(std::string_view key, const std::set<std::string>& refs, const ShownTexts& texts, RefNames& names,
                JsonWriter& json) {
  json.Key(key);
  json.BeginObject();
  for (const std::string& ref : refs) {
    if (!texts.Of(ref).empty()) json.Member(names.Short(ref), texts.Of(ref));
  }
  json.EndObject();
}

void WriteSnapshot(const Snapshot& snapshot, JsonWriter& json) {
  const auto fate = [&snapshot](Fate which) { return snapshot.fates[static_cast<size_t>(which)]; };
  const uint64_t removed = fate(Fate::kExact) + fate(Fate::kNear);
  const uint64_t read =
      fate(Fate::kKept) + removed + fate(Fate::kContaminated) + fate(Fate::kReference) + fate(Fate::kRejected);
  json.BeginObject();
  json.Member("name", snapshot.name);
  json.Member("read", read);
  json.Member("kept", fate(Fate::kKept));
  json.Member("removed", removed);
  json.Member("contaminated", fate(Fate::kContaminated));
  json.Member("rejected", fate(Fate::kRejected));
  json.EndObject();
}

}  // namespace

void WriteShownRecords(const ProvenanceFacts& facts, const ShownTexts& texts, JsonWriter& json) {
  RefNames names;
  std::set<std::string> whole, beginnings, unlike;
  const auto show = [&](const ShownRow& row) {
    if (texts.IsUnlike(row.ref)) {
      unlike.insert(row.ref);
    } else if (row.is_whole) {
      whole.insert(row.ref);
      whole.insert(row.witness);
    } else {
      beginnings.insert(row.ref);
    }
  };
  WriteTotalAndRows("removed", facts.num_removed, facts.removed, json, [&](const ShownRow& row) {
    json.String(names.Short(row.ref));
    json.String(row.fate);
    json.String(names.Short(row.witness));
    WriteGrounds(row, json);
    show(row);
  });
  WriteTotalAndRows("groups", facts.groups.size(), facts.groups, json, [&](const ShownGroup& group) {
    json.String(names.Short(group.witness));
    json.Number(group.num_copies);
    json.BeginArray();
    for (const ShownRow& row : group.copies) {
      json.BeginArray();
      json.String(names.Short(row.ref));
      json.String(row.fate);
      WriteGrounds(row, json);
      json.EndArray();
      show(row);
    }
    json.EndArray();
  });
  WriteTotalAndRows("rejected", facts.num_rejected, facts.rejected, json, [&](const ShownRow& row) {
    json.String(names.Short(row.ref));
    json.String(row.reason);
    json.Number(row.line);
    json.String(texts.Of(row.ref));
  });
  for (const std::string& ref : whole) beginnings.erase(ref);
  WriteTexts("texts", whole, texts, names, json);
  WriteTexts("beginnings", beginnings, texts, names, json);
  json.Key("unlike");
  json.BeginArray();
  for (const std::string& ref : unlike) json.String(names.Short(ref));
  json.EndArray();
  names.Write(json);
  json.Member("hides_rejected", texts.HidesRejected());
}

void WriteSnapshots(const std::vector<Snapshot>& snapshots, JsonWriter& json) {
  std::vector<std::pair<uint64_t, size_t>> order;
  for (size_t i = 0; i < snapshots.size(); ++i) {
    uint64_t records = 0;
    for (const uint64_t count : snapshots[i].fates) records += count;
    order.emplace_back(records, i);
  }
  std::ranges::stable_sort(order, std::ranges::greater(), [](const auto& each) { return each.first; });
  Snapshot rest;
  std::vector<bool> is_rest(snapshots.size());
  for (size_t i = kMaxSnapshots; i < order.size(); ++i) {
    is_rest[order[i].second] = true;
    for (size_t fate = 0; fate < kNumFates; ++fate) rest.fates[fate] += snapshots[order[i].second].fates[fate];
  }
  json.Key("snapshots");
  json.BeginArray();
  for (size_t i = 0; i < snapshots.size(); ++i) {
    if (!is_rest[i]) WriteSnapshot(snapshots[i], json);
  }
  json.EndArray();
  if (snapshots.size() <= kMaxSnapshots) return;
  rest.name = absl::StrFormat("%d more", snapshots.size() - kMaxSnapshots);
  json.Key("other_snapshots");
  WriteSnapshot(rest, json);
}

}  // namespace unecho
