// resolve: links -> components -> groups, each for one task of `decide`.
//
// A component is what links connect; its root is its first token sequence, in input order. What has one record alone is
// kept, and is in no group. A group is a stretch of the others in the order of their roots, so that its records are
// near each other where copies are.
//
// Read: 16 bytes a link, and a distinct record. Written: 16 bytes a distinct record that is in a group. Held: 12 bytes
// a distinct record of all, 16 beyond 2^32 of them, and 16 of one shard. Under --keep last, or a FIELD, what is written
// is a record's, and 40 bytes of each are read.
#include <algorithm>
#include <array>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "base/memory.h"
#include "flow/asked_fields.h"
#include "flow/order_notation.h"
#include "layouts/layout_check.h"
#include "options/sameness.h"
#include "shard/shard_job.h"
#include "shard/signed_rows.h"
#include "text/source_names.h"

namespace unecho {
namespace {

// Union-find (Tarjan) with path halving; the smaller number is the root.
template <typename Number>
class Components {
 public:
  explicit Components(size_t size) : parents_(size) { std::iota(parents_.begin(), parents_.end(), Number{0}); }
  Number RootOf(Number of) {
    while (parents_[of] != of) of = parents_[of] = parents_[parents_[of]];
    return of;
  }
  void Connect(Number a, Number b) {
    a = RootOf(a), b = RootOf(b);
    if (a != b) parents_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<Number> parents_;
};

// What is to be done for a component, as a word of a record costs it.
constexpr uint64_t kWordsARecord = 64;
constexpr uint64_t kHasSeveral = uint64_t{1} << 63;  // records; else it is in no group
constexpr uint64_t kNoGroup = UINT64_MAX;

// As `sign` has written it.
absl::StatusOr<AskedFields::Missed> MissedIn(const TaskReader& task) {
  AskedFields::Missed missed{.missing = task.number("missing_fields")};
  if (missed.missing == 0) return missed;
  UNECHO_ASSIGN_OR_RETURN(const MappedFile file, task.Map("fields"));
  const auto bytes = file.As<char>();
  const std::vector<std::string> texts = absl::StrSplit(std::string(bytes.begin(), bytes.end()), '\0');
  if (texts.size() < 3) return task.Damaged("its fields cannot be read");
  missed.first_source = texts[0];
  missed.first_layout = texts[1];
  missed.names.assign(texts.begin() + 2, texts.end() - 1);
  return missed;
}

// As `sign` has written it.
absl::StatusOr<LayoutCheck::Whole> WholeOf(const TaskReader& task) {
  UNECHO_ASSIGN_OR_RETURN(const MappedFile file, task.Map("whole"));
  const auto bytes = file.As<char>();
  const std::vector<std::string> texts = absl::StrSplit(std::string(bytes.begin(), bytes.end()), '\0');
  if (texts.size() < 3) return task.Damaged("what it says of its sources cannot be read");
  return LayoutCheck::Whole{.any_fits = task.number("any_fits") != 0,
                            .any_names = task.number("any_names") != 0,
                            .any_separator = task.number("any_separator") != 0,
                            .seen_names = task.number("seen_names"),
                            .known_names = {texts.begin() + 2, texts.end() - 1},
                            .separator = texts[0],
                            .first_misfit = texts[1]};
}

// What a run of all would say of its sources at the end of the last.
absl::Status CheckLayouts(const ShardJob& job, const LayoutCheck::Whole& whole) {
  const AnswerOptions& answer = job.options.answer;
  if (!answer.against.empty()) return absl::OkStatus();  // there evaluation sets are the last sources
  std::vector<std::string> names;
  for (const InputFile& source : job.sources) names.push_back(source.name);
  const SourceNames sources(names);
  return LayoutCheck(sources, answer.layout, answer.segment).Check(whole);
}

// What the values of --keep FIELD:max say, all of them: in a group there may be none that says whether the day or the
// month comes first, and two groups may be written in two ways.
absl::StatusOr<DateOrder> OrderOfValues(const ShardJob& job, std::span<const TaskReader> signed_shards) {
  std::vector<std::string> names;
  for (const InputFile& source : job.sources) names.push_back(source.name);
  const SourceNames sources(names);
  OrderNotation notation(sources, job.options.answer);
  for (const TaskReader& task : signed_shards) {
    UNECHO_ASSIGN_OR_RETURN(const MappedFile rows, task.Map("order"));
    UNECHO_ASSIGN_OR_RETURN(const MappedFile bytes, task.Map("order_bytes"));
    std::string_view left(bytes.As<char>().data(), bytes.As<char>().size());
    for (const OrderRow& row : rows.As<OrderRow>()) {
      if (row.source >= names.size() || row.bytes > left.size()) return task.Damaged("a value of --keep is not there");
      UNECHO_RETURN_IF_ERROR(notation.Add(left.substr(0, row.bytes), {SourceId{row.source}, row.ordinal}));
      left.remove_prefix(row.bytes);
    }
  }
  return notation.Settle();
}

// What all shards have signed. Token sequences are numbered over all of them.
struct Signed {
  std::vector<TaskReader> shards;
  std::vector<uint64_t> first = {0};  // of each shard, and behind the last
  size_t size(size_t shard) const { return first[shard + 1] - first[shard]; }
  // `again`: it has been looked at whole.
  absl::StatusOr<MappedFile> Sequences(size_t shard, bool again) const {
    UNECHO_ASSIGN_OR_RETURN(MappedFile file, shards[shard].Map("sequences", /*whole=*/!again));
    if (file.As<SequenceRow>().size() != size(shard))
      return shards[shard].Damaged("it has other token sequences than it says");
    return file;
  }
};

absl::Status CheckMemory(const ShardJob& job, const Signed& all, uint64_t bytes_each) {
  size_t largest = 0;
  for (size_t shard = 0; shard < all.shards.size(); ++shard) largest = std::max(largest, all.size(shard));
  const uint64_t needed = all.first.back() * bytes_each + largest * sizeof(GroupRow);
  if (needed <= ResidentLeft()) return absl::OkStatus();
  return absl::ResourceExhaustedError(
      absl::StrFormat("shard resolve: what connects %d distinct records does not fit into --memory: raise it to %d MiB",
                      all.first.back(), MemoryFor(job, needed)));
}

template <typename Number>
absl::Status Connect(const ShardJob& job, const Signed& all, Components<Number>& components) {
  const auto number = [&all](ShardUnique of) { return all.first[of.shard] + of.unique; };
  const auto is_there = [&all, number](ShardUnique of) {
    return of.shard < all.shards.size() && number(of) < all.first[of.shard + 1];
  };
  for (size_t partition = 0; partition < all.shards.size(); ++partition) {
    UNECHO_ASSIGN_OR_RETURN(const TaskReader task,
                            TaskReader::Open(job.folder, Step::kPairs, partition, job.plan.digest));
    UNECHO_ASSIGN_OR_RETURN(const MappedFile links, task.Map("links"));
    bool are_there = true;
    links.Walk<Link>([&](const Link& link) {
      are_there = are_there && is_there(link.a) && is_there(link.b);
      if (are_there) components.Connect(static_cast<Number>(number(link.a)), static_cast<Number>(number(link.b)));
    });
    if (!are_there) return task.Damaged("a link is of a record that is not there");
  }
  return absl::OkStatus();
}

// By root how much there is to do for a component becomes the number of its group, or kNoGroup.
void CutIntoGroups(size_t num_groups, std::vector<uint64_t>& work, TaskWriter& out) {
  uint64_t num_components = 0, largest = 0, all_work = 0;
  for (const uint64_t each : work) {
    if ((each & kHasSeveral) == 0) continue;
    ++num_components;
    all_work += each & ~kHasSeveral;
    largest = std::max(largest, each & ~kHasSeveral);
  }
  uint64_t work_before = 0;
  for (uint64_t& each : work) {
    if ((each & kHasSeveral) == 0) {
      each = kNoGroup;
      continue;
    }
    const uint64_t own = each & ~kHasSeveral;
    // The middle of a component says where it is.
    const double place = (static_cast<double>(work_before) + static_cast<double>(own) / 2) /
                         static_cast<double>(all_work) * static_cast<double>(num_groups);
    each = std::min(static_cast<uint64_t>(place), uint64_t{num_groups - 1});
    work_before += own;
  }
  out.Note("components", num_components);
  // Of what there is to do, in thousandths: with one component that is most of it more machines help little.
  out.Note("largest_component_permille", all_work == 0 ? 0 : largest * 1000 / all_work);
}

template <typename Number>
absl::Status MakeGroups(const ShardJob& job, const Signed& all, TaskWriter& out) {
  UNECHO_RETURN_IF_ERROR(CheckMemory(job, all, sizeof(Number) + sizeof(uint64_t)));
  const size_t num_shards = all.shards.size();
  Components<Number> components(all.first.back());
  UNECHO_RETURN_IF_ERROR(Connect(job, all, components));
  const auto root_of = [&](size_t shard, size_t unique) {
    return components.RootOf(static_cast<Number>(all.first[shard] + unique));
  };
  const bool first_stands = FirstStandsForAll(job.options.answer);
  std::vector<uint64_t> of_root(all.first.back());
  for (size_t shard = 0; shard < num_shards; ++shard) {
    UNECHO_ASSIGN_OR_RETURN(const MappedFile file, all.Sequences(shard, /*again=*/false));
    size_t unique = 0;
    file.Walk<SequenceRow>([&](const SequenceRow& sequence) {
      uint64_t& work = of_root[root_of(shard, unique++)];
      if (sequence.num_words == 0) return;
      if (work > 0 || sequence.num_records > 1) work |= kHasSeveral;
      work += sequence.num_words + kWordsARecord * (first_stands ? 1 : sequence.num_records);
    });
  }
  CutIntoGroups(num_shards, of_root, out);
  std::vector<TaskWriter::File*> files;
  for (size_t group = 0; group < num_shards; ++group) {
    UNECHO_ASSIGN_OR_RETURN(files.emplace_back(), out.Create("group-" + TaskNumber(group)));
  }
  std::vector<std::vector<GroupRow>> rows(num_shards);  // by group
  for (size_t shard = 0; shard < num_shards; ++shard) {
    UNECHO_ASSIGN_OR_RETURN(const MappedFile file, all.Sequences(shard, /*again=*/true));
    const auto take = [&](uint32_t position, uint32_t unique, const SequenceRow& sequence) {
      const uint64_t group = of_root[root_of(shard, unique)];
      if (group != kNoGroup) rows[group].push_back({position, unique, sequence.num_records, sequence.num_references});
    };
    if (first_stands) {
      uint32_t unique = 0;
      file.Walk<SequenceRow>([&](const SequenceRow& sequence) { take(sequence.position, unique++, sequence); });
    } else {
      const auto sequences = file.As<SequenceRow>();
      UNECHO_ASSIGN_OR_RETURN(const MappedFile records, all.shards[shard].Map("records"));
      bool is_there = true;
      uint32_t position = 0;
      records.Walk<SignedRow>([&](const SignedRow& row) {
        is_there = is_there && row.unique < sequences.size();
        if (is_there) take(position++, row.unique, sequences[row.unique]);
      });
      if (!is_there) return all.shards[shard].Damaged("a record has tokens that are not there");
    }
    for (size_t group = 0; group < num_shards; ++group) {
      if (rows[group].empty()) continue;
      const std::array<uint32_t, 2> head = {static_cast<uint32_t>(shard), static_cast<uint32_t>(rows[group].size())};
      UNECHO_RETURN_IF_ERROR(files[group]->Append(std::span<const uint32_t>(head)));
      UNECHO_RETURN_IF_ERROR(files[group]->Append(std::span<const GroupRow>(rows[group])));
      rows[group].clear();
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status ResolveComponents(const ShardJob& job) {
  UNECHO_ASSIGN_OR_RETURN(const auto out, TaskWriter::Begin(job.folder, Step::kResolve, 0, job.plan.digest));
  Signed all;
  AskedFields::Missed missed{.missing = ~uint64_t{0}};
  LayoutCheck::Whole whole;
  for (size_t shard = 0; shard < job.plan.num_shards(); ++shard) {
    UNECHO_ASSIGN_OR_RETURN(TaskReader task, TaskReader::Open(job.folder, Step::kSign, shard, job.plan.digest));
    all.first.push_back(all.first.back() + task.number("distinct"));
    UNECHO_ASSIGN_OR_RETURN(const AskedFields::Missed of_shard, MissedIn(task));
    missed.MeetWith(of_shard);
    UNECHO_ASSIGN_OR_RETURN(const LayoutCheck::Whole whole_of_shard, WholeOf(task));
    whole.MeetWith(whole_of_shard);
    all.shards.push_back(std::move(task));
  }
  UNECHO_RETURN_IF_ERROR(CheckLayouts(job, whole));
  UNECHO_RETURN_IF_ERROR(AskedFields::Check(SamenessOf(job.options.answer), missed));
  if (!job.options.answer.segment.order_field.empty()) {
    UNECHO_ASSIGN_OR_RETURN(const DateOrder order, OrderOfValues(job, all.shards));
    out->Note("date_order", static_cast<uint64_t>(order));
  }
  const bool is_small = all.first.back() <= UINT32_MAX;
  UNECHO_RETURN_IF_ERROR(is_small ? MakeGroups<uint32_t>(job, all, *out) : MakeGroups<uint64_t>(job, all, *out));
  return out->Commit();
}

}  // namespace unecho
