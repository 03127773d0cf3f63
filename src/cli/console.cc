#include "cli/console.h"

#include <semaphore.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <system_error>

#include "absl/strings/str_format.h"
#include "base/interrupt.h"
#include "text/counted.h"
#include "text/shown_text.h"
#include "write/atomic_file.h"

namespace unecho {
namespace {

sem_t g_signal_came;  // sem_post() is one of the few calls a handler may make

extern "C" void OnSignal(int signal_number) {
  int none = 0;
  InterruptFlag().compare_exchange_strong(none, signal_number);
  sem_post(&g_signal_came);
}

// A run ends by itself soon after a signal. If it cannot, because whoever reads our output has stopped, or on a second
// signal, this thread removes the temporaries and ends the process.
void WatchForSignals() {
  const auto wait = [] {
    while (sem_wait(&g_signal_came) != 0) {
    }
  };
  wait();
  timespec until{};
  clock_gettime(CLOCK_REALTIME, &until);
  until.tv_sec += 2;
  while (sem_timedwait(&g_signal_came, &until) != 0 && errno == EINTR) {
  }
  RemoveTemporaries();
  _exit(128 + InterruptSignal());
}

bool StderrIsTerminal() {
  const char* term = std::getenv("TERM");
  return isatty(STDERR_FILENO) == 1 && term != nullptr && std::strcmp(term, "dumb") != 0;
}

}  // namespace

Console::Console(Level level) : level_(level), terminal_(StderrIsTerminal()) {}

Console::~Console() { StopProgress(); }

void Console::Error(std::string_view message) {
  const std::lock_guard lock(mutex_);
  absl::FPrintF(stderr, "%sunecho: error: %s\n", terminal_ ? "\r\x1b[K" : "", ShownLines(message));
}

void Console::Warning(std::string_view message) {
  const std::lock_guard lock(mutex_);
  absl::FPrintF(stderr, "%sunecho: warning: %s\n", terminal_ ? "\r\x1b[K" : "", ShownLines(message));
}

void Console::Info(std::string_view text) {
  if (level_ == Level::kQuiet) return;
  const std::lock_guard lock(mutex_);
  absl::FPrintF(stderr, "%s%s", terminal_ ? "\r\x1b[K" : "", ShownLines(text));
}

void Console::Verbose(std::string_view message) {
  if (level_ != Level::kVerbose) return;
  const std::lock_guard lock(mutex_);
  absl::FPrintF(stderr, "%sunecho: %s\n", terminal_ ? "\r\x1b[K" : "", ShownLines(message));
}

void Console::StartProgress(const Progress* progress) {
  if (!terminal_ || level_ == Level::kQuiet) return;
  stop_ = false;
  const auto show = [this, progress] {
    const auto start = std::chrono::steady_clock::now();
    const auto seconds = [start] {
      return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    };
    constexpr std::chrono::milliseconds kInterval{200};
    std::unique_lock lock(mutex_);
    while (!stop_changed_.wait_for(lock, kInterval, [this] { return stop_; })) ShowProgress(*progress, seconds());
  };
  try {
    thread_ = std::thread(show);
  } catch (const std::system_error&) {  // there is no thread to be had: nothing is shown
  }
}

void Console::StopProgress() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  stop_changed_.notify_all();
  thread_.join();
  absl::FPrintF(stderr, "\r\x1b[K");
}

std::string ProgressLine(const Progress& progress, double seconds) {
  const auto bytes = static_cast<double>(progress.bytes.load()),
             total = static_cast<double>(progress.total_bytes.load());
  std::string line = absl::StrFormat("%s: %.1f MB", progress.phase.load(), bytes / 1e6);
  if (total > 0) line += absl::StrFormat(" of %.1f", total / 1e6);
  if (seconds > 0 && bytes > 0) {
    line += absl::StrFormat(", %.0f MB/s", bytes / 1e6 / seconds);
    // Nothing is said of the first second: the rate is not known yet.
    if (total > bytes && seconds >= 1) {
      const auto left = static_cast<int64_t>((total - bytes) / bytes * seconds + .5);
      line += left >= 60 ? absl::StrFormat(", %d:%02d min left", left / 60, left % 60)
                         : absl::StrFormat(", %d s left", left);
    }
  }
  return line + absl::StrFormat(", %s, %d kept", Counted(progress.records.load(), "record"), progress.kept.load());
}

void Console::ShowProgress(const Progress& progress, double seconds) {
  absl::FPrintF(stderr, "\r%s\x1b[K", ProgressLine(progress, seconds));
}

void InstallSignalHandlers() {
  sem_init(&g_signal_came, 0, 0);
  std::thread(WatchForSignals).detach();
  struct sigaction action = {};
  action.sa_handler = OnSignal;
  sigemptyset(&action.sa_mask);
  for (const int ends : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) {
    // Whoever started us may have told us to ignore it: nohup, or a shell that runs us in the background.
    struct sigaction before = {};
    sigaction(ends, nullptr, &before);
    if (before.sa_handler != SIG_IGN) sigaction(ends, &action, nullptr);  // no SA_RESTART: what waits returns
  }
  signal(SIGXFSZ, SIG_IGN);  // the write that goes too far says so itself
  signal(SIGPIPE, SIG_IGN);
}

ExitCode ExitCodeFor(const absl::Status& status) {
  if (InterruptFlag() != 0) return static_cast<ExitCode>(128 + InterruptFlag());
  if (status.ok()) return ExitCode::kOk;
  if (absl::IsAborted(status)) return ExitCode::kPipeClosed;
  return ExitCode::kFailure;
}

}  // namespace unecho
