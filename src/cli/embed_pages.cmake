# Writes OUT, a C++ file with the text of every page in FILES, in that order. A page is called by its file: unecho-layouts.5.md is `layouts`,
# unecho.1.md is `unecho`.
set(text "// Made by embed_pages.cmake from docs.\n#include \"cli/help_pages.h\"\n\nnamespace unecho {\n\n")
string(APPEND text "std::span<const HelpPage> HelpPages() {\n  static constexpr HelpPage kPages[] = {\n")
foreach(file ${FILES})
  get_filename_component(name ${file} NAME)
  string(REGEX REPLACE "\\.[0-9]\\.md$" "" name ${name})
  string(REGEX REPLACE "^unecho-" "" name ${name})
  file(READ ${file} page)
  string(APPEND text "{\"${name}\", R\"~~md~~(${page})~~md~~\"},\n")
endforeach()
string(APPEND text "  };\n  return kPages;\n}\n\n}  // namespace unecho\n")
file(WRITE ${OUT} "${text}")
