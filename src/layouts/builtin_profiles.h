// The TOML texts under src/layouts/profiles, embedded at build time, in the order of UNECHO_PROFILES in CMakeLists.txt.
#ifndef UNECHO_SRC_LAYOUTS_BUILTIN_PROFILES_H_
#define UNECHO_SRC_LAYOUTS_BUILTIN_PROFILES_H_

#include <span>
#include <string_view>

namespace unecho {

struct BuiltinProfile {
  std::string_view name, toml;
};
std::span<const BuiltinProfile> BuiltinProfiles();

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_BUILTIN_PROFILES_H_
