#include "layouts/json_place.h"

#include <algorithm>
#include <optional>
#include <span>

#include "layouts/field_names.h"
#include "layouts/json_table.h"
#include "layouts/json_tree.h"

namespace unecho {
namespace {

using PlaceKind = JsonPlace::Kind;
using Steps = std::vector<JsonStep>;

std::vector<std::string_view> SplitPath(std::string_view path) {
  std::vector<std::string_view> parts;
  for (size_t begin = 0; begin <= path.size();) {
    const size_t end = std::min(path.find('/', begin), path.size());
    if (end > begin) parts.push_back(path.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

// A date, or a number that is none of a thing: "2024-05-01", "2024".
bool IsDateKey(std::string_view key) {
  return key.size() >= 4 && (key.starts_with("19") || key.starts_with("20")) &&
         key.find_first_not_of("0123456789-/_. ") == key.npos;
}

// What a key is as a title: a question, a name of several words. Of one word it may be an identifier.
bool IsTitleKey(std::string_view key) { return key.find(' ') != key.npos; }

// Objects of two roles or more: a chat. Not so where each says to which chat it belongs.
bool IsChat(const JsonNode& messages) {
  constexpr std::string_view kChats[] = {"conv", "dialog", "thread", "session", "chat"};
  bool is_chat = false;
  for (const auto& [key, value] : messages.members) {
    const bool has_two = (value->roles & (value->roles - 1)) != 0;
    is_chat = is_chat || (IsSpeakerName(key) && has_two && 2 * value->role_strings >= messages.objects);
    const bool is_of_one = IsIdentity(key) && std::ranges::any_of(kChats, [&key = key](std::string_view chat) {
                             return key.find(chat) != std::string_view::npos;
                           });
    if (is_of_one) return false;
  }
  return is_chat;
}

bool HasRole(const JsonNode& messages) {
  return IsChat(messages) || messages.Find("role") != nullptr || messages.Find("speaker") != nullptr;
}

// Values of a map are made alike: one key at least is in half of them, and in two.
bool AreAlike(const JsonNode& values) {
  return std::ranges::any_of(values.members, [&](const auto& member) {
    const size_t there = member.second->values();
    return there >= 2 && 2 * there >= values.objects;
  });
}

// Only strings, by numbered keys: texts, and no objects that say something.
bool IsStringMap(const JsonNode& node) {
  return !node.members.empty() && std::ranges::all_of(node.members, [](const auto& member) {
    return member.second->strings == member.second->values() && IsNumbered(member.first);
  });
}

class PlaceFinder {
 public:
  explicit PlaceFinder(const JsonProfile& profile) {
    for (const std::string& name : profile.title) titles_.push_back(SplitPath(name));
    for (const std::string& name : profile.body) bodies_.push_back(SplitPath(name));
    parts_.assign(profile.parts.begin(), profile.parts.end());
  }

  JsonPlace Find(std::string_view text) {
    const JsonTree tree = ReadJsonTree(text);
    is_cut_ = tree.is_cut;
    const JsonNode& root = tree.root;
    const bool are_many = root.values() > 1;
    if (root.arrays > 0 && root.objects == 0) return OfArrays(root, {}, PlaceKind::kRoot, are_many);
    if (root.objects == 0) return {};
    return OfObjects(root, {}, PlaceKind::kRoot, are_many);
  }

 private:
  // A list of objects, or a map of them, below an object.
  struct List {
    const JsonNode* node = nullptr;          // the array or the map
    std::shared_ptr<const JsonNode> values;  // of a map, as one place
    Steps path;                              // to it
    bool of_arrays = false;                  // the values are arrays, each a record
    const JsonNode& objects() const { return of_arrays ? *values->element : values ? *values : *node->element; }
    PlaceKind kind() const { return values ? PlaceKind::kObject : PlaceKind::kArray; }
  };

  static JsonPlace Table(std::string_view what_to_do) {
    JsonPlace place;
    place.table = what_to_do;
    return place;
  }
  static JsonPlace PlaceAt(Steps path, PlaceKind kind) { return {.steps = std::move(path), .kind = kind}; }

  static Steps With(Steps path, JsonStep step) {
    path.push_back(std::move(step));
    return path;
  }
  static Steps IntoMember(Steps path, std::string_view key) { return With(std::move(path), {.key = std::string(key)}); }
  // From a container to any value in it.
  static Steps Into(Steps path, PlaceKind kind) {
    if (kind == PlaceKind::kRoot) return path;
    return With(std::move(path), {.in_array = kind == PlaceKind::kArray, .any = true, .key = {}});
  }

  // --- what an object has -------------------------------------------------------------------------------------------

  static bool HasPath(const JsonNode& node, std::span<const std::string_view> path) {
    if (path.empty()) return true;
    const JsonNode* const member = node.Find(path[0]);
    return member != nullptr && (path.size() == 1 || HasPath(*member, path.subspan(1)));
  }
  static bool HasOne(const JsonNode& node, const std::vector<std::vector<std::string_view>>& paths) {
    return std::ranges::any_of(paths, [&](const auto& path) { return !path.empty() && HasPath(node, path); });
  }
  bool HasTitle(const JsonNode& node) const {
    // A name that comes again and again is that of a speaker.
    const auto is_title = [&](const auto& path) {
      constexpr size_t kLeast = 3;
      const JsonNode* const name = path.size() == 1 && path[0] == "name" ? node.Find(path[0]) : nullptr;
      const bool repeats = name != nullptr && name->strings >= kLeast && 2 * name->repeats >= name->strings;
      return !path.empty() && !repeats && HasPath(node, path);
    };
    return std::ranges::any_of(titles_, is_title) || std::ranges::any_of(node.members, [](const auto& member) {
             return member.second->strings > 0 && IsTitleName(member.first);
           });
  }
  bool HasBody(const JsonNode& node) const {
    return HasOne(node, bodies_) || std::ranges::any_of(node.members, [](const auto& member) {
             return member.second->strings > 0 && IsTextName(member.first);
           });
  }
  // A text that is its own and in none of its lists.
  bool HasOwnText(const JsonNode& node) const {
    return std::ranges::any_of(bodies_,
                               [&](const auto& path) {
                                 const JsonNode* const member = path.size() == 1 ? node.Find(path[0]) : nullptr;
                                 return member != nullptr && member->string_bytes > 0;
                               }) ||
           std::ranges::any_of(node.members, [](const auto& member) {
             return member.second->string_bytes > 0 && !IsNoText(member.first) &&
                    (member.second->prose > 0 || IsTextName(member.first));
           });
  }
  static bool HasId(const JsonNode& node) {
    return std::ranges::any_of(node.members, [](const auto& member) { return IsIdentity(member.first); });
  }
  // Nothing but dates, numbers, categories beside its lists.
  static bool IsFrame(const JsonNode& node) {
    return std::ranges::all_of(
        node.members, [](const auto& member) { return member.second->strings == 0 || IsNoText(member.first); });
  }
  bool IsPart(std::string_view key, const JsonNode& node) const {
    if (!IsNoText(key) && std::ranges::find(parts_, key) == parts_.end()) return false;
    // Messages are records where nobody has a role: in the dump of a channel.
    return key != "messages" || node.element == nullptr || node.element->objects == 0 || HasRole(*node.element);
  }

  // --- arrays ------------------------------------------------------------------------------------------------------

  // Arrays in the container at `path`: they are records, or what is in them.
  JsonPlace OfArrays(const JsonNode& lists, const Steps& path, PlaceKind kind, bool are_many) const {
    if (lists.element == nullptr) return {};
    const JsonNode& in = *lists.element;
    const JsonPlace arrays{.steps = path, .kind = kind, .of_arrays = true};
    const Steps inside = Into(path, kind);
    if (in.objects > 0) {
      if (IsChat(in) || (are_many && !(HasTitle(in) && HasBody(in)))) return arrays;
      return OfObjects(in, inside, PlaceKind::kArray, true);
    }
    if (in.arrays > 0 && in.strings == 0) return OfArrays(in, inside, PlaceKind::kArray, true);
    if (!are_many) return MayBeTexts(in) ? OfStrings(inside, PlaceKind::kArray) : JsonPlace{};
    if (TextBytes(in) == 0) return {};
    // Texts in turn are no rows of columns.
    if (in.others == 0 && 2 * in.prose >= in.strings) return arrays;
    return Table(RowsWithoutNames());
  }

  static bool MayBeTexts(const JsonNode& in) {
    constexpr size_t kMinStrings = 3, kMinAverageBytes = 20;
    return in.objects == 0 && in.strings >= kMinStrings && 2 * in.strings >= in.values() &&
           in.string_bytes >= kMinAverageBytes * in.strings;
  }

  static JsonPlace OfStrings(Steps path, PlaceKind kind) {
    JsonPlace place{.steps = std::move(path), .kind = kind, .of_strings = true};
    for (JsonStep& step : place.steps) step.any = true;  // the others may come later
    return place;
  }

  // The first list of texts that is in no array, or object of texts whose keys are numbered.
  static std::optional<JsonPlace> FindStrings(const JsonNode& node, const Steps& path) {
    constexpr size_t kMinNumbered = 3;
    if (node.objects > 0 && node.members.size() >= kMinNumbered) {
      JsonNode values;
      size_t numbered = 0;
      for (const auto& [key, member] : node.members) {
        values.strings += member->strings;
        values.objects += member->objects;
        values.others += member->others + member->arrays;
        values.string_bytes += member->string_bytes;
        numbered += member->strings > 0 && IsNumbered(key);
      }
      if (numbered >= values.strings && MayBeTexts(values)) return OfStrings(path, PlaceKind::kObject);
    }
    for (const auto& [key, member] : node.members) {
      if (member->arrays > 0 && member->element != nullptr && member->element->arrays == 0 &&
          MayBeTexts(*member->element))
        return OfStrings(IntoMember(path, key), PlaceKind::kArray);
      if (const auto found = FindStrings(*member, IntoMember(path, key)); member->objects > 0 && found) return found;
    }
    return std::nullopt;
  }

  // --- maps --------------------------------------------------------------------------------------------------------

  static std::shared_ptr<const JsonNode> ValuesOf(const JsonNode& map) {
    auto values = std::make_shared<JsonNode>();
    for (const auto& [key, member] : map.members) values->Merge(*member);
    return values;
  }

  static bool KeysAreTitles(const JsonNode& map) {
    return std::ranges::all_of(map.members, [](const auto& member) { return IsTitleKey(member.first); });
  }

  // {"d1": {...}, "d2": {...}}: objects that are made alike, and nothing else.
  static bool IsMap(const JsonNode& node) {
    return node.objects == 1 && node.members.size() > 1 && std::ranges::all_of(node.members, [](const auto& member) {
             return member.second->objects == 1 && member.second->values() == 1;
           });
  }

  // The members of the one object at `path` are the records, or hold them.
  std::optional<JsonPlace> OfMap(const JsonNode& node, const Steps& path) const {
    if (node.members.size() < 2) return std::nullopt;
    if (IsMapOfArrays(node)) return MapOfArrays(node, path);
    if (IsMap(node)) {
      const auto values = ValuesOf(node);
      if (!AreAlike(*values) || IsStringMap(*values)) return std::nullopt;
      JsonPlace place = OfObjects(*values, path, PlaceKind::kObject, true);
      const bool is_here = place.steps.size() == path.size() && place.kind == PlaceKind::kObject;
      place.has_keys = is_here && !HasTitle(*values) && !HasId(*values) && KeysAreTitles(node) && HasBody(*values);
      return place;
    }
    return OfMapOfStrings(node, path);
  }

  static bool IsMapOfArrays(const JsonNode& node) {
    return node.objects == 1 && node.members.size() > 1 && std::ranges::all_of(node.members, [](const auto& member) {
             return member.second->arrays == 1 && member.second->values() == 1;
           });
  }

  // The arrays, if they are records; nothing if what is in them may be.
  std::optional<JsonPlace> MapOfArrays(const JsonNode& node, const Steps& path) const {
    if (!IsMapOfArrays(node)) return std::nullopt;
    const auto lists = ValuesOf(node);
    if (lists->element == nullptr || lists->element->arrays > 0) return std::nullopt;
    const JsonNode& in = *lists->element;
    const auto is_name_of_one = [](const auto& member) { return IsNumbered(member.first) && !IsDateKey(member.first); };
    const bool are_named = std::ranges::all_of(node.members, is_name_of_one);
    JsonPlace arrays{.steps = path, .kind = PlaceKind::kObject, .of_arrays = true};
    if (in.objects > 0 && in.strings + in.others == 0) {
      if (IsChat(in) || (!HasTitle(in) && are_named)) return arrays;
      return std::nullopt;  // lists of records by topic or date
    }
    if (in.objects > 0 || TextBytes(in) == 0 || in.others > 0 || 2 * in.prose < in.strings) return std::nullopt;
    if (are_named) return arrays;
    // A question and its answers.
    const bool are_questions = std::ranges::all_of(
        node.members, [](const auto& member) { return member.first.find(' ') != std::string_view::npos; });
    arrays.has_keys = true;
    return are_questions ? std::optional(arrays) : std::nullopt;
  }

  // {"What is rain?": "...", ...}, {"rain": "...", "snow": "...", ...}: no object with fields, which are few and known.
  std::optional<JsonPlace> OfMapOfStrings(const JsonNode& node, const Steps& path) const {
    constexpr size_t kLeast = 2, kLeastWords = 12;
    size_t strings = 0, prose = 0, blanks = 0, numbered = 0, known = 0;
    for (const auto& [key, member] : node.members) {
      if (member->objects + member->arrays > 0 || member->values() > 1) return std::nullopt;
      strings += member->strings;
      prose += member->prose;
      blanks += std::ranges::count(key, ' ') >= 2 || key.ends_with('?');
      numbered += key.find_first_of("0123456789_/.:") != key.npos;
      known += IsNoText(key) || IsTextName(key) || IsTitleName(key) || IsIdentity(key) || IsRemark(key);
    }
    const size_t size = node.members.size();
    if (strings < kLeast || 3 * strings < 2 * size) return std::nullopt;
    JsonPlace place{.steps = path, .kind = PlaceKind::kObject, .of_strings = true};
    place.has_keys = true;
    if (10 * blanks >= 9 * size) return place;
    if (HasTitle(node) || HasBody(node)) return std::nullopt;
    if (size >= kLeastWords && 10 * known < size && 2 * prose >= strings && numbered == 0) return place;
    place.has_keys = false;
    const bool are_numbered =
        std::ranges::all_of(node.members, [](const auto& member) { return IsNumbered(member.first); });
    if (are_numbered && size > 2 && 2 * prose >= strings) return place;
    return std::nullopt;
  }

  // --- objects -----------------------------------------------------------------------------------------------------

  // Objects in the container at `path`: they are records, or hold them in their lists.
  JsonPlace OfObjects(const JsonNode& node, const Steps& path, PlaceKind kind, bool are_many) const {
    const JsonPlace here = PlaceAt(path, kind);
    const Steps inside = Into(path, kind);
    if (!are_many) {
      if (const std::string_view table = TableIn(node, is_cut_); !table.empty()) return Table(table);
      if (auto map = OfMap(node, inside)) return *map;
    }
    std::vector<List> lists, others;
    bool has_parts = false;
    Collect(node, inside, lists, others, has_parts);
    // Where there is nothing else, authors and references may be what a document is about.
    const bool is_bare = !are_many && !has_parts && !HasTitle(node) && !HasOwnText(node) && !HasId(node);
    if (lists.empty() && is_bare) std::swap(lists, others);
    if (!lists.empty()) {
      const List& best = Heaviest(lists);
      if (IsRecordOfItself(node, best, are_many)) return here;
      JsonPlace place = best.of_arrays ? JsonPlace{.steps = best.path, .kind = PlaceKind::kObject, .of_arrays = true}
                                       : OfObjects(best.objects(), best.path, best.kind(), true);
      Widen(lists, best, place);
      Widen(others, best, place);
      return place;
    }
    if (are_many) return here;
    const bool is_frame = !HasOwnText(node) && node.Find("title") == nullptr;
    for (const auto& [key, member] : node.members) {
      if (const std::string_view table = TableIn(*member, is_cut_); is_frame && !table.empty()) return Table(table);
    }
    if (!HasTitle(node) && !HasBody(node) && !HasId(node)) {
      if (const auto strings = FindStrings(node, inside)) return *strings;
    }
    // One object, and what is inside it has the title.
    if (has_parts || HasTitle(node) || HasBody(node)) return here;
    const bool are_objects = std::ranges::all_of(
        node.members, [](const auto& each) { return each.second->objects == each.second->values(); });
    for (const auto& [key, member] : node.members) {
      if (member->objects == 0 || !are_objects) continue;
      if (HasTitle(*member) || HasBody(*member)) return PlaceAt(inside, PlaceKind::kObject);
    }
    for (const auto& [key, member] : node.members) {
      if (member->objects == 0 || member->values() > 1) continue;
      const JsonPlace place = OfObjects(*member, inside, PlaceKind::kObject, false);
      if (place.kind == PlaceKind::kRoot || place.steps.size() <= inside.size()) continue;
      return place;
    }
    return here;
  }

  // The lists of objects in an object, and in the objects that it has as members.
  void Collect(const JsonNode& node, const Steps& path, std::vector<List>& lists, std::vector<List>& others,
               bool& has_parts) const {
    constexpr size_t kMostSteps = 8;
    if (path.size() > kMostSteps) return;
    for (const auto& [key, member] : node.members) {
      const Steps inside = IntoMember(path, key);
      const bool is_list = member->arrays > 0 && member->element != nullptr && member->element->objects > 0;
      const bool is_map = !is_list && IsMap(*member);
      if (IsPart(key, *member)) {
        has_parts |= !IsNoText(key) && (is_list || member->arrays > 0);
        if (is_map) others.push_back({.node = member.get(), .values = ValuesOf(*member), .path = inside});
        if (is_list) others.push_back({.node = member.get(), .values = nullptr, .path = inside});
        continue;
      }
      if (is_list) {
        lists.push_back({.node = member.get(), .values = nullptr, .path = inside});
        continue;
      }
      if (is_map) {
        const auto values = ValuesOf(*member);
        if (AreAlike(*values) && !IsStringMap(*values) && TableIn(*member, is_cut_).empty()) {
          lists.push_back({.node = member.get(), .values = values, .path = inside});
          continue;
        }
      }
      if (const auto map = MapOfArrays(*member, inside); map && map->of_arrays && !map->has_keys) {
        const auto values = ValuesOf(*member);
        if (values->element->objects > 0) {
          lists.push_back({.node = member.get(), .values = values, .path = inside, .of_arrays = true});
          continue;
        }
      }
      if (member->objects > 0) Collect(*member, inside, lists, others, has_parts);
    }
  }

  // By the text in it and by the number of its objects; names count for what four times the text does.
  size_t Weight(const List& list) const {
    constexpr size_t kManyObjects = 4;
    const JsonNode& in = list.objects();
    const size_t names = static_cast<size_t>(HasTitle(in)) + static_cast<size_t>(HasBody(in));
    const bool is_beside = IsRemark(list.path.back().key);
    return (1 + TextBytes(in)) * std::min(in.objects, kManyObjects) * (size_t{1} << (is_beside ? 0 : 2 * names));
  }

  const List& Heaviest(const std::vector<List>& lists) const {
    return *std::ranges::max_element(lists, {}, [this](const List& list) { return Weight(list); });
  }

  // Has the object an identity of its own, so that its list is a part of it? One that holds a list of titles and texts
  // may be a feed with a title, and so may be what has a list by the name of such.
  bool IsRecordOfItself(const JsonNode& node, const List& list, bool are_many) const {
    if (list.of_arrays) return are_many;
    const JsonNode& in = list.objects();
    if (IsChat(in)) return true;
    const bool is_whole = HasTitle(in) && HasBody(in);
    const bool has_title = HasTitle(node), has_text = HasOwnText(node), has_id = HasId(node);
    const bool is_named = IsListName(list.path.back().key) || list.path.back().key == "messages";
    if (is_whole && !are_many) return has_title && has_text && !is_named;
    if (is_whole) {
      if (has_title || has_text || has_id) return !is_named || has_text;
      return !is_named && !IsFrame(node);
    }
    if (are_many || (HasRole(in) && !is_named)) return !is_named || has_title || has_text || has_id;
    return !is_named && (has_title || has_text || has_id || HasTitledMember(node) || HoldsParts(node, in));
  }

  // Strings of its own that say something, and their bytes: not in lists, nor by names of details.
  struct Own {
    size_t strings = 0, bytes = 0;
  };
  static Own OwnStrings(const JsonNode& node) {
    Own own;
    for (const auto& [key, member] : node.members) {
      if (IsNoText(key) || IsRemark(key)) continue;
      own.strings += member->strings > 0 ? 1 : 0;
      own.bytes += member->string_bytes;
      if (member->objects != 1 || member->values() > 1) continue;
      const Own inner = OwnStrings(*member);
      own.strings += inner.strings;
      own.bytes += inner.bytes;
    }
    return own;
  }

  // {"firstName": ..., "lastName": ..., "phones": [{"type": ..., "number": ...}]}: what is in the list has no identity
  // itself, and the object has. Many that say more than it does may be a table all the same.
  bool HoldsParts(const JsonNode& node, const JsonNode& in) const {
    constexpr size_t kLeastStrings = 2, kFewParts = 8;
    const Own own = OwnStrings(node);
    if (own.strings < kLeastStrings || (HasTitle(in) && HasBody(in))) return false;
    const bool is_bare = !HasTitle(in) && !HasBody(in) && in.prose == 0;
    return TextBytes(in) <= own.bytes || (is_bare && (in.objects <= kFewParts || TextBytes(in) <= 2 * own.bytes));
  }

  // What its list belongs to may stand in an object of its own: {"product": {...}, "reviews": [...]}.
  bool HasTitledMember(const JsonNode& node) const {
    return std::ranges::any_of(node.members, [this](const auto& member) {
      const JsonNode& inner = *member.second;
      return inner.objects == 1 && inner.values() == 1 && HasTitle(inner) && HasOwnText(inner);
    });
  }

  // Lists that are made like the best one belong to it: records by topic, by date, by part of a data set.
  void Widen(const std::vector<List>& lists, const List& best, JsonPlace& place) const {
    const auto first_key = [](const List& list) {
      return list.objects().members.empty() ? std::string_view() : list.objects().members[0].first;
    };
    for (const List& each : lists) {
      const JsonNode &a = each.objects(), &b = best.objects();
      const bool is_alike = each.kind() == best.kind() && each.path.size() == best.path.size() &&
                            first_key(each) == first_key(best) && HasTitle(a) == HasTitle(b) &&
                            HasBody(a) == HasBody(b);
      if (!is_alike) continue;
      for (size_t i = 0; i < best.path.size() && i < place.steps.size(); ++i)
        place.steps[i].any |= each.path[i].key != best.path[i].key;
    }
    // A number or date as a key says that there are others.
    for (JsonStep& step : place.steps)
      step.any |= std::ranges::count_if(step.key, [](char c) { return c >= '0' && c <= '9'; }) >= 3;
  }

  std::vector<std::vector<std::string_view>> titles_, bodies_;
  std::vector<std::string_view> parts_;
  bool is_cut_ = false;
};

}  // namespace

JsonPlace PlaceOf(std::string_view path) {
  JsonPlace place{.steps = {}, .kind = PlaceKind::kAny};
  for (const std::string_view part : SplitPath(path)) {
    place.steps.push_back({.in_array = false, .any = part == "*", .key = std::string(part)});
  }
  return place;
}

JsonPlace PlaceOfOption(std::string_view path) {
  std::string slashes;
  for (size_t begin = 0; begin <= path.size();) {
    const size_t end = std::min(path.find('.', begin), path.size());
    std::string_view part = path.substr(begin, end - begin);
    const bool is_list = part.ends_with("[]");
    if (is_list) part.remove_suffix(2);
    slashes += '/';
    slashes += part;
    if (is_list && end < path.size()) slashes += "/*";  // the last list holds the records
    begin = end + 1;
  }
  return PlaceOf(slashes);
}

JsonPlace FindPlace(std::string_view prefix, const JsonProfile& profile) {
  if (!profile.records.empty()) return PlaceOf(profile.records.front());
  return PlaceFinder(profile).Find(prefix);
}

}  // namespace unecho
