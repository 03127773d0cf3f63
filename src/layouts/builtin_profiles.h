// The TOML texts under src/layouts/profiles, embedded at build time, in the order of UNECHO_PROFILES in CMakeLists.txt.
#ifndef UNECHO_SRC_LAYOUTS_BUILTIN_PROFILES_H_
#define UNECHO_SRC_LAYOUTS_BUILTIN_PROFILES_H_

#include <string_view>
#include <vector>

namespace unecho {

const std::vector<std::string_view>& BuiltinProfiles();

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_BUILTIN_PROFILES_H_
