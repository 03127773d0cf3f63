// unecho: raw snapshot dumps in, clean deduplicated corpus out.
#include <malloc.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>
#include <string_view>

#include "base/memory.h"
#include "base/status.h"
#include "cli/command_line.h"
#include "cli/console.h"
#include "kernels/kernels.h"
#include "write/atomic_file.h"

namespace {

using unecho::Console;
using unecho::ExitCode;

// A comparison of instruction sets must not compare one with itself.
bool HasWantedKernels() {
  const char* wanted = std::getenv("UNECHO_KERNELS");
  if (wanted == nullptr || *wanted == '\0' || unecho::ActiveKernels().name == std::string_view(wanted)) return true;
  std::string sets;
  for (const unecho::Kernels* set : unecho::AvailableKernels()) {
    sets += std::string(sets.empty() ? "" : ", ") + set->name;
  }
  std::fprintf(stderr, "unecho: error: UNECHO_KERNELS=%s: this machine can run %s\n", wanted, sets.c_str());
  return false;
}

int Print(const std::string& text, int exit_code) {
  std::FILE* to = exit_code == 0 ? stdout : stderr;
  const bool printed = std::fputs(text.c_str(), to) >= 0 && std::fflush(to) == 0;
  return printed ? exit_code : static_cast<int>(ExitCode::kFailure);
}

// What is freed of large records goes back to the system, and is not kept for the next large one: that may be of
// another kind, and what is resident counts. Smaller blocks are kept as ever.
void ReturnLargeBlocks() {
  mallopt(M_MMAP_THRESHOLD, 4 << 20);
  mallopt(M_TRIM_THRESHOLD, 8 << 20);
}

// Each thread reserves 64 MiB of addresses for what it allocates: under `ulimit -v` that would leave nothing for more
// threads, so there they share.
void SaveAddresses() {
  rlimit address_space{};
  if (getrlimit(RLIMIT_AS, &address_space) == 0 && address_space.rlim_cur != RLIM_INFINITY) mallopt(M_ARENA_MAX, 1);
}

int Run(int argc, char** argv) {
  const unecho::ParsedCommandLine parsed = unecho::ParseCommandLine(argc, argv);
  if (parsed.command == nullptr) return Print(parsed.text, parsed.exit_code);
  if (!HasWantedKernels()) return static_cast<int>(ExitCode::kUsage);
  unecho::InstallSignalHandlers();
  const auto level = parsed.given.quiet     ? Console::Level::kQuiet
                     : parsed.given.verbose ? Console::Level::kVerbose
                                            : Console::Level::kNormal;
  Console console(level);
  if (parsed.has_memory_limit) {
    const uint64_t given = parsed.given.run.memory_bytes;
    unecho::LimitResident(given > 0 ? given : unecho::DefaultMemoryLimit());
  }
  return static_cast<int>(parsed.command->run(parsed.given, console));
}

int Fail(const std::exception_ptr& exception) {
  std::fprintf(stderr, "unecho: error: %s\n", unecho::ReasonOf(exception).text);
  return static_cast<int>(ExitCode::kFailure);
}

// For what is thrown where nobody can catch it, as by a thread of TBB that cannot make another one.
[[noreturn]] void FailAtOnce() {
  unecho::RemoveTemporaries();
  _exit(Fail(std::current_exception()));
}

}  // namespace

int main(int argc, char** argv) {
  std::set_terminate(FailAtOnce);
  ReturnLargeBlocks();
  SaveAddresses();
  // What flows say for themselves (flow/runner.h), and what public functions do, does not come here.
  try {
    return Run(argc, argv);
  } catch (...) {
    return Fail(std::current_exception());
  }
}
