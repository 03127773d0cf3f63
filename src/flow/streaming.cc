// The streaming flow: one pass, in order.
//
//   bytes -> prepare | exact | sketch, against | near | format | write
//   in order  parallel in order  parallel      in order parallel in order
//
// With --at-least, units of text are counted in a reading before (count_units.h).
// Under `segment` nothing is compared; under --exact-join plain code takes the place of tokens, sketch and near.
#include <optional>

#include "flow/asked_fields.h"
#include "flow/count_units.h"
#include "flow/decided_records.h"
#include "flow/foretold.h"
#include "flow/front.h"
#include "flow/readings.h"
#include "flow/run.h"
#include "flow/stages.h"
#include "flow/stored_index.h"
#include "match/compare_asides.h"
#include "match/decide.h"
#include "match/groups.h"
#include "match/sketch.h"
#include "write/format.h"
#include "write/review.h"

namespace unecho {

absl::StatusOr<std::string> RunStreaming(Run& run) {
  UNECHO_RETURN_IF_ERROR(run.Begin());
  Readings readings(run);
  Digest counted_digest, digest;
  UNECHO_ASSIGN_OR_RETURN(const auto often, CountUnits(run, readings, counted_digest));
  BatchReader reader = often ? readings.Read() : run.Read([&run](size_t i) { return run.inputs->Open(i); });
  Front front(run.options.answer, run.plan.sources, often.get(), PrepareWants{.text_hash = run.tells_groups()});
  AskedFields asked(run.options.answer, run.plan.sources, run.index != nullptr && run.index->num_records() > 0);
  DecidedRecords decided(run.people().decisions, run.plan.sources);
  FindRepeats exact(run.compares());
  const Sketcher sketch(run.plan.bands, run.options.answer.shingle_tokens, run.options.answer.seed);
  Decide decide(run.options, run.plan.bands, &run.fates, run.people());
  exact.SpillBeyond(run.spill_terms());
  decide.SpillBeyond(run.spill_terms());
  std::optional<Groups> groups;
  if (run.tells_groups()) groups.emplace(!run.options.answer.segment.id_field.empty());
  if (groups) groups->SpillBeyond(decide.last_terms());
  CompareAsides compare_asides;
  compare_asides.SpillBeyond(decide.last_terms());
  CountRead count_read(run.progress);
  CountKept count_kept(run.fates, run.progress);
  const Format format(run.options, run.plan.sources);
  const WriteFields write_fields(run.plan.sources);
  KeptFields kept_fields;
  Write write(run.statistics, run.outputs);
  write.SpillBeyond(decide.last_terms());

  std::optional<Foretell> foretell;
  EnterForetold enter_foretold(run.fates, run.options.answer.match.size());
  const SettleForetold settle_foretold;
  std::optional<StoredIndex::NoteGrown> note_grown;
  std::optional<StoredIndex::Take> take;
  std::optional<StoredIndex::Append> append;
  const StoredIndex::Pack pack;
  if (run.index != nullptr) {
    UNECHO_RETURN_IF_ERROR(run.index->Load(run, exact, decide, *groups, compare_asides));
    note_grown.emplace(*run.index);
    take.emplace(*run.index, *groups, run.options.answer);
    append.emplace(*run.index);
    if (run.index->goes_on()) foretell.emplace(run.index->folder(), run.options.answer);
  }

  Chain chain;
  if (often) chain.InOrder("digest", digest);
  front.AddTo(chain);
  if (foretell)
    chain.InOrder("exact", front.number(), asked, decided, exact, *foretell);
  else
    chain.InOrder("exact", front.number(), asked, decided, exact);
  const Decide::SearchDisk search_disk(decide);
  if (run.sketches() && !decide.sketches()) chain.Parallel("sketch", sketch, search_disk);
  if (run.against) chain.Parallel("against", *run.against);
  if (run.index != nullptr && run.index->adds()) {
    chain.InOrder("near", enter_foretold, decide, settle_foretold, *groups, compare_asides, *note_grown, *take,
                  count_read, count_kept);
    chain.Parallel("pack", pack);
    chain.InOrder("append", *append);
  } else if (groups)
    chain.InOrder("near", decide, *groups, compare_asides, count_read, count_kept);
  else
    chain.InOrder("near", decide, compare_asides, count_read, count_kept);
  AddWriting(chain, run.unsure.has_value(), format, write_fields, write, kept_fields);
  UNECHO_RETURN_IF_ERROR(run.Drive("", reader, chain, often ? often->memory_bytes() : 0, &*run.inputs));
  if (often) UNECHO_RETURN_IF_ERROR(counted_digest.CheckEqual(digest));
  UNECHO_RETURN_IF_ERROR(asked.Check());
  UNECHO_RETURN_IF_ERROR(decided.Check());
  UNECHO_RETURN_IF_ERROR(run.EndReview(kept_fields));
  run.Note(asked);

  run.facts.spilled_bytes = exact.spilled_bytes() + decide.spilled_bytes() + (groups ? groups->disk_bytes() : 0) +
                            compare_asides.disk_bytes() + run.statistics.disk_bytes();
  if (run.sketches()) {
    run.facts.planned_bytes =
        PlannedBytes(run.plan.memory, {.kept_records = run.fates.num_kept() - decide.num_frozen(),
                                       .distinct_records = run.fates.num_distinct() - exact.num_frozen(),
                                       .token_bytes = decide.token_bytes(),
                                       .frozen_records = decide.num_frozen(),
                                       .frozen_distinct = exact.num_frozen(),
                                       .frozen_room = run.spill_terms().most_bytes,
                                       .largest_batch = run.read_cost.largest_batch,
                                       .input_bytes = run.inputs->peak_bytes()});
  }
  if (run.index != nullptr) UNECHO_RETURN_IF_ERROR(run.index->FinishRun(*groups, *run.facts.index));
  return run.End(reader);
}

}  // namespace unecho
