// What flows through unecho: records, and the batches that carry them.
//
// A Batch owns a run of decompressed bytes of one source and everything derived from them. Every view inside a batch
// borrows from the batch and dies at Clear(). Stages fill in their own part of the batch and change nothing else; the
// sections below are in the order of the flow.
//
// Threads: a batch is in the hands of one stage at a time.
// Cost:    buffers are kept from batch to batch: after the first few nothing is allocated. Failure: none.
#ifndef UNECHO_SRC_BASE_BATCH_H_
#define UNECHO_SRC_BASE_BATCH_H_

#include <sys/uio.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/grow.h"
#include "base/layout_traits.h"
#include "base/status.h"
#include "unecho/record.h"

namespace unecho {

class Layout;        // unecho/layouts.h
class SourceWidths;  // read/source_widths.h

struct Record {
  // --- layout (Segment): where it is and what it says ---------------------------------------------------------------
  uint64_t offset_bytes = 0;     // of its first byte, in the decompressed source
  uint64_t size_bytes = 0;       // of the span; furniture inside the span is counted as furniture, not as record
  uint64_t furniture_bytes = 0;  // page: furniture inside the span; counted as furniture whatever becomes of the record
  uint64_t left_out_bytes = 0;   // ByteClass::kLeftOut, if the record is not rejected
  std::string_view raw;          // the span as it was. For a fragment of a too long record: this piece of it
  // Match text, in order, as Batch::pieces[first_piece .. +num_pieces). A piece boundary is a newline: no token crosses
  // it. page: title, then the paragraphs of the body. lines, text: empty title, then the text. jsonl: the match fields.
  uint32_t first_piece = 0;
  uint32_t num_pieces = 0;
  uint32_t first_field = 0;  // LayoutOptions::list_fields: Batch::fields[first_field .. +num_fields)
  uint32_t num_fields = 0;
  std::string_view id;  // jsonl: value of --id-field as JSON text ("\"a1\"", "17"); empty if absent
  std::string_view
      order_value;             // jsonl: value of the FIELD of --keep as JSON text; page: by field name; empty if absent
  std::string_view snapshot;   // page: the snapshot date in force, empty if none
  std::string_view title;      // for the report's largest groups: may be empty; unescaped
  uint32_t line_in_batch = 0;  // 0-based line of its first byte, counted from the start of the batch
  uint32_t invalid_utf8 = 0;   // malformed sequences in the span
  Reason reason = Reason::kNone;
  bool has_mark = false;          // jsonl: a member "unecho", which an earlier run has put there
  bool begins_with_title = true;  // the first piece, if there is one, is the title and not text; not so in some jsonl
  // Hashes of the fields that are not compared and that tell one thing from another (layouts/asides.h); 0: it has none.
  uint64_t asides = 0;
  // A record longer than the limit passes as a run of fragments, in consecutive batches perhaps; it is counted, and
  // gets its ordinal, at the last. offset_bytes and size_bytes of each fragment are those of the record up to its end.
  bool is_first_fragment = true;
  bool is_last_fragment = true;

  // --- clean --------------------------------------------------------------------------------------------------------
  bool rewritten = false;     // a rule changed the pieces: they, not the raw bytes, are what is matched and written
  std::string_view language;  // with --languages: "en", ...; "und" if uncertain. Static text

  // --- repeated lines ----------------------------------------------------------------------------------------------
  uint32_t first_unit = 0;  // --dedup-lines and its kin: Batch::units[first_unit .. +num_units)
  uint32_t num_units = 0;

  // --- tokens -------------------------------------------------------------------------------------------------------
  // XXH3-128 of the 64-bit word hashes, and of the marks if there are any: equal iff the token sequences are, and what
  // else says what is the same.
  uint64_t key_low = 0, key_high = 0;
  uint64_t first_word = 0;     // Batch::words[first_word .. +num_words)
  uint32_t num_words = 0;      // tokens; with --match as many more as there are fields, unless under --exact-join
  uint64_t first_shingle = 0;  // --exact-join: Batch::shingles[first_shingle .. +num_shingles)
  uint32_t num_shingles = 0;
  uint8_t first_key = 0;         // --key: the first that the record has, from 1; 0: none
  uint64_t first_work_word = 0;  // --compare works: Batch::works[first_work_word .. +num_work_words)
  uint32_t num_work_words = 0;
  uint16_t said_fields = 0, given_fields = 0;  // --merge: that it has, and can give, by bit (works/fillable_fields.h)

  // --- exact --------------------------------------------------------------------------------------------------------
  uint64_t ordinal = 0;       // 1-based, in its source
  uint64_t line = 0;          // 1-based, in its source
  bool is_reference = false;  // of a reference text
  uint32_t unique = 0;        // number of its token sequence, in order of first appearance
  bool is_repeat = false;     // an earlier record has the same tokens, and the same marks
  bool is_foretold = false;   // --resume: a killed run has decided what becomes of it (flow/foretold.h)
  // --decided (options/decisions.h): the groups of its names, 0: none. Such a record is no repeat: it is compared by
  // itself, and `equals` is the number, from 1, of the tokens that it has in common with an earlier one; 0: none.
  std::array<uint32_t, 2> decided_groups{};
  uint32_t equals = 0;
  bool is_decided() const { return decided_groups[0] > 0 || decided_groups[1] > 0; }

  // --- sketch -------------------------------------------------------------------------------------------------------
  // --ignore-common: of the shingles that are left out it has none; some; nothing else, so that it keeps them.
  enum class Common : uint8_t { kNone, kSome, kAll };
  Common common = Common::kNone;
  uint32_t sketch_row = 0;  // row of Batch::sketches and Batch::band_keys; first appearances only

  // --- against: fate, witness, similarity and ngrams of a contaminated first appearance ----------------------------
  uint32_t ngrams = 0;  // contaminated: distinct runs of tokens shared with the witness

  // --- near ---------------------------------------------------------------------------------------------------------
  Fate fate = Fate::kRejected;
  uint32_t kept_id = 0;      // its own (kept) or its witness's number among the kept records
  uint8_t by_key = 0;        // exact, near: the first --key that its witness has, too, from 1; 0: none
  bool by_decision = false;  // exact, near: --decided says that it is its witness
  uint16_t agreeing = 0;     // near, with --compare works: what in it agrees with its witness, by bit (works/judge.h)
  // With a file that says so (match/groups.h): its number in its group, from 1, the group's kept record counted as the
  // others are; and the --id-field of its witness as JSON text. exact: the match text is the witness's, byte by byte.
  uint64_t text_hash = 0;  // of the match text; 0: nobody asks
  uint32_t member = 0;
  bool has_same_bytes = false;
  uint8_t other_asides = 0;  // exact: which bytes of `asides` are not those of its witness, by bit
  std::string_view witness_id;
  std::string_view written_fields;  // kept, with --review: write/review.h
  // kept, with --merge: what it says with the fields of its copies in it, as it is to be written; nothing: as it came.
  std::string_view filled;
  // near, with --match: in each field: Batch::similarities[first_similarity .. + number of fields)
  uint32_t first_similarity = 0;
  RecordRef witness;      // exact, near and contaminated
  double similarity = 0;  // the same: |A n B| / |A u B|; contaminated: 0 if below the threshold
};

// A malformed UTF-8 sequence (maximal subpart): where it is in the decompressed source.
struct BadUtf8 {
  uint64_t offset_bytes = 0;
  uint64_t line_in_batch = 0;
};

// A field of a record by its name: a member of an object, a column.
struct NamedField {
  std::string_view name, value;
  bool is_json = false;      // the value is written as JSON: a number, an object, a list, true; else it is text
  bool is_compared = false;  // it is part of the match text
  // BibTeX: the name of a macro that stands for something which the source does not say.
  bool is_unknown_macro = false;
  std::string_view tex{};  // BibTeX: what stands between the brackets, of which `value` is the text; else empty
};

// Furniture that reads like text (layouts/furniture_text.h); `begin` and `line` in the batch.
struct FurnitureText {
  uint64_t hash = 0;
  uint32_t begin = 0, size = 0, line = 0;
};

// A mark left by a layout's serial cutter for its parallel Segment(); `kind` means what that layout says.
struct Cut {
  uint32_t begin = 0, end = 0;  // bytes, from the start of the batch
  uint8_t kind = 0;
};

// A title, paragraph, line or sentence of a record's match text, for --dedup-lines and its kin (repeated_lines.h).
struct TextUnit {
  enum class Kind : uint8_t { kTitle, kParagraph, kLine, kSentence };
  Kind kind = Kind::kLine;
  bool has_tokens = false;
  bool is_removable = false;  // no title, and tokens enough
  bool is_covered = false;    // part of a paragraph or a line that is removed
  bool is_removed = false;
  bool is_last_of_paragraph = false;  // of a paragraph's lines
  uint32_t piece = 0;                 // in Batch::pieces
  uint32_t begin = 0, end = 0;        // in the piece, with its line end
  uint32_t gap_end = 0;  // paragraph, last line of one: behind the blank lines that follow; sentence: the blanks
  uint32_t line = 0;     // 1-based, in the pieces that are not empty, joined by a newline
  uint32_t num_lines = 1;
  uint32_t sentence = 0;               // of its line, from 1; 0: it is none
  uint64_t key_low = 0, key_high = 0;  // of its tokens
  RecordRef witness;                   // of a repeat: the record in which it came first ...
  uint32_t witness_line = 0;           // ... and the line there; 0: no repeat
};

// --merge: kept records that took a field from a copy; of each field (works/fillable_fields.h) how many values, and how
// many found no place in their source's format.
struct FillCounts {
  static constexpr size_t kMostFields = 16;
  uint64_t records = 0;
  std::array<uint64_t, kMostFields> filled{}, left_out{};
  void Add(const FillCounts& other) {
    records += other.records;
    for (size_t i = 0; i < kMostFields; ++i) filled[i] += other.filled[i], left_out[i] += other.left_out[i];
  }
};

// Records with a field of --key, --differ or --within in which stands nothing but what stands for no value.
struct PlaceholderCount {
  uint64_t records = 0;
  std::string first;  // of these values
};

// Bump allocator for text that a batch derives from its bytes. Views stay valid until Clear().
class TextArena {
 public:
  // At least `size` writable bytes; Commit() says how many of them were used.
  char* Reserve(size_t size);
  std::string_view Commit(size_t used);
  std::string_view Copy(std::string_view text);
  void Clear();
  uint64_t memory_bytes() const;
  // 64 readable bytes follow every view, for vector loads.
  static constexpr size_t kPaddingBytes = 64;

 private:
  struct Block {
    std::vector<char> bytes;
    size_t used = 0;
  };
  std::vector<Block> blocks_;
  size_t current_ = 0;
};

struct Batch {
  static constexpr size_t kPaddingBytes = 128;  // readable bytes behind `size`, for vector loads and simdjson

  // --- read ---------------------------------------------------------------------------------------------------------
  SourceId source{};
  const Layout* layout = nullptr;             // of the source
  std::shared_ptr<const Layout> held_layout;  // keeps it: one made for this source is dropped by a reader at the next
  uint64_t offset_bytes = 0;                  // of bytes[0], in the decompressed source
  std::vector<char> bytes;                    // capacity; [0, size) is content, and at least kPaddingBytes follow
  size_t size = 0;
  bool ends_source = false;  // the last batch of its source
  // Of a source that was converted to UTF-8 (utf8_reader.h): its widths, null if it was UTF-8; and where bytes[0], and
  // the fragment's record, begin in the source as it was.
  const SourceWidths* source_widths = nullptr;
  uint64_t source_offset_bytes = 0;
  uint64_t fragment_source_offset_bytes = 0;
  std::vector<Cut> cuts;               // left by the layout's cutter
  std::string snapshot;                // page, pattern: the snapshot date in force where the batch begins
  std::string context;                 // what else the cutter knows where the batch begins: csv: the header row...
  bool open_fragment = false;          // the batch begins inside a too long record ...
  uint64_t fragment_offset_bytes = 0;  // ... that began here

  // --- segment ------------------------------------------------------------------------------------------------------
  const LayoutTraits* traits = &kNoLayout;  // of the layout
  std::vector<Record> records;
  std::vector<std::string_view> pieces;
  // --match: the place of the match field that the piece is of, parallel to `pieces` up to the last that has one.
  std::vector<uint8_t> piece_fields;
  std::vector<NamedField> fields;  // of all records, in order
  TextArena arena;
  Ledger ledger;                               // bytes by class and invalid_utf8; Statistics counts the rest
  std::vector<BadUtf8> bad_utf8;               // the first kMaxBadUtf8 of this batch
  uint32_t num_lines = 0;                      // line ends in this batch
  uint64_t seen_names = 0;                     // of the fields that the options name: by NoteName()
  std::vector<FurnitureText> furniture_texts;  // in order
  std::string doubt;   // at the beginning of a source whose records may be others; said by report/source_check.h
  std::string misfit;  // what the options name and the source has not; said by layouts/layout_check.h
  static constexpr size_t kMaxBadUtf8 = 16;

  // --- clean --------------------------------------------------------------------------------------------------------
  RewriteCounts rewrites;

  // --- repeated lines ----------------------------------------------------------------------------------------------
  std::vector<TextUnit> units;  // of all records, in order

  // --- tokens -------------------------------------------------------------------------------------------------------
  // [0, num_words): low halves of the word hashes of all records, in order. With --match those of a record begin with
  // how many each field has (match/fields_apart.h).
  std::vector<uint32_t> words;
  size_t num_words = 0;

  std::vector<uint64_t> word_hashes;  // --against: the whole word hashes, parallel to `words`

  std::vector<uint64_t> shingles;  // --exact-join: sorted, distinct shingles of all records, in order

  std::vector<uint32_t> works;  // --compare works: of all records, in order (works/make_work.h)
  bool has_works = false;       // one of them says more than a title and a text

  // --key, --differ, --within (match/marks.h): a row a record; and which of the fields that they name are there, by
  // bit.
  std::vector<uint64_t> marks;
  uint32_t marks_width = 0;
  uint64_t fields_found = 0;
  std::vector<PlaceholderCount> placeholders;  // by the same bits

  // --- sketch -------------------------------------------------------------------------------------------------------
  uint32_t num_sketches = 0;
  std::vector<uint8_t> sketches;    // row-major, K bytes a row
  std::vector<uint64_t> band_keys;  // row-major, b keys a row

  // What near is to know of the records on disk (match/near.h): how many there were, and of each row the best match.
  struct OnDisk {
    double similarity = -1;  // -1: none
    uint32_t kept_id = 0;
    bool is_known = false;
  };
  uint32_t num_on_disk = 0;  // 0: nobody has looked
  std::vector<OnDisk> on_disk;

  // --- index (store/) -----------------------------------------------------------------------------------------------
  std::vector<uint32_t> stored_sources;   // of records that came out of an index: their sources there, by record
  std::vector<std::string> index_blocks;  // full ones, that go into it

  // --- near ---------------------------------------------------------------------------------------------------------
  std::vector<double> similarities;  // --match: of all records that are near, in order

  // --- output -------------------------------------------------------------------------------------------------------
  std::string corpus;                // formatted corpus records
  std::vector<iovec> corpus_ranges;  // what goes to the corpus: byte ranges of this batch and of `corpus`, in order
  std::string provenance;
  std::string rejects;
  std::string removed;
  FillCounts fills;

  absl::Status status;  // the first error in this batch; the ordered sink reports the first of the run

  // Whether the record says anything but its title.
  bool HasText(const Record& r) const;
  std::string_view content() const { return {bytes.data(), size}; }
  std::span<const std::string_view> PiecesOf(const Record& r) const {
    return {pieces.data() + r.first_piece, r.num_pieces};
  }
  std::span<const NamedField> FieldsOf(const Record& r) const { return {fields.data() + r.first_field, r.num_fields}; }
  // With --match: those of one match field that are not empty. `out` is cleared first.
  void PiecesOfField(const Record& r, size_t field, std::vector<std::string_view>& out) const;
  void SetFieldOfLastPiece(size_t field) {
    piece_fields.resize(pieces.size());
    piece_fields.back() = static_cast<uint8_t>(field);
  }
  size_t FieldOfPiece(size_t piece) const { return piece < piece_fields.size() ? piece_fields[piece] : 0; }
  std::span<const TextUnit> UnitsOf(const Record& r) const { return {units.data() + r.first_unit, r.num_units}; }
  std::span<const uint32_t> WordsOf(const Record& r) const { return {words.data() + r.first_word, r.num_words}; }
  std::span<const uint32_t> WorkOf(const Record& r) const {
    return {works.data() + r.first_work_word, r.num_work_words};
  }
  std::span<const uint64_t> WordHashesOf(const Record& r) const {
    return {word_hashes.data() + r.first_word, r.num_words};
  }
  // Some record has a field that an option names: --match-fields by its place there, --id-field, the FIELD of --keep.
  static constexpr size_t kIdName = 62, kOrderName = 63;
  void NoteName(size_t name) {
    if (name < kIdName) seen_names |= uint64_t{1} << name;  // of more names none is looked for
  }
  std::span<const uint64_t> MarksOf(const Record& r) const {
    return {marks.data() + static_cast<size_t>(&r - records.data()) * marks_width, marks_width};
  }
  // Room for `count` more words, at words[num_words before the call].
  uint32_t* AddWords(size_t count) {
    const size_t first = num_words;
    num_words += count;
    GrowTo(words, num_words);
    return words.data() + first;
  }
  void Clear();                   // keeps capacity
  uint64_t memory_bytes() const;  // of all its buffers
};

// What batches come from.
class BatchSource {
 public:
  virtual ~BatchSource() = default;
  // Fills a cleared batch; false at the end. One caller.
  virtual absl::StatusOr<bool> Fill(Batch& batch) = 0;
  // How much the batches from now on shall have, if what comes lets it choose. The same caller.
  virtual void SetBatchBytes(size_t /*bytes*/) {}
  // What messages call the source of a batch; empty where it is of none.
  virtual std::string NameOf(const Batch& /*batch*/) const { return {}; }
};

// Counts the bytes of a record that its layout accepts.
void CountAccepted(Batch& batch, const Record& record);
// Rejects a record that its layout has accepted: fate, reason, and its bytes from `record` to `rejected`.
void RejectRecord(Batch& batch, Record& record, Reason reason);

}  // namespace unecho

#endif  // UNECHO_SRC_BASE_BATCH_H_
