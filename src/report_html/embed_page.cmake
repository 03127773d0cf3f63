# Writes OUT, a C++ file with the text of FILE.
file(READ ${FILE} page)
file(WRITE ${OUT} "// Made by embed_page.cmake from src/report_html/page.html.\n#include \"report_html/page.h\"\n\nnamespace unecho {\n\n"
  "std::string_view HtmlPage() {\n  return R\"~~html~~(${page})~~html~~\";\n}\n\n}  // namespace unecho\n")
