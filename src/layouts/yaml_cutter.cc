// The serial half of yaml: the items of a list, or the members of a mapping, of a block of YAML -> spans of records.
//
// Only indentation is looked at: whatever belongs to an item, block scalars and quotations of several lines included,
// is indented deeper than the item begins. A record runs from the beginning of its first line, since its indentation
// says how it is to be read, to the end of its last line that is neither blank nor a comment. A value elsewhere is
// rejected as orphan_body if it is prose. Comments, markers of documents and all other keys are furniture.
//
// A line longer than max_record_bytes is known by its first bytes.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "layouts/engines.h"
#include "layouts/prose.h"
#include "layouts/span_cutter.h"
#include "layouts/yaml_place.h"
#include "text/scan.h"

namespace unecho {
namespace {

// The place is found in so many bytes.
constexpr uint64_t kMinFindYaml = 4096, kMaxFindYaml = uint64_t{64} << 10;
constexpr size_t kLongestYamlKey = 256, kMostYamlLevels = 64;

class YamlCutter final : public SpanCutter {
 public:
  YamlCutter(const LayoutOptions& options, const JsonProfile& names)
      : SpanCutter(options),
        find_bytes_(std::clamp<uint64_t>(max_record_bytes_, kMinFindYaml, kMaxFindYaml)),
        names_(names) {}

 protected:
  void Scan() override {
    if (!has_looked_) {
      if (!AtEnd() && End() - at_ < find_bytes_) return;
      const std::string_view first = Rest(at_).substr(0, find_bytes_);
      const bool is_all = first.size() < find_bytes_;
      place_ = FindYamlPlace(is_all ? first : first.substr(0, first.rfind('\n') + 1), is_all, names_);
      has_looked_ = true;
    }
    while (at_ < End() && TakeLine()) {
    }
  }

  // A record that the end of the source closes is as good as any other.
  void ScanEnd() override { CloseRecord(); }

 private:
  struct Level {
    size_t indent = 0;
    std::string key;  // "-": an item of another list
  };

  // False if more bytes are needed.
  bool TakeLine() {
    const uint64_t from = std::max(at_, searched_);
    const std::string_view rest = Rest(from);
    const size_t line_feed = rest.find('\n');
    const size_t found = std::min(rest.substr(0, line_feed).find('\r'), line_feed);
    const bool is_complete = found != rest.npos && (rest[found] != '\r' || found + 1 < rest.size() || AtEnd());
    const uint64_t end = found == rest.npos ? End() : from + found;
    searched_ = end;
    if (!is_complete && !AtEnd()) {
      if (!in_line_ && end - at_ <= max_record_bytes_) return false;
      if (!in_line_) BeginLine(View(at_, at_ + max_record_bytes_ + 1));
      in_line_ = true;
      content_end_ = end;
      if (PassesLimit(end)) SetTooLong();
      at_ = end;
      return false;
    }
    // Of a long line as much as would be seen if it arrived in pieces.
    if (!in_line_) BeginLine(View(at_, std::min(end, at_ + max_record_bytes_ + 1)));
    in_line_ = false;
    if (is_content_) content_end_ = end;
    if (PassesLimit(end)) SetTooLong();
    at_ = !is_complete ? end : end + (line_feed != rest.npos && from + line_feed == end + 1 ? 2 : 1);
    searched_ = at_;
    return true;
  }

  // at_ is where it begins.
  void BeginLine(std::string_view line) {
    const size_t indent = std::min(line.find_first_not_of(' '), line.size());
    const std::string_view text = line.substr(indent);
    is_content_ = !TrimBlanks(text).empty();
    if (!is_content_) return;
    if (IsOpen() && indent > column_) return;
    if (text[0] == '#') {
      is_content_ = false;
      return;
    }
    if (IsOpen()) CloseRecord();
    if (text[0] == '\t') return;
    if (indent == 0 && (text[0] == '%' || IsMarker(text))) return levels_.clear();
    const bool is_item = text[0] == '-' && (text.size() == 1 || text[1] == ' ' || text[1] == '\t');
    while (!levels_.empty() && (levels_.back().indent > indent ||
                                (levels_.back().indent == indent && (!is_item || levels_.back().key == "-")))) {
      levels_.pop_back();
    }
    if (place_ && is_item == place_->is_list && IsPlace()) {
      Open(at_);
      column_ = indent;
      return;
    }
    if (!is_item) return TakeKey(line, indent, indent);
    AddLevel(indent, "-");
    TakeKey(line, std::min(line.find_first_not_of(" \t", indent + 1), line.size()), indent);
  }

  // What stands at `begin`, in a line that is indented by `indent`: a key, perhaps with a value, or a value alone.
  void TakeKey(std::string_view line, size_t begin, size_t indent) {
    const std::string_view text = line.substr(begin);
    const std::string_view key = KeyOf(text);
    AddLevel(begin, key);
    const size_t colon = key.empty() ? 0 : text.find(':', static_cast<size_t>(key.data() - text.data()) + key.size());
    const size_t value = text.find_first_not_of(" \t", key.empty() ? 0 : colon + 1);
    // Behind an anchor, a tag, a comment or a bracket more may stand than a string.
    if (value == text.npos || std::string_view("&!#*[{").find(text[value]) != std::string_view::npos) return;
    Open(at_);
    is_outside_ = true;
    value_begin_ = at_ + begin + value;
    column_ = key.empty() ? indent : begin;
  }

  void AddLevel(size_t indent, std::string_view key) {
    if (!key.empty() && levels_.size() < kMostYamlLevels) levels_.push_back({indent, std::string(key)});
  }

  bool IsPlace() {
    if (levels_.size() != place_->depth) return false;
    path_.clear();
    for (const Level& level : levels_) path_.push_back(level.key);
    return place_->IsAt(path_);
  }

  static bool IsMarker(std::string_view text) { return text.starts_with("---") || text.starts_with("..."); }

  static std::string_view KeyOf(std::string_view text) {
    text = text.substr(0, kLongestYamlKey);
    for (size_t colon = text.find(':'); colon != text.npos; colon = text.find(':', colon + 1)) {
      if (colon + 1 < text.size() && text[colon + 1] != ' ' && text[colon + 1] != '\t') continue;
      std::string_view key = TrimBlanks(text.substr(0, colon));
      const bool is_quoted = key.size() > 1 && (key.front() == '"' || key.front() == '\'') && key.front() == key.back();
      return is_quoted ? key.substr(1, key.size() - 2) : key;
    }
    return {};
  }

  // What has left in pieces ends where the next begins; else blank lines and comments stay outside.
  void CloseRecord() {
    const uint64_t end = IsTooLong() ? at_ : content_end_;
    if (!is_outside_) return Close(end, SpanCut::kRecord);
    is_outside_ = false;
    if (IsTooLong() || IsProse(WithoutComment(View(value_begin_, end)))) return Close(end, SpanCut::kOrphan);
    Drop();
  }

  static std::string_view WithoutComment(std::string_view value) {
    const bool is_plain = std::string_view("\"'|>").find(value[0]) == std::string_view::npos;
    return is_plain ? value.substr(0, value.find(" #")) : value;
  }

  const uint64_t find_bytes_;
  const JsonProfile& names_;
  bool has_looked_ = false;
  std::optional<YamlPlace> place_;

  uint64_t searched_ = 0;  // no line end of the line at at_ lies in front of it
  bool in_line_ = false;   // some of a long line has been taken
  bool is_content_ = false;
  uint64_t content_end_ = 0;
  size_t column_ = 0;          // where the open record begins in its line
  bool is_outside_ = false;    // what is open is a value outside of records ...
  uint64_t value_begin_ = 0;   // ... which begins there
  std::vector<Level> levels_;  // the keys above at_, outside records
  std::vector<std::string_view> path_;
};

}  // namespace

std::unique_ptr<Cutter> MakeYamlCutter(const LayoutOptions& options, const Profile& profile) {
  return std::make_unique<YamlCutter>(options, profile.json);
}

}  // namespace unecho
