#include "clean/cleaner.h"

#include <algorithm>

#include "base/batch.h"
#include "clean/language.h"
#include "clean/pii.h"
#include "clean/quality.h"
#include "clean/repair.h"
#include "text/json.h"

namespace unecho {
namespace {

using clean::C4Lines;
using clean::PiiPlace;
using clean::Repetition;
using clean::Shape;

// What a thread keeps from record to record.
struct Scratch {
  std::string joined, repaired, other;
  std::vector<size_t> piece_ends;  // in `joined`
  Shape shape;
  Repetition repetition;
  C4Lines c4;
  std::string kept_lines;
  std::vector<PiiPlace> places;
};
Scratch& ThreadScratch() {
  thread_local Scratch scratch;
  return scratch;
}

constexpr std::string_view kParagraphGap = "\n\n";
constexpr size_t kPadding = TextArena::kPaddingBytes;

void AppendUnixLines(std::string_view text, std::string& out) {
  for (size_t at = 0; (at = text.find('\r')) != text.npos;) {
    out += text.substr(0, at);
    out += '\n';
    text.remove_prefix(at + 1 < text.size() && text[at + 1] == '\n' ? at + 2 : at + 1);
  }
  out += text;
}

// The body as one text, with line feeds alone; `scratch.piece_ends` says where its pieces end.
std::string_view JoinBody(std::span<const std::string_view> body, Scratch& scratch) {
  scratch.piece_ends.clear();
  if (body.size() == 1 && body[0].find('\r') == body[0].npos) {
    scratch.piece_ends.push_back(body[0].size());
    return body[0];
  }
  scratch.joined.clear();
  for (size_t i = 0; i < body.size(); ++i) {
    if (i > 0) scratch.joined += kParagraphGap;
    AppendUnixLines(body[i], scratch.joined);
    scratch.piece_ends.push_back(scratch.joined.size());
  }
  const size_t size = scratch.joined.size();
  scratch.joined.append(kPadding, '\0');
  return std::string_view(scratch.joined).substr(0, size);
}

// Stops at the first rule that rejects.
class FirstReason {
 public:
  explicit FirstReason(const CleanOptions& options) : options_(options) {}
  bool Reject(Reason reason, double /*value*/, double /*limit*/, bool fails) {
    if (!fails || options_.off[static_cast<size_t>(reason)]) return false;
    reason_ = reason;
    return true;
  }
  void Rewrote(Rewrite, uint64_t) {}
  Reason reason() const { return reason_; }

 private:
  const CleanOptions& options_;
  Reason reason_ = Reason::kNone;
};

// Asks all of them.
class Outcomes {
 public:
  Outcomes(const CleanOptions& options, std::vector<RuleOutcome>& out) : options_(options), out_(out) {}
  bool Reject(Reason reason, double value, double limit, bool fails) {
    if (options_.off[static_cast<size_t>(reason)]) return false;
    out_.push_back({std::string(Name(reason)), value, limit, fails, {}});
    return false;
  }
  void Rewrote(Rewrite rewrite, uint64_t places) {
    out_.push_back({std::string(Name(rewrite)), static_cast<double>(places), 0, false, {}});
  }

 private:
  const CleanOptions& options_;
  std::vector<RuleOutcome>& out_;
};

// Puts what C4 leaves of each line into the pieces again.
void KeepLines(std::span<std::string_view> body, const Scratch& scratch, TextArena& arena) {
  const std::span<const clean::Line> lines = scratch.shape.lines();
  size_t at = 0;
  std::string text;
  for (size_t i = 0; i < body.size(); ++i) {
    text.clear();
    for (; at < lines.size() && lines[at].begin <= scratch.piece_ends[i]; ++at) {
      const std::string_view line = scratch.c4.lines[at];
      if (line.data() == nullptr) continue;
      if (!text.empty()) text += '\n';
      text += line;
    }
    body[i] = arena.Copy(text);
  }
}

std::string_view JoinKeptLines(Scratch& scratch) {
  std::string& text = scratch.kept_lines;
  text.clear();
  for (const std::string_view line : scratch.c4.lines) {
    if (line.data() == nullptr) continue;
    if (!text.empty()) text += '\n';
    text += clean::Strip(line);
  }
  const size_t size = text.size();
  text.append(kPadding, '\0');
  return std::string_view(text).substr(0, size);
}

void DropEmptyPieces(Cleaner::Text& text) {
  const std::span<std::string_view> body = text.pieces.subspan(text.num_title_pieces);
  const auto end = std::remove_if(body.begin(), body.end(), [](std::string_view piece) { return piece.empty(); });
  text.pieces = text.pieces.first(text.num_title_pieces + static_cast<size_t>(end - body.begin()));
}

}  // namespace

Cleaner::Cleaner(const CleanOptions& options)
    : options_(options),
      idle_(!options.any()),
      repairs_(std::ranges::find(options.repair, true) != options.repair.end()) {
  for (std::string word : options.gopher.stop_words) {
    const size_t size = word.size();
    word.append(kPadding, '\0');
    stop_words_.push_back(clean::HashBytes(std::string_view(word).substr(0, size)));
  }
}

// Gives whether anything was rewritten.
template <typename Sink>
bool Cleaner::Repair(Text& text, TextArena& arena, RewriteCounts& counts, Sink& sink) const {
  Scratch& scratch = ThreadScratch();
  std::array<uint64_t, kNumRepairs> places{};
  for (std::string_view& piece : text.pieces) {
    if (!IsValidUtf8(piece)) {  // each malformed sequence becomes U+FFFD, as it would where the piece is written
      scratch.repaired.clear();
      AppendRepairedUtf8(piece, scratch.repaired);
      piece = arena.Copy(scratch.repaired);
    }
    for (size_t i = 0; i < kNumRepairs; ++i) {
      if (!options_.repair[i]) continue;
      const uint64_t found = clean::Repair(static_cast<Rewrite>(i), piece, scratch.repaired);
      if (found == 0) continue;
      places[i] += found;
      piece = arena.Copy(scratch.repaired);
    }
  }
  uint64_t all = 0;
  for (size_t i = 0; i < kNumRepairs; ++i) {
    const auto rule = static_cast<Rewrite>(i);
    if (options_.repair[i]) sink.Rewrote(rule, places[i]);
    counts.Count(rule, places[i]);
    all += places[i];
  }
  return all > 0;
}

template <typename Sink>
bool Cleaner::AskLanguage(const Text& text, Verdict& verdict, Sink& sink) const {
  std::string_view whole = text.pieces.empty() ? std::string_view() : text.pieces[0];
  if (text.pieces.size() > 1) {
    std::string& joined = ThreadScratch().other;
    joined.clear();
    for (const std::string_view piece : text.pieces) (joined += piece) += '\n';
    whole = joined;
  }
  verdict.language = clean::DetectLanguage(whole, options_.language.min_bytes);
  const bool wanted = std::ranges::find(options_.languages, verdict.language) != options_.languages.end();
  const bool excused = verdict.language == clean::kUncertain && !options_.language.reject_uncertain;
  return sink.Reject(Reason::kLanguage, wanted, 1, !wanted && !excused);
}

template <typename Sink>
bool Cleaner::AskQuality(Text& text, TextArena& arena, RewriteCounts& counts, Verdict& verdict, Sink& sink) const {
  Scratch& scratch = ThreadScratch();
  const bool title_only = text.pieces.size() == text.num_title_pieces;
  const std::span<std::string_view> body = title_only ? text.pieces : text.pieces.subspan(text.num_title_pieces);
  scratch.shape.Read(JoinBody(body, scratch));
  if (options_.gopher_on && clean::AskGopher(scratch.shape, options_.gopher, stop_words_, scratch.repetition, sink))
    return true;
  if (options_.c4_on) {
    const auto asked = [&](Reason reason) { return !options_.off[static_cast<size_t>(reason)]; };
    clean::ReadC4Lines(scratch.shape, options_.c4, asked(Reason::kC4LoremIpsum), asked(Reason::kC4CurlyBracket),
                       scratch.c4);
    if (clean::AskC4(scratch.shape, scratch.c4, options_.c4, sink)) return true;
    // A sink that wants to hear of all rules goes on here; the text of a record that is rejected stays.
    FirstReason verdict_of_c4(options_);
    const bool all_lines_stay = title_only || clean::AskC4(scratch.shape, scratch.c4, options_.c4, verdict_of_c4);
    const uint64_t dropped = all_lines_stay ? 0 : scratch.c4.spans;
    sink.Rewrote(Rewrite::kC4Lines, dropped);
    if (dropped > 0) {
      counts.Count(Rewrite::kC4Lines, dropped);
      KeepLines(body, scratch, arena);
      verdict.rewritten = true;
    }
    // What c4 has left, whether or not that is written: without blank lines and blanks around the others.
    if (options_.fineweb_on && !all_lines_stay) scratch.shape.Read(JoinKeptLines(scratch));
    if (dropped > 0 && !text.keep_empty) DropEmptyPieces(text);
  }
  return options_.fineweb_on && clean::AskFineweb(scratch.shape, options_.fineweb, sink);
}

template <typename Sink>
bool Cleaner::AskPii(Text& text, TextArena& arena, RewriteCounts& counts, Verdict& verdict, Sink& sink) const {
  Scratch& scratch = ThreadScratch();
  const auto reason_of = [](size_t kind) { return static_cast<Reason>(static_cast<size_t>(Reason::kPiiEmail) + kind); };
  const auto rewrite_of = [](size_t kind) {
    return static_cast<Rewrite>(static_cast<size_t>(Rewrite::kPiiEmail) + kind);
  };
  std::array<uint64_t, clean::kNumPii> found{};
  for (std::string_view& piece : text.pieces) {
    clean::FindPii(piece, scratch.places);
    std::erase_if(scratch.places, [&](const PiiPlace& place) {
      return options_.off[static_cast<size_t>(reason_of(static_cast<size_t>(place.kind)))];
    });
    if (scratch.places.empty()) continue;
    for (const PiiPlace& place : scratch.places) ++found[static_cast<size_t>(place.kind)];
    if (options_.pii != PiiMode::kMask) continue;
    scratch.repaired.clear();
    clean::MaskPii(piece, scratch.places, scratch.repaired);
    piece = arena.Copy(scratch.repaired);
    verdict.rewritten = true;
  }
  for (size_t kind = 0; kind < clean::kNumPii; ++kind) counts.Count(rewrite_of(kind), found[kind]);
  for (size_t kind = 0; kind < clean::kNumPii; ++kind) {
    if (options_.pii != PiiMode::kDrop)
      sink.Rewrote(rewrite_of(kind), found[kind]);
    else if (sink.Reject(reason_of(kind), static_cast<double>(found[kind]), 0, found[kind] > 0))
      return true;
  }
  return false;
}

template <typename Sink>
void Cleaner::Walk(Text& text, TextArena& arena, RewriteCounts& counts, Verdict& verdict, Sink& sink) const {
  if (repairs_) verdict.rewritten = Repair(text, arena, counts, sink);
  if (!options_.languages.empty() && AskLanguage(text, verdict, sink)) return;
  const bool quality = options_.gopher_on || options_.c4_on || options_.fineweb_on;
  if (quality && AskQuality(text, arena, counts, verdict, sink)) return;
  if (options_.pii != PiiMode::kOff) AskPii(text, arena, counts, verdict, sink);
}

Cleaner::Verdict Cleaner::Clean(Text& text, TextArena& arena, RewriteCounts& counts) const {
  Verdict verdict;
  FirstReason sink(options_);
  Walk(text, arena, counts, verdict, sink);
  verdict.reason = sink.reason();
  return verdict;
}

std::vector<RuleOutcome> Cleaner::Explain(Text& text, TextArena& arena) const {
  std::vector<RuleOutcome> outcomes;
  Outcomes sink(options_, outcomes);
  RewriteCounts counts;
  Verdict verdict;
  Walk(text, arena, counts, verdict, sink);
  for (RuleOutcome& outcome : outcomes) {
    if (outcome.rule == Name(Reason::kLanguage)) outcome.note = verdict.language;
  }
  return outcomes;
}

void Cleaner::operator()(Batch& batch) const {
  if (idle_) return;
  for (Record& record : batch.records) {
    if (record.reason != Reason::kNone) continue;
    Text text;
    text.pieces = {batch.pieces.data() + record.first_piece, record.num_pieces};
    text.num_title_pieces = record.num_pieces > 0 && record.begins_with_title ? 1 : 0;
    text.keep_empty = batch.traits->pieces_are_fields || !batch.piece_fields.empty();
    const Verdict verdict = Clean(text, batch.arena, batch.rewrites);
    record.num_pieces = static_cast<uint32_t>(text.pieces.size());
    record.language = verdict.language;
    record.rewritten = verdict.rewritten;
    // What the report calls the record: nothing that was masked comes back there.
    if (verdict.rewritten && record.num_pieces > 0 && !record.title.empty()) {
      const auto pieces = batch.PiecesOf(record);
      record.title = pieces[0].empty() ? pieces.back() : pieces[0];
    }
    if (verdict.reason != Reason::kNone) RejectRecord(batch, record, verdict.reason);
  }
}

}  // namespace unecho
