#include "layouts/yaml_place.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "layouts/field_names.h"
#include "layouts/prose.h"
#include "layouts/yaml_events.h"
#include "layouts/yaml_quotes.h"
#include "text/json.h"

namespace unecho {
namespace {

constexpr size_t kMostDepth = 2;  // keys above the records
constexpr size_t kMostPlaceLevels = 64;
const std::string kItem = "-";  // in a path: any item of a list

// A list or mapping that is not over.
struct YamlLevel {
  bool is_list = false;
  bool is_in_list = false;  // reached by way of a list
  size_t depth = 0;
  bool key_is_due = true;
  std::string key = {}, first_key = {};
  size_t num_keys = 0;
  bool has_title = false, has_body = false;
  bool has_prose = false;  // in a text of its own
};

// The lists, or the mappings, of one depth.
struct ItemGroup {
  size_t items = 0, titled = 0, whole = 0, of_several_keys = 0, like_the_first = 0, others = 0;
  std::string first_key;
  std::set<std::vector<std::string>> paths;
};

bool IsNumber(std::string_view value) { return value.find_first_not_of("0123456789.-+~ ") == value.npos; }

class YamlPlaceFinder {
 public:
  explicit YamlPlaceFinder(const JsonProfile& names) : names_(names) {}

  // False if the text is no YAML, or of several documents that are no lists: each of these is a text of its own.
  bool Read(std::string_view text, bool is_all) {
    YamlEvents events(text);
    size_t documents = 0, num_lists = 0;
    while (const yaml_event_t* const event = events.Next()) {
      switch (event->type) {
        case YAML_DOCUMENT_START_EVENT: ++documents; break;
        case YAML_SEQUENCE_START_EVENT:
          num_lists += levels_.empty();
          Enter(true);
          break;
        case YAML_MAPPING_START_EVENT: Enter(false); break;
        case YAML_SEQUENCE_END_EVENT:
        case YAML_MAPPING_END_EVENT: Leave(); break;
        case YAML_SCALAR_EVENT: TakeScalar(YamlEvents::Value(*event)); break;
        case YAML_ALIAS_EVENT: TakeScalar("*"); break;
        default: break;
      }
      if (levels_.size() > kMostPlaceLevels) return false;
    }
    if (documents > 1 && num_lists < documents) return false;
    if (!events.failed()) return documents > 0;
    // A quotation that the end of what is looked at cuts off.
    const auto lines = static_cast<size_t>(std::ranges::count(text, '\n'));
    return !is_all && events.failed_line() + 2 >= lines;
  }

  std::optional<YamlPlace> Best() const {
    const ItemGroup* best = nullptr;
    YamlPlace place;
    for (size_t depth = 0; depth <= kMostDepth; ++depth) {
      for (const bool is_list : {true, false}) {
        const ItemGroup& group = groups_[depth][is_list];
        if (!IsOne(group, is_list, depth)) continue;
        if (best != nullptr && Rank(group) <= Rank(*best)) continue;
        best = &group;
        place.is_list = is_list;
        place.depth = depth;
      }
    }
    if (best == nullptr || best->titled == 0) {
      for (const auto& [path, group] : nested_) {
        const size_t above = static_cast<size_t>(std::ranges::find(path, kItem) - path.begin());
        const bool is_frame = above > kMostDepth || groups_[above][true].titled == 0;
        if (!is_frame || group.whole == 0 || 2 * group.titled < group.items) continue;
        if (best != nullptr && Rank(group) <= Rank(*best)) continue;
        best = &group;
        place.is_list = true;
        place.depth = path.size();
      }
    }
    if (best == nullptr) return std::nullopt;
    place.records = best->items;
    if (best->paths.size() == 1) place.keys = *best->paths.begin();
    if (IsPartOfDocument(place, *best)) return std::nullopt;
    return place;
  }

 private:
  static std::tuple<size_t, size_t> Rank(const ItemGroup& group) { return {group.whole, group.titled}; }

  static bool IsOne(const ItemGroup& group, bool is_list, size_t depth) {
    if (group.whole > 0 && (is_list || group.whole > 1)) return 2 * group.titled >= group.items;
    if (group.titled > 1) return 2 * group.titled >= group.items && 2 * group.items >= group.others;
    const bool is_table = 3 * std::min(group.of_several_keys, group.like_the_first) >= 2 * group.items;
    return is_list && depth <= 1 && group.items > 1 && group.others == 0 && is_table;
  }

  // The authors, servers, references of the one thing that the document tells of: what has no text itself, and says
  // less than the document does; the phones of a person, who has a first name and a last name.
  bool IsPartOfDocument(const YamlPlace& place, const ItemGroup& group) const {
    constexpr size_t kLeastStrings = 2, kFewParts = 8;
    if (!place.is_list || place.keys.empty() || IsListName(place.keys.back())) return false;
    if (group.titled == 0 && own_strings_ >= kLeastStrings &&
        (group.items <= kFewParts || listed_bytes_ <= 2 * own_bytes_))
      return true;
    if (!is_one_thing_) return false;
    return group.titled == 0 || IsNoText(place.keys.back()) || (group.whole == 0 && listed_bytes_ <= own_bytes_);
  }

  void Enter(bool is_list) {
    YamlLevel level{.is_list = is_list};
    if (!levels_.empty()) {
      const YamlLevel& in = levels_.back();
      level.is_in_list = in.is_list || in.is_in_list;
      level.depth = in.depth + (in.is_list ? 0 : 1);
    }
    levels_.push_back(std::move(level));
  }

  void Leave() {
    if (levels_.empty()) return;
    const YamlLevel level = std::move(levels_.back());
    levels_.pop_back();
    if (levels_.empty()) return;
    YamlLevel& in = levels_.back();
    // {info: {title: ..., description: ...}, servers: [...]}
    is_one_thing_ |= levels_.size() == 1 && !in.is_list && !level.is_list && level.has_title && level.has_prose;
    if (!in.is_list) {
      in.key_is_due = true;
      NoteKey(in, in.key, {});
    }
    if (ItemGroup* const group = GroupOf(in)) {
      if (level.is_list) {
        ++group->others;
      } else {
        Count(level, *group);
      }
    }
  }

  void Count(const YamlLevel& item, ItemGroup& group) {
    if (group.items++ == 0) group.first_key = item.first_key;
    group.titled += item.has_title;
    group.whole += item.has_title && item.has_body;
    group.of_several_keys += item.num_keys > 1;
    group.like_the_first += item.first_key == group.first_key;
    if (group.paths.size() > 1) return;
    group.paths.insert(PathNow());
  }

  // To the list or mapping in hand.
  std::vector<std::string> PathNow() const {
    std::vector<std::string> path;
    for (size_t i = 0; i + 1 < levels_.size(); ++i) path.push_back(levels_[i].is_list ? kItem : levels_[i].key);
    return path;
  }

  void TakeScalar(std::string_view value) {
    if (levels_.empty()) return;
    YamlLevel& in = levels_.back();
    if (in.is_list) {
      if (ItemGroup* const group = GroupOf(in)) ++group->others;
      return;
    }
    if (in.key_is_due) {
      in.key = value;
    } else {
      NoteKey(in, in.key, value);
      (in.is_in_list ? listed_bytes_ : own_bytes_) += value.size();
      own_strings_ += levels_.size() == 1 && !IsNoText(in.key) && !IsRemark(in.key) && !IsNumber(value) ? 1 : 0;
      is_one_thing_ |= levels_.size() == 1 && in.has_title && in.has_prose;
      if (ItemGroup* const group = GroupOf(in)) ++group->others;
    }
    in.key_is_due = !in.key_is_due;
  }

  void NoteKey(YamlLevel& level, std::string_view key, std::string_view value) const {
    if (level.num_keys++ == 0) level.first_key = key;
    if (value.empty()) return;
    level.has_prose |= IsProse(value) && !IsNoText(key);
    level.has_title |= std::ranges::find(names_.title, key) != names_.title.end();
    level.has_body |= std::ranges::find(names_.body, key) != names_.body.end();
  }

  // `level` is the one in hand.
  ItemGroup* GroupOf(const YamlLevel& level) {
    if (level.is_in_list && level.is_list) {
      std::vector<std::string> path = PathNow();
      if (std::ranges::count(path, kItem) == 1 && path.back() != kItem) return &nested_[std::move(path)];
    }
    if (level.is_in_list || level.depth > kMostDepth) return nullptr;
    return &groups_[level.depth][level.is_list];
  }

  const JsonProfile& names_;
  bool is_one_thing_ = false;                // the document, or a mapping right in it, has a title and a text of prose
  size_t own_strings_ = 0;                   // that the document has itself, and that are no details
  size_t own_bytes_ = 0, listed_bytes_ = 0;  // values of mappings outside lists and in them
  std::vector<YamlLevel> levels_;
  ItemGroup groups_[kMostDepth + 1][2];
  std::map<std::vector<std::string>, ItemGroup> nested_;  // lists in the items of another list
};

}  // namespace

bool YamlPlace::IsAt(const std::vector<std::string_view>& path) const {
  if (path.size() != depth) return false;
  return keys.empty() ? std::ranges::find(path, kItem) == path.end() : std::ranges::equal(path, keys);
}

std::optional<YamlPlace> FindYamlPlace(std::string_view text, bool is_all, const JsonProfile& names) {
  std::string repaired;
  if (!IsValidUtf8(text)) {
    AppendRepairedUtf8(text, repaired);
    text = repaired;
  }
  YamlPlaceFinder finder(names);
  if (finder.Read(text, is_all)) return finder.Best();
  std::string quoted;
  YamlPlaceFinder again(names);
  if (!QuotePlainValues(text, quoted) || !again.Read(quoted, is_all)) return std::nullopt;
  return again.Best();
}

}  // namespace unecho
