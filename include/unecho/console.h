// The only talker: messages and progress on stderr, signals, exit codes.
//
// Progress is one line, overwritten at most five times a second, on a terminal only. No colour, so NO_COLOR changes nothing;
// TERM=dumb has no progress line.
// Cost:    a line a message.
// Threads: one caller; the progress thread reads atomics.
// Failure: none; a stderr that is closed is not worth a word.
#ifndef UNECHO_CONSOLE_H_
#define UNECHO_CONSOLE_H_

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "unecho/status.h"

namespace unecho {

enum class ExitCode : int { kOk = 0, kFailure = 1, kUsage = 2, kInterrupted = 130, kTerminated = 143, kPipeClosed = 141 };

// What a run lets others see while it goes on.
struct Progress {
  std::atomic<uint64_t> bytes{0};       // decompressed bytes read
  std::atomic<uint64_t> total_bytes{0}; // that will be read; 0 if that is not known (pipes, compressed files)
  std::atomic<uint64_t> records{0};
  std::atomic<uint64_t> kept{0};
  std::atomic<const char*> phase{"reading"};
};

// One line of progress, without its control characters: phase, bytes, rate, time left where it is known, records.
std::string ProgressLine(const Progress& progress, double seconds);

class Console {
 public:
  enum class Level : uint8_t { kQuiet, kNormal, kVerbose };
  explicit Console(Level level);
  ~Console();

  void Error(std::string_view message);       // always
  void Info(std::string_view message);        // unless -q
  void Verbose(std::string_view message);     // with -v
  bool verbose() const { return level_ == Level::kVerbose; }

  void StartProgress(const Progress* progress);
  void StopProgress();

 private:
  void ShowProgress(const Progress& progress, double seconds);
  Level level_;
  bool terminal_;
  std::mutex mutex_;                          // one line at a time
  std::condition_variable stop_changed_;
  bool stop_ = false;
  std::thread thread_;
};

// SIGINT and SIGTERM set the flag that inputs poll. Two seconds later, or on a second signal, a run that is still going is ended and its
// temporaries removed. SIGPIPE is ignored: a closed pipe is an error of write(2).
void InstallSignalHandlers();
const std::atomic<int>& InterruptSignal();    // 0, SIGINT or SIGTERM
ExitCode ExitCodeFor(const absl::Status& status);

}  // namespace unecho

#endif  // UNECHO_CONSOLE_H_
