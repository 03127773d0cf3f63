# Writes OUT, a C++ file with the text of every profile in FILES, in that order.
set(text "// Made by embed_profiles.cmake from src/layouts/profiles.\n#include \"layouts/builtin_profiles.h\"\n\nnamespace unecho {\n\n")
string(APPEND text "const std::vector<std::string_view>& BuiltinProfiles() {\n  static const std::vector<std::string_view> profiles = {\n")
foreach(file ${FILES})
  file(READ ${file} profile)
  string(APPEND text "R\"~~toml~~(${profile})~~toml~~\",\n")
endforeach()
string(APPEND text "  };\n  return profiles;\n}\n\n}  // namespace unecho\n")
file(WRITE ${OUT} "${text}")
