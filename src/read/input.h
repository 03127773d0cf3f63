// Input: a path or standard input -> decompressed bytes, as a stream.
//
// Compression is known by the first bytes, never by the name: gzip (many members), bzip2 (many streams), xz, lz4 and
// zstd (many frames), or plain. So are tables (Parquet, Arrow), of which the rows come as lines of JSON
// (table_decoding.h); one that comes through a pipe is kept in an unnamed file, since it has to be read from its end.
// Compressed sources are decompressed in the background, off the critical path, a bounded
// number of blocks ahead: members, streams and frames side by side, and, in an InputSequence, sources too.
//
// Cost:     plain: a read(2) into the caller's buffer; compressed: a copy of what was decompressed, and the blocks
//           ahead.
// Threads:  one reader per source.
// Failure:  open and read errors, truncated or corrupt archives and tables: a Status that names the source, the offset
//           in the compressed file and what to do. Bytes before the damage are delivered first.
#ifndef UNECHO_SRC_READ_INPUT_H_
#define UNECHO_SRC_READ_INPUT_H_

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/status.h"

namespace unecho {

enum class Compression : uint8_t { kPlain, kGzip, kBzip2, kXz, kLz4, kZstd, kParquet, kArrow };
std::string_view Name(Compression compression);  // "plain", "gzip", ...
// Longest magic number.
inline constexpr size_t kMagicBytes = 8;
Compression SniffCompression(std::span<const char> first_bytes);
inline bool IsTable(Compression compression) {
  return compression == Compression::kParquet || compression == Compression::kArrow;
}

// One of the files whose lines belong together (aligned_input.h), and what its lines are called.
struct AlignedFile {
  std::string path, field;
};

class InputReader;
// A reader from which the beginning has been taken already, and which gives it again (first_look.h).
struct BegunInput {
  std::unique_ptr<InputReader> reader;  // null: it has been opened
};

struct InputFile {
  std::string path;                        // as given; "-" is standard input
  std::string name;                        // unique; what refs and reports call it
  std::vector<AlignedFile> aligned = {};   // --aligned: they are the source; `path` names all of them
  size_t max_line_bytes = 0;               // of aligned files: of longer lines no more is held; 0: no limit
  std::shared_ptr<BegunInput> begun = {};  // null: nothing has been read of it
  std::string tmpdir = {};                 // for a table that comes through a pipe; empty: $TMPDIR, or /tmp
};

// Names the sources of a run. A name is the path without a compression suffix (.gz .bz2 .xz .lz4 .zst), so that
// compressing a dump changes no byte of the output; a name that is taken already becomes the full path, or path@2,
// path@3, ... Standard input is called `stdin_name`. No paths: standard input.
// `aligned`: their fields, if all of them are one source. `taken`: names of sources that came before these.
std::vector<InputFile> NameInputs(std::span<const std::string> paths, std::string_view stdin_name,
                                  std::span<const std::string> aligned = {}, std::span<const std::string> taken = {});

// A regular file: not standard input, no pipe.
bool CanBeReadTwice(const InputFile& file);
// Of such a file, by its first bytes.
Compression CompressionOf(const InputFile& file);

class InputReader {
 public:
  virtual ~InputReader() = default;

  struct Result {
    size_t bytes = 0;
    bool at_end = false;   // nothing will follow
    bool stalled = false;  // nothing came within `patience`; more may
  };
  // Reads up to out.size() bytes; waits for the first of them at most `patience`. Returns as soon as there is
  // something; retries EINTR unless `interrupted` is set, which ends the wait with a kCancelled status.
  virtual absl::StatusOr<Result> Read(std::span<char> out, std::chrono::milliseconds patience) = 0;

  virtual Compression compression() const = 0;    // known after the first Read
  virtual uint64_t compressed_bytes() const = 0;  // consumed so far
  virtual const std::string& label() const = 0;   // what messages call the source
};

// Opens one input. `interrupted` (may be null) outlives the reader; it is polled at least every 100 ms of waiting.
absl::StatusOr<std::unique_ptr<InputReader>> OpenInput(const InputFile& file, const std::atomic<int>* interrupted);

// What decompression may keep ahead of the run, at most: 16 MiB a thread, but no more than 1/16 of the limit. pzstd,
// whose frames are the longest, writes 8 MiB of content a frame. 0 if all files are plain.
size_t AheadBytes(std::span<const InputFile> files, int threads, uint64_t memory_limit_bytes);

// What the library that decodes tables takes beside them: 0 if there is none among the first files.
uint64_t TableLibraryBytes(std::span<const InputFile> files);

// The bytes of all files together; 0 if one is no regular file, or is compressed.
uint64_t PlainBytes(std::span<const InputFile> files);

// The inputs of a run, opened one after the other. While one is read, the regular files after it are opened and, if
// they are compressed, decompressed already: what comes of a source does not depend on it, nor does the order of
// errors.
//
// Cost:    up to `threads` threads that decompress, one that reads for each source in work, at most 1 + threads of
//          them; `ahead_bytes` of blocks, and about 4 MiB beyond that for the source in hand.
// Threads: one caller.
class InputSequence {
 public:
  InputSequence(std::span<const InputFile> files, int threads, size_t ahead_bytes, const std::atomic<int>* interrupted);
  ~InputSequence();  // destroy all readers first

  // In any order; forwards is fast.
  absl::StatusOr<std::unique_ptr<InputReader>> Open(size_t file);

  // The most that waited at a time, compressed and decompressed.
  uint64_t peak_bytes() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_READ_INPUT_H_
