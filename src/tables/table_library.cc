#include "tables/table_library.h"

#include <dlfcn.h>

#include <filesystem>
#include <new>
#include <string>
#include <system_error>
#include <vector>

#include "absl/strings/str_format.h"
#include "base/memory.h"

namespace unecho {
namespace {

namespace fs = std::filesystem;

constexpr char kLibrary[] = "libunecho_parquet.so";

// Beside the program; where those of an installation are; in the Python package that the program came with, which is
// below the program's prefix, or beside the folder to which auditwheel moves programs; beside the library that this
// code is in, which is where a Python package has it. At last the system looks where it looks for all.
std::vector<std::string> Places() {
  std::vector<std::string> places;
  std::error_code error;
  const auto add = [&places](const fs::path& folder) { places.push_back((folder / kLibrary).string()); };
  if (const fs::path program = fs::read_symlink("/proc/self/exe", error); !error) {
    add(program.parent_path());
    const fs::path prefix = program.parent_path().parent_path();
    add(prefix / "lib" / "unecho");
    add(prefix / "unecho");
    for (const auto& entry : fs::directory_iterator(prefix / "lib", error)) {
      if (!entry.path().filename().string().starts_with("python3")) continue;
      for (const char* const packages : {"site-packages", "dist-packages"}) add(entry.path() / packages / "unecho");
    }
  }
  Dl_info info;
  if (dladdr(reinterpret_cast<const void*>(&Places), &info) != 0 && info.dli_fname != nullptr) {
    if (const fs::path own = fs::canonical(info.dli_fname, error); !error) add(own.parent_path());
  }
  places.emplace_back(kLibrary);
  return places;
}

absl::StatusOr<const UnechoTables*> Load() {
  // That of scripts/portable.sh.
  if (dlopen(nullptr, RTLD_NOW) == nullptr) return absl::FailedPreconditionError(dlerror());
  std::string reason;
  for (const std::string& place : Places()) {
    std::error_code error;
    const bool is_path = place != kLibrary;
    if (is_path && !fs::exists(place, error)) continue;
    void* const library = dlopen(place.c_str(), RTLD_LAZY | RTLD_LOCAL);
    if (library == nullptr) {
      const char* const message = dlerror();
      if (!is_path || message == nullptr) continue;
      reason = message;
      if (reason.find("libarrow.so") != reason.npos || reason.find("libparquet.so") != reason.npos)
        reason += "; it comes with pip install 'unecho[parquet]'";
      continue;
    }
    const auto entry = reinterpret_cast<UnechoTablesEntry>(dlsym(library, kUnechoTablesEntry));
    const UnechoTables* const tables = entry == nullptr ? nullptr : entry();
    if (tables != nullptr && tables->version == kUnechoTablesVersion) return tables;
    reason = place + " is of another version of unecho";
    dlclose(library);
  }
  if (reason.empty()) reason = absl::StrFormat("there is no %s beside the program", kLibrary);
  return absl::FailedPreconditionError(reason);
}

bool MayAllocate(uint64_t bytes) {
  try {
    NoteAllocation(bytes);
    return true;
  } catch (const std::bad_alloc&) {
    return false;
  }
}

}  // namespace

const UnechoTablesHost kTablesHost = {.may_allocate = MayAllocate};

absl::StatusOr<const UnechoTables*> LoadTables() {
  static const absl::StatusOr<const UnechoTables*> kLoaded = Load();
  return kLoaded;
}

absl::Status TableStatus(const UnechoTables& tables, char* error) {
  if (error == nullptr) return absl::OkStatus();
  const std::string message = error;
  tables.free_text(error);
  return message.starts_with("no memory") ? absl::ResourceExhaustedError(message) : absl::DataLossError(message);
}

absl::StatusOr<TablePtr> OpenTable(const UnechoTables& tables, int fd, UnechoTableKind kind) {
  UnechoTable* table = nullptr;
  UNECHO_RETURN_IF_ERROR(TableStatus(tables, tables.open(&kTablesHost, fd, kind, &table)));
  return TablePtr(table, TableCloser{&tables});
}

}  // namespace unecho
