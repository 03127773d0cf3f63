// resolve: links -> components -> groups, each for one task of `decide`.
//
// A component is what links connect; its root is its first token sequence, in input order. What has one record alone is
// kept, and is in no group. A group is a stretch of the others in the order of their roots, so that its records are
// near each other where copies are.
//
// Read: 16 bytes a link, 40 a record, 48 a distinct one. Written: 4 bytes a record that is in a group. Held: 17 bytes
// a distinct record.
#include <algorithm>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_split.h"
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
class Components {
 public:
  explicit Components(size_t size) : parents_(size) { std::iota(parents_.begin(), parents_.end(), 0); }
  uint32_t RootOf(uint32_t of) {
    while (parents_[of] != of) of = parents_[of] = parents_[parents_[of]];
    return of;
  }
  void Connect(uint32_t a, uint32_t b) {
    a = RootOf(a), b = RootOf(b);
    if (a != b) parents_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<uint32_t> parents_;
};

constexpr uint32_t kNoGroup = UINT32_MAX;

// What is to be done for a component, as a word of a record costs it.
constexpr uint64_t kWordsARecord = 64;

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

}  // namespace

absl::Status ResolveComponents(const ShardJob& job) {
  const size_t num_shards = job.plan.num_shards();
  UNECHO_ASSIGN_OR_RETURN(const auto out, TaskWriter::Begin(job.folder, Step::kResolve, 0, job.plan.digest));
  std::vector<TaskReader> signed_shards;
  std::vector<uint64_t> first = {0};  // number, among all, of each shard's first token sequence
  AskedFields::Missed missed{.missing = ~uint64_t{0}};
  LayoutCheck::Whole whole;
  for (size_t shard = 0; shard < num_shards; ++shard) {
    UNECHO_ASSIGN_OR_RETURN(TaskReader task, TaskReader::Open(job.folder, Step::kSign, shard, job.plan.digest));
    first.push_back(first.back() + task.number("distinct"));
    UNECHO_ASSIGN_OR_RETURN(const AskedFields::Missed of_shard, MissedIn(task));
    missed.MeetWith(of_shard);
    UNECHO_ASSIGN_OR_RETURN(const LayoutCheck::Whole whole_of_shard, WholeOf(task));
    whole.MeetWith(whole_of_shard);
    signed_shards.push_back(std::move(task));
  }
  UNECHO_RETURN_IF_ERROR(CheckLayouts(job, whole));
  UNECHO_RETURN_IF_ERROR(AskedFields::Check(SamenessOf(job.options.answer), missed));
  if (!job.options.answer.segment.order_field.empty()) {
    UNECHO_ASSIGN_OR_RETURN(const DateOrder order, OrderOfValues(job, signed_shards));
    out->Note("date_order", static_cast<uint64_t>(order));
  }
  if (first.back() >= kNoGroup)
    return absl::ResourceExhaustedError("shard: more than 4,294,967,294 distinct records in all shards");

  Components components(first.back());
  for (size_t partition = 0; partition < num_shards; ++partition) {
    UNECHO_ASSIGN_OR_RETURN(const TaskReader task,
                            TaskReader::Open(job.folder, Step::kPairs, partition, job.plan.digest));
    UNECHO_ASSIGN_OR_RETURN(const MappedFile links, task.Map("links"));
    const auto number = [&](ShardUnique of) { return first[of.shard] + of.unique; };
    for (const auto& [a, b] : links.As<Link>()) {
      if (a.shard >= num_shards || b.shard >= num_shards || number(a) >= first[a.shard + 1] ||
          number(b) >= first[b.shard + 1])
        return task.Damaged("a link is of a record that is not there");
      components.Connect(static_cast<uint32_t>(number(a)), static_cast<uint32_t>(number(b)));
    }
  }

  // By root: how much there is to do; 0: one record.
  std::vector<uint64_t> work(first.back());
  std::vector<bool> has_several(first.back());
  // `again`: they have been looked at whole.
  const auto for_each_row = [&](size_t shard, bool again, auto&& take) -> absl::Status {
    UNECHO_ASSIGN_OR_RETURN(const MappedFile file, signed_shards[shard].Map("records", /*whole=*/!again));
    const auto rows = file.As<SignedRow>();
    for (size_t position = 0; position < rows.size(); ++position) {
      const SignedRow& row = rows[position];
      if (row.unique >= first[shard + 1] - first[shard])
        return signed_shards[shard].Damaged("a record has tokens that are not there");
      if (row.is_contaminated == 0)
        take(static_cast<uint32_t>(position), row, components.RootOf(static_cast<uint32_t>(first[shard] + row.unique)));
    }
    return absl::OkStatus();
  };
  for (size_t shard = 0; shard < num_shards; ++shard) {
    UNECHO_ASSIGN_OR_RETURN(const MappedFile file, signed_shards[shard].Map("texts"));
    const auto texts = file.As<TextRow>();
    if (texts.size() != first[shard + 1] - first[shard])
      return signed_shards[shard].Damaged("a record has tokens that are not there");
    UNECHO_RETURN_IF_ERROR(for_each_row(shard, /*again=*/false, [&](uint32_t, const SignedRow& row, uint32_t root) {
      if (work[root] > 0) has_several[root] = true;
      work[root] += kWordsARecord + (row.is_repeat != 0 ? 0 : texts[row.unique].num_words);
    }));
  }
  uint64_t num_components = 0, largest = 0, all_work = 0;
  for (uint32_t root = 0; root < work.size(); ++root) {
    if (!has_several[root]) continue;
    ++num_components;
    all_work += work[root];
    largest = std::max(largest, work[root]);
  }
  std::vector<uint32_t> group_of(first.back(), kNoGroup);  // by root
  uint64_t work_before = 0;
  for (uint32_t root = 0; root < work.size(); ++root) {
    if (!has_several[root]) continue;
    // The middle of a component says where it is.
    const double place = (static_cast<double>(work_before) + static_cast<double>(work[root]) / 2) /
                         static_cast<double>(all_work) * static_cast<double>(num_shards);
    group_of[root] = std::min(static_cast<uint32_t>(place), static_cast<uint32_t>(num_shards - 1));
    work_before += work[root];
  }
  std::vector<TaskWriter::File*> files;
  for (size_t group = 0; group < num_shards; ++group) {
    UNECHO_ASSIGN_OR_RETURN(TaskWriter::File* const file, out->Create("group-" + TaskNumber(group)));
    files.push_back(file);
  }
  uint64_t num_grouped = 0;
  std::vector<std::vector<uint32_t>> positions(num_shards);  // by group
  for (size_t shard = 0; shard < num_shards; ++shard) {
    UNECHO_RETURN_IF_ERROR(for_each_row(shard, /*again=*/true, [&](uint32_t position, const SignedRow&, uint32_t root) {
      if (group_of[root] != kNoGroup) positions[group_of[root]].push_back(position);
    }));
    for (size_t group = 0; group < num_shards; ++group) {
      if (positions[group].empty()) continue;
      const std::array<uint32_t, 2> head = {static_cast<uint32_t>(shard),
                                            static_cast<uint32_t>(positions[group].size())};
      UNECHO_RETURN_IF_ERROR(files[group]->Append(std::span<const uint32_t>(head)));
      UNECHO_RETURN_IF_ERROR(files[group]->Append(std::span<const uint32_t>(positions[group])));
      num_grouped += positions[group].size();
      positions[group].clear();
    }
  }
  out->Note("components", num_components);
  out->Note("grouped_records", num_grouped);
  // Of what there is to do, in thousandths: with one component that is most of it more machines help little.
  out->Note("largest_component_permille", all_work == 0 ? 0 : largest * 1000 / all_work);
  return out->Commit();
}

}  // namespace unecho
