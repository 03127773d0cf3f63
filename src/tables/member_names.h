// The names of an object's members, numbered as they come.
//
// Cost:    a comparison where members come in the same order each time, else a look-up in a tree. Threads: as a map.
// Failure: none.
#ifndef UNECHO_SRC_TABLES_MEMBER_NAMES_H_
#define UNECHO_SRC_TABLES_MEMBER_NAMES_H_

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace unecho {

class MemberNames {
 public:
  MemberNames() = default;
  MemberNames(MemberNames&&) noexcept = default;
  MemberNames& operator=(MemberNames&&) noexcept = default;
  MemberNames(const MemberNames&) = delete;  // the names stand in the tree
  MemberNames& operator=(const MemberNames&) = delete;

  size_t size() const { return in_order_.size(); }
  // size(): there is none. `guess`: which it may be.
  size_t Find(std::string_view name, size_t guess) const {
    if (guess < in_order_.size() && *in_order_[guess] == name) return guess;
    const auto found = places_.find(name);
    return found == places_.end() ? size() : found->second;
  }
  void Add(std::string_view name) { in_order_.push_back(&places_.try_emplace(std::string(name), size()).first->first); }
  const std::string& operator[](size_t place) const { return *in_order_[place]; }
  void Clear() {
    in_order_.clear();
    places_.clear();
  }

 private:
  std::map<std::string, size_t, std::less<>> places_;
  std::vector<const std::string*> in_order_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_TABLES_MEMBER_NAMES_H_
