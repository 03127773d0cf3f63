# Writes OUT, a C++ file with the text of FILE.
file(READ ${FILE} page)
file(WRITE ${OUT} "// Made by embed_page.cmake from src/page/template/page.html.\n#include \"page/template.h\"\n\nnamespace unecho {\n\n"
  "std::string_view HtmlPage() {\n  return R\"~~html~~(${page})~~html~~\";\n}\n\n}  // namespace unecho\n")
