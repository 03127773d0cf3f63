// unecho: raw snapshot dumps in, clean deduplicated corpus out.
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "cli/command_line.h"
#include "cli/console.h"
#include "kernels/kernels.h"

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

}  // namespace

int main(int argc, char** argv) {
  const unecho::ParsedCommandLine parsed = unecho::ParseCommandLine(argc, argv);
  if (parsed.command == nullptr) return Print(parsed.text, parsed.exit_code);
  if (!HasWantedKernels()) return static_cast<int>(ExitCode::kUsage);
  unecho::InstallSignalHandlers();
  const auto level = parsed.given.quiet     ? Console::Level::kQuiet
                     : parsed.given.verbose ? Console::Level::kVerbose
                                            : Console::Level::kNormal;
  Console console(level);
  return static_cast<int>(parsed.command->run(parsed.given, console));
}
