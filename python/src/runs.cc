// unecho.clean() and unecho.audit(): whole runs, with files.
#include <nanobind/nanobind.h>

#include <atomic>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "errors.h"
#include "lenient.h"
#include "module.h"
#include "options.h"
#include "unecho/audit.h"
#include "unecho/listener.h"
#include "unecho/pipeline.h"
#include "watched.h"

namespace nb = nanobind;

namespace unecho::python {
namespace {

// Keeps what a run says until the thread of the caller looks.
class Notes final : public Listener {
 public:
  void Warning(std::string_view message) override {
    const std::lock_guard lock(mutex_);
    warnings_.emplace_back(message);
  }
  void StartProgress(const Progress* progress) override {
    const std::lock_guard lock(mutex_);
    progress_ = progress;
  }
  void StopProgress() override {
    const std::lock_guard lock(mutex_);
    progress_ = nullptr;
  }

  // Under the interpreter lock. Both are callables; `progress` may be None.
  void Tell(nb::handle warn, nb::handle progress) {
    std::vector<std::string> warnings;
    nb::object seen;
    {
      const std::lock_guard lock(mutex_);
      warnings.swap(warnings_);
      if (progress_ != nullptr && !progress.is_none())
        seen = nb::make_tuple(progress_->phase.load(), progress_->bytes.load(), progress_->total_bytes.load(),
                              progress_->records.load(), progress_->kept.load());
    }
    for (const std::string& warning : warnings) warn(Lenient(warning));
    if (seen.is_valid()) progress(seen);
  }

 private:
  std::mutex mutex_;
  std::vector<std::string> warnings_;
  const Progress* progress_ = nullptr;
};

template <typename Enum, size_t kCount>
nb::dict Counted(const std::array<uint64_t, kCount>& counts, bool with_zeros) {
  nb::dict named;
  for (size_t i = 0; i < kCount; ++i) {
    const std::string name(Name(static_cast<Enum>(i)));
    if (!name.empty() && (with_zeros || counts[i] > 0)) named[name.c_str()] = counts[i];
  }
  return named;
}

// The members of unecho.Run.
nb::dict Run(nb::handle paths, nb::handle keywords, nb::handle warn, nb::handle progress) {
  Notes notes;
  PipelineOptions options =
      Value(PipelineOptionsByName(Command::kClean, PathsOf(paths), NamedOptionsOf(keywords), notes));
  std::atomic<int> stop{0};
  options.run.stop = &stop;
  Result<RunResult> result = RunResult();
  RunWatched(
      stop, [&] { result = RunPipeline(options, "unecho.clean() of Python", notes); },
      [&] { notes.Tell(warn, progress); });
  const RunResult run = Value(std::move(result));
  nb::dict members;
  members["fates"] = Counted<Fate>(run.ledger.fates, true);
  members["reasons"] = Counted<Reason>(run.ledger.reasons, false);
  members["bytes"] = Counted<ByteClass>(run.ledger.bytes, true);
  members["table"] = Lenient(run.table);
  return members;
}

// The members of unecho.Audit.
nb::dict AuditRun(nb::handle paths, nb::handle keywords) {
  AuditOptions options = Value(AuditOptionsByName(PathsOf(paths), NamedOptionsOf(keywords)));
  std::atomic<int> stop{0};
  options.run.stop = &stop;
  Result<AuditResult> result = AuditResult();
  RunWatched(stop, [&] { result = Audit(options); });
  const AuditResult audit = Value(std::move(result));
  nb::dict members;
  nb::list violations;
  for (const std::string& violation : audit.violations) violations.append(Lenient(violation));
  members["violations"] = violations;
  members["num_violations"] = audit.num_violations;
  nb::dict fates;
  fates["kept"] = audit.kept, fates["exact"] = audit.exact, fates["near"] = audit.near;
  fates["contaminated"] = audit.contaminated, fates["reference"] = audit.reference, fates["rejected"] = audit.rejected;
  members["fates"] = fates;
  members["pairs_left"] = options.recall ? nb::cast(audit.pairs_left) : nb::none();
  return members;
}

}  // namespace

void BindRuns(nb::module_& module) {
  module.def("run", &Run, nb::arg("paths"), nb::arg("options"), nb::arg("warn"), nb::arg("progress").none());
  module.def("audit", &AuditRun, nb::arg("paths"), nb::arg("options"));
}

}  // namespace unecho::python
