// What an installed unecho gives a program: the definition of sameness, the layouts and the JSON writer.
#include <cstdio>
#include <string>
#include <vector>

#include "unecho/json.h"
#include "unecho/layouts.h"
#include "unecho/reference.h"

int main() {
  std::vector<std::string> a, b;
  unecho::AppendReferenceTokens("The quick brown fox jumps over the lazy dog", a);
  unecho::AppendReferenceTokens("THE QUICK brown fox -- jumps over the lazy cat!", b);
  const double similarity =
      unecho::ReferenceSimilarity(unecho::ReferenceShingles(a, 5), unecho::ReferenceShingles(b, 5));

  std::string json;
  unecho::JsonWriter writer(json);
  writer.BeginObject();
  writer.Key("similarity");
  writer.Fixed6(similarity);
  writer.Key("layout");
  const unecho::LayoutPtr page = unecho::FindLayout("page");
  writer.String(page == nullptr ? "none" : page->name());
  writer.EndObject();
  std::printf("%s\n", json.c_str());
  // 5 shingles each, 4 of them shared: 4 / 6.
  return json == R"({"similarity":0.666667,"layout":"page"})" ? 0 : 1;
}
