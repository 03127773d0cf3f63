// What the tasks of a run in shards leave for one another.
//
//   FOLDER/plan.json                    shard_plan.h
//   FOLDER/STEP/00003/                  what a task has made: files, and done.json, which names them
//   FOLDER/out/corpus-00003.jsonl       what `write` has made for people
//
// A task fills a folder under another name, which then gets its own: it is there whole, or not at all, however often
// the task is run, killed, or run twice at a time. done.json says of which plan it is, and of each file how large it is
// and its XXH3-128; who reads a file compares both. Files are arrays of little-endian numbers and of the structs of
// signed_rows.h. What is for many tasks of the next step is one file with a section for each, so that a thousand shards
// make thousands of files and not a million: FILE.sections says where they are, and has a hash of each, in place of one
// of FILE.
//
// Threads: one user an object. Failure: that of the disk; a file that is not as it was written, by its name.
#ifndef UNECHO_SRC_SHARD_TASK_FILES_H_
#define UNECHO_SRC_SHARD_TASK_FILES_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/hash.h"
#include "base/status.h"

namespace unecho {

// FILE.sections: by number.
struct FileSection {
  uint64_t number, begin, bytes;
  uint64_t hash;   // XXH3-64 of what stands there
  uint64_t check;  // and of the bytes before, here
  uint64_t Check() const { return XXH3_64bits(this, offsetof(FileSection, check)); }
};

enum class Step : uint8_t { kSign, kPairs, kResolve, kDecide, kWrite, kCount };
inline constexpr size_t kNumSteps = static_cast<size_t>(Step::kCount);
std::string_view NameOf(Step step);

// FOLDER/sign/00003
std::string TaskFolder(const std::string& folder, Step step, size_t task);
// "00003"
std::string TaskNumber(size_t task);
bool IsDone(const std::string& folder, Step step, size_t task);

// Whole, on the disk, and then by its name.
[[nodiscard]] absl::Status WriteWhole(const std::string& path, std::string_view bytes);

class TaskWriter {
 public:
  // `plan`: its digest.
  static absl::StatusOr<std::unique_ptr<TaskWriter>> Begin(const std::string& folder, Step step, size_t task,
                                                           std::string plan);
  ~TaskWriter();  // what was not committed goes
  TaskWriter(const TaskWriter&) = delete;
  TaskWriter& operator=(const TaskWriter&) = delete;

  // An array that is written from its front to its end; of this task.
  class File {
   public:
    ~File();
    [[nodiscard]] absl::Status Append(std::string_view more) {
      if (more.size() > kBufferBytes - held) return AppendBeyond(more);
      held += more.copy(buffer.get() + held, more.size());
      return absl::OkStatus();
    }
    template <typename T>
    [[nodiscard]] absl::Status Append(std::span<const T> items) {
      static_assert(std::is_trivially_copyable_v<T>);
      return Append(std::string_view(reinterpret_cast<const char*>(items.data()), items.size_bytes()));
    }

    // What follows is for task `number` of the next step; numbers ascend.
    void BeginSection(size_t number);

   private:
    friend class TaskWriter;
    static constexpr size_t kBufferBytes = size_t{1} << 18;
    absl::Status AppendBeyond(std::string_view more);
    absl::Status Flush();
    void EndSection();
    std::string name, path;
    int fd = -1;
    uint64_t bytes = 0;  // without what is in the buffer
    std::vector<FileSection> sections;
    XXH3_state_t of_section;
    XXH3_state_t digest;
    bool has_digest = true;
    std::unique_ptr<char[]> buffer{new char[kBufferBytes]};  // touched as far as it is needed
    size_t held = 0;                                         // in the buffer
    size_t section_from = 0;                                 // where in it that of the last section begins
  };
  // Without a digest: whoever reads it compares hashes of its parts, which stand elsewhere.
  absl::StatusOr<File*> Create(const std::string& name, bool has_digest = true);
  void Note(const std::string& name, uint64_t number) { numbers_[name] = number; }
  // The folder gets its name. OK as well if the task has been done by another process meanwhile.
  [[nodiscard]] absl::Status Commit();

 private:
  TaskWriter() = default;
  absl::Status SyncAll();

  std::string made_in_, final_, plan_;
  Step step_{};
  size_t task_ = 0;
  std::vector<std::unique_ptr<File>> files_;
  std::map<std::string, uint64_t> numbers_;
};

// A file in memory, read as it is touched.
class MappedFile {
 public:
  MappedFile() = default;
  ~MappedFile();
  MappedFile(MappedFile&& other) noexcept { *this = std::move(other); }
  MappedFile& operator=(MappedFile&& other) noexcept;
  template <typename T>
  std::span<const T> As() const {
    return {reinterpret_cast<const T*>(static_cast<const char*>(mapped_) + begin_), bytes_ / sizeof(T)};
  }
  // What was touched is not resident any more, so that it does not count as this process's memory; it is still there.
  void Forget() const;
  // each(item) for all, of which little is resident at a time.
  template <typename T, typename Each>
  void Walk(Each each) const {
    constexpr size_t kStep = kResidentBytes / sizeof(T);
    for (auto left = As<T>(); !left.empty(); left = left.subspan(std::min(kStep, left.size()))) {
      for (const T& item : left.first(std::min(kStep, left.size()))) each(item);
      if (left.size() > kStep) Forget();
    }
  }
  static constexpr size_t kResidentBytes = size_t{8} << 20;  // after so much is walked over, Forget() pays

 private:
  friend class TaskReader;
  void* mapped_ = nullptr;
  size_t mapped_bytes_ = 0;
  size_t begin_ = 0, bytes_ = 0;  // what is shown of it
  std::string HexDigest() const;
  uint64_t Hash() const;
};

class TaskReader {
 public:
  // An error if the task is not done, or was done by another plan.
  static absl::StatusOr<TaskReader> Open(const std::string& folder, Step step, size_t task, const std::string& plan);
  // `whole`: it is read to its end now, and its digest compared; else its size alone.
  absl::StatusOr<MappedFile> Map(const std::string& name, bool whole = true) const;
  // Of a file with sections the one of that number, whose hash is compared; nothing, where it has none.
  absl::StatusOr<MappedFile> MapSection(const std::string& name, size_t number) const;
  // 0 if it was not noted.
  uint64_t number(const std::string& name) const;
  absl::Status Damaged(std::string_view what) const;

 private:
  struct FileFacts {
    uint64_t bytes;
    std::string digest;
  };
  std::string path_;
  std::map<std::string, FileFacts> files_;
  std::map<std::string, uint64_t> numbers_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_SHARD_TASK_FILES_H_
