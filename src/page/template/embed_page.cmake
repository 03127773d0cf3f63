# Writes OUT, a C++ file with the text of the page: page.html, with the style and the scripts beside it where it has
# @STYLE@, @THEME@ and @SCRIPT@.
get_filename_component(folder ${FILE} DIRECTORY)
file(READ ${FILE} page)
file(READ ${folder}/page.css style)
file(READ ${folder}/theme.js theme)
set(script "")
foreach(name words charts diff overview figures tune groups records rest)
  file(READ ${folder}/${name}.js part)
  string(APPEND script "${part}")
endforeach()
string(REPLACE "@STYLE@" "${style}" page "${page}")
string(REPLACE "@THEME@" "${theme}" page "${page}")
string(REPLACE "@SCRIPT@" "${script}" page "${page}")
file(WRITE ${OUT} "// Made by embed_page.cmake from src/page/template/page.html.\n#include \"page/template.h\"\n\nnamespace unecho {\n\n"
  "std::string_view HtmlPage() {\n  return R\"~~html~~(${page})~~html~~\";\n}\n\n}  // namespace unecho\n")
