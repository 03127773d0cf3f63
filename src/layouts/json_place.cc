#include "layouts/json_place.h"

#include <algorithm>
#include <optional>
#include <tuple>

#include "layouts/field_names.h"

namespace unecho {
namespace {

using Kind = JsonPlace::Kind;

constexpr size_t kMaxDepth = 64;

std::vector<std::string_view> SplitPath(std::string_view path) {
  std::vector<std::string_view> parts;
  for (size_t begin = 0; begin <= path.size();) {
    const size_t end = std::min(path.find('/', begin), path.size());
    if (end > begin) parts.push_back(path.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

// A container that has objects in it.
struct Candidate {
  JsonPlace place;
  std::string first_key = {};  // of the first object
  size_t objects = 0, others = 0;
  int points = 0;          // of its best object: title 1, body 1
  bool has_title = false;  // one of its objects
  bool has_role = false;   // one of its objects: who speaks

  // Higher is better. A container that is no list, but might as well be a record, is worth less.
  int Score() const {
    const bool is_single = place.kind != Kind::kArray && objects < 2;
    return 2 * points - (is_single && points > 0 ? 1 : 0);
  }
};

class PlaceFinder {
 public:
  explicit PlaceFinder(const JsonProfile& profile) {
    for (const std::string& name : profile.title) titles_.push_back(SplitPath(name));
    for (const std::string& name : profile.body) bodies_.push_back(SplitPath(name));
    parts_.assign(profile.parts.begin(), profile.parts.end());
  }

  JsonPlace Find(std::string_view text) {
    open_.push_back({.is_root = true});
    Read(text);
    while (!open_.empty()) Leave();
    return Best();
  }

 private:
  struct Open {
    bool is_root = false, is_array = false;
    std::string_view key = {};        // that it is the value of
    std::string_view first_key = {};  // of its own
    bool has_title = false, has_body = false, has_role = false;
    std::string_view first_key_of_first_object = {};
    size_t objects = 0, others = 0;
    int points = 0;
    bool objects_have_title = false, objects_have_role = false;
    size_t candidate = SIZE_MAX;
    size_t strings = 0, string_bytes = 0, numbered_keys = 0;
  };

  void Read(std::string_view text) {
    std::string_view key;   // the last string
    bool is_value = false;  // behind a colon
    for (size_t i = 0; i < text.size(); ++i) {
      const char c = text[i];
      Open& in = open_.back();
      if (c == '"') {
        size_t end = i + 1;
        while (end < text.size() && text[end] != '"' && text[end] != '\n') end += text[end] == '\\' ? 2 : 1;
        if (end >= text.size()) return;
        if (text[end] == '\n') {  // broken: no string goes on there
          is_value = false;
          i = end;
          continue;
        }
        const std::string_view string = text.substr(i + 1, end - i - 1);
        if (in.is_root || in.is_array || is_value)
          CountString(in, string);
        else
          TakeKey(key = string);
        is_value = false;
        i = end;
      } else if (c == ':') {
        is_value = true;
      } else if (c == '{' || c == '[') {
        if (open_.size() > kMaxDepth) return;
        Enter(c == '[', key);
        is_value = false;
      } else if (c == '}' || c == ']') {
        if (in.is_root) return;
        Leave();
        is_value = false;
      } else if (is_value && c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        CountOther(in);  // a number, true, false, null
        is_value = false;
      }
    }
  }

  static void CountOther(Open& in) { ++in.others; }
  static void CountString(Open& in, std::string_view string) {
    CountOther(in);
    ++in.strings;
    in.string_bytes += string.size();
  }

  // A list of texts, but not one of the fields that an object in an array has.
  void TakeStrings() {
    constexpr size_t kMinStrings = 3, kMinAverageBytes = 20;
    const Open& in = open_.back();
    if (in.is_root || in.objects > 0 || in.strings < kMinStrings || 4 * in.strings < 3 * in.others) return;
    if (in.string_bytes / in.strings < kMinAverageBytes || (!in.is_array && in.numbered_keys < in.strings)) return;
    JsonPlace place = PlaceNow();
    if (std::ranges::any_of(place.steps, &JsonStep::in_array)) return;
    place.of_strings = true;
    for (JsonStep& step : place.steps) step.any = true;  // the others may come later
    if (!strings_.of_strings) strings_ = place;
  }

  void Enter(bool is_array, std::string_view key) {
    Open& in = open_.back();
    const bool is_member = !in.is_root && !in.is_array;
    if (is_array) {
      ++in.others;
    } else {
      ++in.objects;
      // In the order in which they begin: an outer container stands before an inner one.
      if (in.candidate == SIZE_MAX) {
        in.candidate = candidates_.size();
        candidates_.push_back({.place = PlaceNow()});
      }
    }
    open_.push_back({.is_array = is_array, .key = is_member ? key : std::string_view()});
  }

  void Leave() {
    TakeStrings();
    const Open done = open_.back();
    open_.pop_back();
    if (done.candidate != SIZE_MAX) {
      Candidate& candidate = candidates_[done.candidate];
      candidate.first_key = done.first_key_of_first_object;
      candidate.objects = done.objects;
      candidate.others = done.others;
      candidate.points = done.points;
      candidate.has_title = done.objects_have_title;
      candidate.has_role = done.objects_have_role;
    }
    if (open_.empty() || done.is_array || done.is_root) return;
    Open& in = open_.back();
    in.points = std::max(in.points, static_cast<int>(done.has_title) + static_cast<int>(done.has_body));
    in.objects_have_title |= done.has_title;
    in.objects_have_role |= done.has_role;
    if (done.has_title && std::ranges::none_of(open_, &Open::is_array)) has_title_in_objects_ = true;
    if (in.first_key_of_first_object.empty()) in.first_key_of_first_object = done.first_key;
  }

  void TakeKey(std::string_view key) {
    Open& in = open_.back();
    if (in.first_key.empty()) in.first_key = key;
    in.numbered_keys += key.find_first_of("0123456789") != key.npos;
    in.has_role |= key == "role" || key == "speaker";
    Mark(titles_, key, &Open::has_title);
    Mark(bodies_, key, &Open::has_body);
  }

  // "paper/title": the object that is two levels up from the key has a title.
  void Mark(const std::vector<std::vector<std::string_view>>& paths, std::string_view key, bool Open::*flag) {
    for (const auto& path : paths) {
      if (path.empty() || path.back() != key || path.size() >= open_.size()) continue;
      bool matches = true;
      for (size_t up = 0; up + 1 < path.size(); ++up) {
        matches &= open_[open_.size() - 1 - up].key == path[path.size() - 2 - up];
      }
      if (matches) open_[open_.size() - path.size()].*flag = true;
    }
  }

  JsonPlace PlaceNow() const {
    JsonPlace place;
    for (size_t i = 1; i + 1 < open_.size(); ++i) {
      JsonStep step{.in_array = open_[i].is_array, .any = open_[i].is_array, .key = {}};
      if (!step.in_array) step.key = open_[i + 1].key;
      place.steps.push_back(step);
    }
    const Open& in = open_.back();
    place.kind = in.is_root ? Kind::kRoot : in.is_array ? Kind::kArray : Kind::kObject;
    return place;
  }

  JsonPlace Best() const {
    const Candidate* best = nullptr;
    for (const Candidate& each : candidates_) {
      // An object with members of other kinds is no list of objects.
      if (each.place.kind == Kind::kObject && each.others > 0) continue;
      if (IsPart(each)) continue;
      const auto rank = [](const Candidate& c) {
        // Where nothing looks like a record, an array of objects is the best guess.
        const bool is_list = c.place.kind == Kind::kArray || c.objects > 1;
        return std::tuple(c.Score(), c.points > 0 || is_list, -static_cast<int>(c.place.steps.size()));
      };
      if (best == nullptr || rank(each) > rank(*best)) best = &each;
    }
    const bool may_be_objects = best != nullptr && (best->points > 0 || best->place.kind == Kind::kArray);
    if (strings_.of_strings && !may_be_objects) return strings_;
    if (best == nullptr) return {};
    // Beside its parts, an object in an object is what is known of the whole: the metadata of a notebook.
    if (best->place.kind == Kind::kObject && std::ranges::any_of(candidates_, [&](const Candidate& each) {
          return each.place.steps.size() == 1 && IsPart(each);
        }))
      return {};
    if (IsOfSections(*best)) return {};
    best = NotAPart(best);
    JsonPlace place = best->place;
    for (const Candidate& each : candidates_) {
      if (IsMadeLike(each, *best)) {
        for (size_t i = 0; i < place.steps.size(); ++i)
          place.steps[i].any |= each.place.steps[i].key != place.steps[i].key;
      }
    }
    // A number or date as a key says that there are others.
    for (JsonStep& step : place.steps) {
      step.any |= std::ranges::count_if(step.key, [](char c) { return c >= '0' && c <= '9'; }) >= 3;
    }
    return place;
  }

  // Inside a list that is a part of its object by its name. Messages are records where nobody has a role: in the dump
  // of a channel.
  bool IsPart(const Candidate& candidate) const {
    const std::vector<JsonStep>& steps = candidate.place.steps;
    for (size_t i = 0; i < steps.size(); ++i) {
      const bool is_part = IsNoText(steps[i].key) || std::ranges::find(parts_, steps[i].key) != parts_.end();
      if (!is_part) continue;
      const bool is_last = i + 1 == steps.size();
      if (is_last && candidate.place.kind == Kind::kArray && steps[i].key == "messages" && !candidate.has_role)
        continue;
      return true;
    }
    return false;
  }

  // Texts without titles inside the objects of a list: the outermost such list.
  const Candidate* NotAPart(const Candidate* best) const {
    if (best->points == 0 || best->has_title) return best;
    for (const Candidate& outer : candidates_) {
      const std::vector<JsonStep>&steps = outer.place.steps, &inner = best->place.steps;
      const bool is_around = outer.place.kind == Kind::kArray && steps.size() < inner.size() &&
                             std::equal(steps.begin(), steps.end(), inner.begin()) && inner[steps.size()].in_array;
      if (is_around) return &outer;
    }
    return best;
  }

  // One of several lists of texts that the root object has under names of their own, beside a title.
  bool IsOfSections(const Candidate& best) const {
    if (!has_title_in_objects_ || best.has_title || best.points == 0) return false;
    if (best.place.kind != Kind::kArray || best.place.steps.size() != 1 || best.place.steps[0].in_array) return false;
    const auto is_section = [&](const Candidate& each) {
      return IsMadeLike(each, best) && !each.has_title &&
             each.place.steps[0].key.find_first_of("0123456789") == std::string::npos;
    };
    return std::ranges::count_if(candidates_, is_section) > 1;
  }

  static bool IsMadeLike(const Candidate& a, const Candidate& b) {
    if (a.place.kind != b.place.kind || a.place.steps.size() != b.place.steps.size()) return false;
    if (a.first_key != b.first_key || a.points != b.points) return false;
    return std::ranges::equal(a.place.steps, b.place.steps,
                              [](const JsonStep& x, const JsonStep& y) { return x.in_array == y.in_array; });
  }

  std::vector<std::vector<std::string_view>> titles_, bodies_;
  std::vector<std::string_view> parts_;
  std::vector<Open> open_;
  std::vector<Candidate> candidates_;
  JsonPlace strings_;                  // the first list of texts
  bool has_title_in_objects_ = false;  // some object that is in no array
};

}  // namespace

JsonPlace PlaceOf(std::string_view path) {
  JsonPlace place{.steps = {}, .kind = Kind::kAny};
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
