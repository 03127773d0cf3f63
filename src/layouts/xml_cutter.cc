// The serial half of xml: elements of the profile's names -> spans of records.
//
// Only tags of record elements count; of everything else it is enough to know where it ends: comments, CDATA sections,
// processing instructions, a document type with its internal subset. Inside a record, elements of the same name nest.
//
// A missing end tag must not swallow the file. If a record has not ended when it is max_record_bytes long, or when the
// source ends, but others of its name have begun inside it, then those are records, and what is in front of the first
// of them is malformed. A comment (and so on) that goes on for longer than max_record_bytes is none: its first byte is
// text.
//
// The root element is no record, whatever its name, if the first thing in it is a record.
#include <array>

#include "layouts/engines.h"
#include "layouts/span_cutter.h"
#include "layouts/xml_entities.h"
#include "text/characters.h"

namespace unecho {
namespace {

enum class Token : uint8_t { kOther, kStart, kEmpty, kEnd, kIncomplete };

bool EndsName(char c) { return c == '>' || c == '/' || c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '<'; }
bool BeginsName(char c) { return IsAlpha(c) || c == '_' || (c & '\x80') != 0; }

class XmlCutter final : public SpanCutter {
 public:
  XmlCutter(const LayoutOptions& options, const XmlProfile& profile)
      : SpanCutter(options),
        is_innermost_(profile.innermost),
        names_(options.record.empty() ? profile.record : std::vector{options.record}) {
    is_context_fixed_ = true;
    for (const std::string& name : names_) {
      const std::string_view local = std::string_view(name).substr(name.rfind(':') + 1);
      if (local.empty()) continue;
      records_.push_back(local);
      first_bytes_[static_cast<unsigned char>(local[0])] = true;
    }
  }

 protected:
  void Scan() override {
    while (at_ < End()) {
      const std::string_view rest = Rest(at_);
      const size_t found = rest.find('<');
      if (found == rest.npos) {
        if (!has_text_) has_text_ = rest.find_first_not_of(" \t\r\n") != rest.npos;
        at_ = End();
        break;
      }
      if (found > 0 && !has_text_) has_text_ = rest.substr(0, found).find_first_not_of(" \t\r\n") != rest.npos;
      at_ += found;
      uint64_t end = 0;
      std::string_view name;
      const Token token = ReadToken(end, name);
      // Where another one begins this one may end: only what is in front of the tag counts, and a tag that has begun is
      // waited for.
      if (token == Token::kIncomplete && !PassesLimit(at_)) return;
      const bool may_end_here =
          token == Token::kIncomplete || (token == Token::kStart && !name.empty() && name == name_);
      if (PassesLimit(may_end_here ? at_ : end)) {
        TakeTooLong();
        continue;
      }
      Take(token, name, end);
      at_ = end;
    }
    if (PassesLimit(End())) TakeTooLong();
  }

  void ScanEnd() override {
    if (!IsTooLong()) BreakUp();
    if (IsOpen()) Close(End(), SpanCut::kMalformed);
  }

 private:
  struct Element {
    uint64_t begin = 0;
    uint64_t end = 0;  // 0: it has not ended
  };

  // --- tokens ------------------------------------------------------------------------------------------------------

  // What begins with the '<' at at_, and where it ends. kOther: nothing of interest, up to `end`.
  Token ReadToken(uint64_t& end, std::string_view& name) {
    const std::string_view rest = Rest(at_);
    end = at_ + 1;
    if (rest.size() < 2) return Incomplete();
    if (rest[1] == '?') return Skip(Terminator::kInstruction, 2, end);
    if (rest[1] == '!') return ReadMarkup(rest, end);
    const bool is_end = rest[1] == '/';
    const size_t begin = is_end ? 2 : 1;
    if (rest.size() == begin) return Incomplete();
    if (!BeginsName(rest[begin])) return Token::kOther;
    size_t local = begin, size = begin;
    constexpr size_t kLongestName = 256;
    for (; size < rest.size() && size < kLongestName && !EndsName(rest[size]); ++size) {
      if (rest[size] == ':') local = size + 1;
    }
    if (size == kLongestName) return Token::kOther;
    if (size == rest.size()) return Incomplete();
    end = at_ + size;
    name = rest.substr(local, size - local);
    if (name.empty() || !first_bytes_[static_cast<unsigned char>(name[0])] || !IsRecord(name)) {
      name = {};
      return is_end ? Token::kOther : Token::kStart;
    }
    // A tag of a record: does it close itself? A '>' in an attribute does not end it; a '<', which may not be there,
    // does.
    char quote = 0;
    size_t i = size;
    if (open_tag_.begin == at_ && open_tag_.seen > size) i = open_tag_.seen, quote = open_tag_.quote;
    for (; i < rest.size() && i <= max_record_bytes_; ++i) {
      const char c = rest[i];
      if (c == '<') {
        end = at_ + i;
        return is_end ? Token::kEnd : Token::kStart;
      }
      if (quote != 0) {
        if (c == quote) quote = 0;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '>') {
        end = at_ + i + 1;
        if (is_end) return Token::kEnd;
        return rest[i - 1] == '/' ? Token::kEmpty : Token::kStart;
      }
    }
    name = {};
    if (rest.size() > max_record_bytes_) return Token::kOther;
    open_tag_ = {at_, i, quote};
    return Incomplete();
  }

  Token Incomplete() const { return AtEnd() ? Token::kOther : Token::kIncomplete; }

  // "<!": a comment, a CDATA section, a document type; else text.
  Token ReadMarkup(std::string_view rest, uint64_t& end) {
    for (const auto& [opening, terminator] : kOpenings) {
      if (rest.starts_with(opening)) {
        if (terminator == Terminator::kDocumentType) {
          const bool is_first = !has_document_type_ && num_elements_ == 0;
          return is_first ? SkipDocumentType(rest, end) : Token::kOther;
        }
        return Skip(terminator, opening.size(), end);
      }
      if (opening.starts_with(rest)) return Incomplete();
    }
    return Token::kOther;
  }

  enum class Terminator : uint8_t { kInstruction, kComment, kCdata, kDocumentType };
  static constexpr std::array<std::string_view, 3> kTerminators = {"?>", "-->", "]]>"};
  static constexpr std::array<std::pair<std::string_view, Terminator>, 4> kOpenings = {
      {{"<!--", Terminator::kComment},
       {"<![CDATA[", Terminator::kCdata},
       {"<!DOCTYPE", Terminator::kDocumentType},
       {"<!doctype", Terminator::kDocumentType}}};

  // Up to behind the terminator, if there is one within max_record_bytes, of the open record if there is one: where
  // that is known to be too long, it is known what was in it. What has been searched is not searched again.
  Token Skip(Terminator terminator, size_t opening_bytes, uint64_t& end) {
    const std::string_view text = kTerminators[static_cast<size_t>(terminator)];
    uint64_t& searched = searched_[static_cast<size_t>(terminator)];
    const uint64_t limit = (IsOpen() && !IsTooLong() ? open_ : at_) + max_record_bytes_;
    const uint64_t from = std::max(at_ + opening_bytes, searched);
    const uint64_t stop = std::min(End(), limit);
    const size_t found = from < stop ? View(from, stop).find(text) : text.npos;
    if (found != text.npos) {
      searched = from + found;
      end = from + found + text.size();
      return Token::kOther;
    }
    if (stop >= from + text.size()) searched = stop - text.size() + 1;
    if (End() < limit && !AtEnd()) return Token::kIncomplete;
    end = at_ + opening_bytes;
    return Token::kOther;
  }

  // What it declares is for the other half (xml_entities.h).
  Token SkipDocumentType(std::string_view rest, uint64_t& end) {
    rest = rest.substr(0, static_cast<size_t>(std::min<uint64_t>(rest.size(), max_record_bytes_)));
    int brackets = 0;
    for (size_t i = 2; i < rest.size(); ++i) {
      const char c = rest[i];
      size_t skip = 0;
      if (c == '"' || c == '\'')
        skip = rest.find(c, i + 1);
      else if (rest.substr(i).starts_with("<!--"))
        skip = rest.find("-->", i + 4);
      else if (rest.substr(i).starts_with("<?"))
        skip = rest.find("?>", i + 2);
      else if (c == '[')
        ++brackets;
      else if (c == ']')
        --brackets;
      else if (c == '>' && brackets <= 0) {
        has_document_type_ = true;
        context_ = XmlEntities::OfDocumentType(rest.substr(0, i + 1)).Context();
        end = at_ + i + 1;
        return Token::kOther;
      }
      if (skip == rest.npos) break;
      i = std::max(i, skip);
    }
    if (rest.size() < max_record_bytes_ && !AtEnd()) return Token::kIncomplete;
    has_document_type_ = true;
    end = at_ + 2;
    return Token::kOther;
  }

  bool IsRecord(std::string_view name) const {
    for (const std::string_view each : records_) {
      if (each == name) return true;
    }
    return false;
  }

  // --- records -----------------------------------------------------------------------------------------------------

  // `name` is empty for any other element.
  void Take(Token token, std::string_view name, uint64_t end) {
    const bool is_first_in_root = num_elements_ == 1 && !has_text_;
    if (token == Token::kStart || token == Token::kEmpty) ++num_elements_;
    if (name.empty()) return;
    const bool is_folder = is_innermost_ && !IsTooLong();
    if (IsOpen() && (is_first_in_root || is_folder) && (token == Token::kStart || token == Token::kEmpty)) {
      open_ = kNone;
      elements_.clear();
      num_open_ = 0;
    }
    if (IsOpen() && name != name_) return;
    switch (token) {
      case Token::kStart:
        if (IsTooLong()) Close(at_, SpanCut::kRecord);
        if (!IsOpen()) Begin(name);
        elements_.push_back({at_, 0});
        ++num_open_;
        if (num_elements_ == 1) has_text_ = false;
        break;
      case Token::kEmpty:
        if (!IsOpen()) Add(at_, end, SpanCut::kRecord);
        break;
      case Token::kEnd:
        if (!IsOpen()) break;
        if (IsTooLong()) num_open_ = 1;
        if (--num_open_ == 0) {
          Close(end, SpanCut::kRecord);
          break;
        }
        while (elements_.back().end != 0) elements_.pop_back();  // inside the one that ends here
        elements_.back().end = end;
        break;
      default: break;
    }
  }

  void Begin(std::string_view name) {
    Open(at_);
    name_ = name;
    elements_.clear();
    num_open_ = 0;
  }

  void TakeTooLong() {
    if (elements_.size() == 1)
      SetTooLong();
    else
      BreakUp();
  }

  // The open record has no end tag: those inside it are records. The last one stays open if it is.
  void BreakUp() {
    for (size_t i = 0; i < elements_.size(); ++i) {
      open_ = elements_[i].begin;
      if (elements_[i].end != 0) {
        Close(elements_[i].end, SpanCut::kRecord);
      } else if (i + 1 < elements_.size()) {
        Close(elements_[i + 1].begin, SpanCut::kMalformed);
      }
    }
    if (!IsOpen()) return elements_.clear();
    elements_.erase(elements_.begin(), elements_.end() - 1);
    num_open_ = 1;
  }

  const bool is_innermost_;
  const std::vector<std::string> names_;
  std::vector<std::string_view> records_;  // of them, without prefixes
  std::array<bool, 256> first_bytes_{};
  std::array<uint64_t, 3> searched_{};  // by Terminator: none begins between at_ and here
  // The tag of a record that was incomplete: where it begins, how many bytes of it were looked at, and in which quote.
  struct {
    uint64_t begin = kNone;
    size_t seen = 0;
    char quote = 0;
  } open_tag_;
  bool has_document_type_ = false;
  size_t num_elements_ = 0;
  bool has_text_ = false;  // behind the first element

  // The open record: itself, and the elements of its name inside it that are not inside one that has ended.
  std::string name_;
  std::vector<Element> elements_;
  size_t num_open_ = 0;
};

}  // namespace

std::unique_ptr<Cutter> MakeXmlCutter(const LayoutOptions& options, const Profile& profile) {
  return std::make_unique<XmlCutter>(options, profile.xml);
}

}  // namespace unecho
