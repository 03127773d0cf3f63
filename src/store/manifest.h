// The manifest of an index: what it was made with, and its runs in order.
//
// In, out: a JSON object (docs/unecho-index.5.md). Members that this version does not know are an error: a later one
//          may mean something by them. The last one is the XXH3-128 of the text before it.
// Cost:    once a run. Threads: plain values. Failure: text that is none: kDataLoss, without the name of the file.
#ifndef UNECHO_SRC_STORE_MANIFEST_H_
#define UNECHO_SRC_STORE_MANIFEST_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/status.h"

namespace unecho {

struct IndexRun {
  std::string file;  // in the folder
  uint64_t bytes = 0, blocks = 0;
  std::string digest;                           // XXH3-128 of the heads of its blocks, one behind the other, in hex
  uint64_t sources = 0, records = 0, kept = 0;  // that it added; records are distinct ones, kept ones among them
  std::string finished;                         // 2026-05-06T07:08:09Z
  std::string command_line;
};

// What has to be the same in all runs, by name, as text: "threshold" -> "0.7".
using IndexParameters = std::vector<std::pair<std::string, std::string>>;

// Empty: there is none.
std::string ValueIn(const IndexParameters& parameters, std::string_view name);
// "--threshold 0.7", "no --key"
std::string ShownParameter(std::string_view name, std::string_view value);

struct Manifest {
  std::string made_by;  // the version of unecho that began it
  IndexParameters parameters;
  std::string known_answer;  // what the hashes of a certain text come to (flow/stored_index.h)
  std::vector<IndexRun> runs;
};

// Of runs in order, by which two indexes are known to have the same ones.
std::string DigestOfRuns(std::span<const IndexRun> runs);

std::string ManifestText(const Manifest& manifest);
[[nodiscard]] absl::StatusOr<Manifest> ParseManifest(std::string text);

}  // namespace unecho

#endif  // UNECHO_SRC_STORE_MANIFEST_H_
