// The only talker: messages and progress on stderr, signals, exit codes.
//
// Progress is one line, overwritten at most five times a second, on a terminal only. No colour, so NO_COLOR changes
// nothing; TERM=dumb has no progress line.
// Cost:    a line a message.
// Threads: one caller; the progress thread reads atomics.
// Failure: none; write errors on stderr are ignored.
#ifndef UNECHO_SRC_CLI_CONSOLE_H_
#define UNECHO_SRC_CLI_CONSOLE_H_

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "base/status.h"
#include "unecho/listener.h"

namespace unecho {

// Of a run that a signal ended: 128 and the number of the signal.
enum class ExitCode : int { kOk = 0, kFailure = 1, kUsage = 2, kPipeClosed = 141 };

// One line of progress, without its control characters: phase, bytes, rate, time left where it is known, records.
std::string ProgressLine(const Progress& progress, double seconds);

class Console final : public Listener {
 public:
  enum class Level : uint8_t { kQuiet, kNormal, kVerbose };
  explicit Console(Level level);
  ~Console() override;

  void Error(std::string_view message);             // always
  void Warning(std::string_view message) override;  // always
  void Info(std::string_view text) override;        // unless -q
  void Verbose(std::string_view message) override;  // with -v
  bool verbose() const override { return level_ == Level::kVerbose; }

  void StartProgress(const Progress* progress) override;
  void StopProgress() override;

 private:
  void ShowProgress(const Progress& progress, double seconds);
  Level level_;
  bool terminal_;
  std::mutex mutex_;  // one line at a time
  std::condition_variable stop_changed_;
  bool stop_ = false;
  std::thread thread_;
};

// SIGINT and SIGTERM set the flag that inputs poll. Two seconds later, or on a second signal, a run that is still going
// is ended and its temporaries removed. SIGPIPE is ignored: a closed pipe is an error of write(2).
void InstallSignalHandlers();
ExitCode ExitCodeFor(const absl::Status& status);

}  // namespace unecho

#endif  // UNECHO_SRC_CLI_CONSOLE_H_
