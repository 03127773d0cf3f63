// The stage `format`: a decided batch -> the bytes of corpus, provenance and rejects, in the batch's own buffers.
//
// Threads: const; parallel.
// Failure: none.
#ifndef UNECHO_SRC_WRITE_FORMAT_H_
#define UNECHO_SRC_WRITE_FORMAT_H_

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/batch.h"
#include "match/record_tokens.h"
#include "text/source_names.h"
#include "unecho/options.h"
#include "write/taken_values.h"

namespace unecho {

class Format {
 public:
  // The records removed for a kept record, in input order, for --annotate: their references, and their ids as JSON
  // text, if there is an --id-field.
  struct CopiesOf {
    std::vector<std::string> refs, ids;
  };
  using Copies = std::function<CopiesOf(uint32_t kept_id)>;

  // `sources` outlives the stage. `copies` is empty without --annotate. `merged` is null without --merge, and outlives
  // it, too.
  Format(const PipelineOptions& options, const SourceNames& sources, Copies copies = {},
         const TakenValues* merged = nullptr);
  void operator()(Batch& batch) const;

 private:
  bool IsWrittenAsLines(const LayoutTraits& traits) const;
  std::string Fill(Batch& batch, Record& record, std::optional<Record>& shown) const;
  bool MasksMembers(const LayoutTraits& traits) const { return hides_pii_ && traits.pieces_are_fields; }
  std::string LineWithoutPii(const Batch& batch, const Record& record) const;
  void AppendKept(Batch& batch, const Record& record) const;
  void AppendMarked(const Batch& batch, const Record& record, std::string& out) const;
  std::string IdOf(const Batch& batch, const Record& record) const;
  void AppendObject(const Batch& batch, const Record& record, std::string_view id, std::string_view ref,
                    std::string_view annotation, std::string& out) const;

  const SourceNames& sources_;
  std::optional<SourceNames> places_;  // what a compact provenance calls them
  LayoutOptions layout_options_;
  TokenRules rules_;
  Copies copies_;
  const TakenValues* merged_;
  std::vector<std::string> keys_;          // what the provenance calls them
  std::vector<std::string> match_fields_;  // that are compared apart: the same
  bool objects_for_lines_;  // `segment` turns the layout `lines` into objects, so that `dedup` can read them
  bool hides_pii_;          // objects have no fields then, and lines no personal data in any of their members
  bool as_input_;
  bool write_corpus_;
  bool write_provenance_;
  bool write_rejects_;
  bool write_removed_;
  bool marks_;  // --mark: removed records are written, too, and each says what became of it
};

}  // namespace unecho

#endif  // UNECHO_SRC_WRITE_FORMAT_H_
