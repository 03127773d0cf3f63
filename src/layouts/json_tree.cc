#include "layouts/json_tree.h"

#include <algorithm>
#include <array>
#include <string>

#include "absl/strings/ascii.h"
#include "layouts/prose.h"

namespace unecho {
namespace {

constexpr size_t kMaxDepth = 64;
constexpr size_t kFewMembers = 16;  // are looked through

// Who speaks in a chat with a machine, or with a service.
constexpr std::array<std::string_view, 22> kRoles = {
    "user",    "assistant", "system",     "human",    "gpt",    "bot",      "model",  "ai",
    "chatgpt", "tool",      "function",   "prompter", "agent",  "customer", "client", "operator",
    "claude",  "wizard",    "apprentice", "helper",   "seeker", "developer"};

uint32_t RoleOf(std::string_view string) {
  constexpr size_t kLongest = 10;
  if (string.size() > kLongest) return 0;
  const std::string lower = absl::AsciiStrToLower(std::string(string));
  const auto* const role = std::ranges::find(kRoles, lower);
  return role == kRoles.end() ? 0 : uint32_t{1} << (role - kRoles.begin());
}

class Reader {
 public:
  explicit Reader(JsonTree& tree) : tree_(tree) { open_.push_back({.node = &tree.root, .kind = Kind::kRoot}); }

  void Read(std::string_view text) {
    for (size_t i = 0; i < text.size(); ++i) {
      const char c = text[i];
      Open& in = open_.back();
      if (c == '"') {
        size_t end = i + 1;
        while (end < text.size() && text[end] != '"' && text[end] != '\n') end += text[end] == '\\' ? 2 : 1;
        if (end >= text.size()) break;
        const bool is_broken = text[end] == '\n';  // no string goes on there
        const std::string_view string = text.substr(i + 1, end - i - 1);
        if (!is_broken && (in.kind != Kind::kObject || in.is_value))
          TakeString(string);
        else if (!is_broken)
          in.key = string;
        in.is_value = false;
        i = end;
      } else if (c == ':') {
        in.is_value = true;
      } else if (c == '{' || c == '[') {
        if (open_.size() > kMaxDepth) break;
        Enter(c == '[');
      } else if (c == '}' || c == ']') {
        if (in.kind == Kind::kRoot) break;
        if (in.kind == Kind::kArray) in.node->lengths.push_back(in.length);
        open_.pop_back();
      } else if (c == ',') {
        in.is_scalar = in.is_value = false;
      } else if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        TakeOther();
      }
    }
    tree_.is_cut = open_.size() > 1;
    for (; open_.size() > 1; open_.pop_back()) {
      const Open& in = open_.back();
      if (in.kind == Kind::kArray) in.node->lengths.push_back(in.length);
    }
  }

 private:
  enum class Kind : uint8_t { kRoot, kArray, kObject };
  struct Open {
    JsonNode* node = nullptr;
    Kind kind = Kind::kRoot;
    std::string_view key = {};  // the last
    bool is_value = false;      // behind a colon
    bool is_scalar = false;     // in a number or literal
    uint32_t length = 0;
  };

  // Where the next value of what is open stands.
  JsonNode& Here() {
    Open& in = open_.back();
    switch (in.kind) {
      case Kind::kRoot: return *in.node;
      case Kind::kArray: ++in.length; return in.node->Element();
      case Kind::kObject: break;
    }
    return in.node->Member(in.key);
  }

  void TakeString(std::string_view string) {
    JsonNode& here = Here();
    ++here.strings;
    here.prose += IsProse(string);
    here.string_bytes += string.starts_with("http") ? 0 : string.size();
    here.repeats += std::ranges::find(here.last_strings, string) != here.last_strings.end();
    here.last_strings[here.strings % here.last_strings.size()] = string;
    const uint32_t role = RoleOf(string);
    here.roles |= role;
    here.role_strings += role != 0;
  }

  // A number, true, false, null; once for all of its letters.
  void TakeOther() {
    Open& in = open_.back();
    if (in.kind == Kind::kRoot || in.is_scalar || (in.kind == Kind::kObject && !in.is_value)) return;
    in.is_scalar = true;
    ++Here().others;
  }

  void Enter(bool is_array) {
    JsonNode& here = Here();
    ++(is_array ? here.arrays : here.objects);
    open_.back().is_value = false;
    open_.push_back({.node = &here, .kind = is_array ? Kind::kArray : Kind::kObject});
  }

  JsonTree& tree_;
  std::vector<Open> open_;
};

}  // namespace

const JsonNode* JsonNode::Find(std::string_view key) const {
  if (members.size() > kFewMembers) {
    const auto found = index_.find(key);
    return found == index_.end() ? nullptr : members[found->second].second.get();
  }
  for (const auto& [name, node] : members) {
    if (name == key) return node.get();
  }
  return nullptr;
}

JsonNode& JsonNode::Member(std::string_view key) {
  if (const JsonNode* const found = Find(key)) return const_cast<JsonNode&>(*found);
  members.emplace_back(key, std::make_unique<JsonNode>());
  if (members.size() == kFewMembers + 1) {
    for (size_t i = 0; i < members.size(); ++i) index_.emplace(members[i].first, i);
  } else if (members.size() > kFewMembers) {
    index_.emplace(key, members.size() - 1);
  }
  return *members.back().second;
}

JsonNode& JsonNode::Element() {
  if (element == nullptr) element = std::make_unique<JsonNode>();
  return *element;
}

void JsonNode::Merge(const JsonNode& other) {
  objects += other.objects;
  arrays += other.arrays;
  strings += other.strings;
  others += other.others;
  prose += other.prose;
  string_bytes += other.string_bytes;
  roles |= other.roles;
  role_strings += other.role_strings;
  repeats += other.repeats;
  lengths.insert(lengths.end(), other.lengths.begin(), other.lengths.end());
  for (const auto& [key, node] : other.members) Member(key).Merge(*node);
  if (other.element != nullptr) Element().Merge(*other.element);
}

JsonTree ReadJsonTree(std::string_view text) {
  JsonTree tree;
  Reader(tree).Read(text);
  return tree;
}

}  // namespace unecho
