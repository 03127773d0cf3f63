// The texts of the records that a page shows, read from the sources and checked against the provenance.
//
// In:      what the page shows, and the inputs and options of the run.
// Out:     texts of records that are shown whole, up to kTextBytes; beginnings of the other removed ones, up to
//          kBeginningBytes; of rejected ones up to kRejectBytes as they were. A text is there only if the source has
//          the record at the place that the provenance gives, and, of records shown whole and their witnesses of up to
//          16 KiB each, if both have the similarity that it gives. Where one of a source has not, its beginnings are
//          left out, too. Of works the second line says who, when and where.
// Cost:    each source is read once, up to the last record that is shown. In memory are the texts, and up to 70 MB of
//          shingles where all that are shown whole are long.
// Threads: one caller.
// Failure: none but kCancelled: what cannot be shown is left out, and said.
#ifndef UNECHO_SRC_PAGE_SHOWN_TEXTS_H_
#define UNECHO_SRC_PAGE_SHOWN_TEXTS_H_

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "audit/read_again.h"
#include "base/status.h"
#include "oracle/plain_works.h"
#include "page/provenance.h"
#include "unecho/options.h"

namespace unecho {

inline constexpr size_t kBeginningBytes = 100, kRejectBytes = 200;

class ShownTexts {
 public:
  // `answer` outlives it.
  ShownTexts(std::vector<InputFile> inputs, const AnswerOptions& answer);

  absl::Status Read(const ProvenanceFacts& facts);

  // Empty: not to be had.
  std::string_view Of(const std::string& ref) const;
  // A record and its witness do not have the similarity that was said.
  bool IsUnlike(const std::string& ref) const { return unlike_.contains(ref); }
  // What --pii takes out of the corpus does not come back in the page.
  bool HidesRejected() const { return answer_.clean.pii == PiiMode::kMask || answer_.clean.pii == PiiMode::kDrop; }
  const std::vector<std::string>& warnings() const { return warnings_; }  // for people
  const std::vector<std::string>& notes() const { return notes_; }        // for the page alone

 private:
  enum class Extent : uint8_t { kWhole, kBeginning, kRaw };
  struct Wanted {
    std::string ref;
    const ClaimedRecord* claim;
    Extent extent;
  };
  struct Text {
    std::string text;
    std::optional<std::vector<uint64_t>> shingles;
    PlainWork work;  // --compare works
  };
  using WantedOfSource = std::map<uint64_t, Wanted>;  // by ordinal

  absl::Status ReadSource(const std::string& name, const WantedOfSource& by_ordinal);
  std::string TextOf(const Compared& record) const;
  void LookAtSimilarities(const ProvenanceFacts& facts);
  bool IsAsSimilar(const ShownRow& row) const;
  double SimilarityOf(std::span<const uint64_t> a, std::span<const uint64_t> b) const;

  const std::vector<InputFile> inputs_;
  const AnswerOptions& answer_;
  const SiblingLayouts siblings_;
  std::unordered_map<std::string, const InputFile*> by_name_;
  std::map<std::string, Text> texts_;
  std::set<std::string> unlike_;
  std::vector<std::string> warnings_, notes_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_PAGE_SHOWN_TEXTS_H_
