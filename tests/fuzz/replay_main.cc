// Runs a fuzz target without libFuzzer: on every file of a corpus, and on mutations of each that are the same
// every time: N of each file, or as many as makes 4,000 of all, and at most 200.
//   fuzz_NAME_replay [-mutations=N] FILE_OR_DIRECTORY...
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace {

using Bytes = std::vector<uint8_t>;

void Run(const Bytes& input) {
  // A heap block of exactly this size, so that AddressSanitizer sees a read behind its end.
  const Bytes exact(input.begin(), input.end());
  LLVMFuzzerTestOneInput(exact.data(), exact.size());
}

// One to four edits: bytes changed, removed, repeated, or something that the layouts look for put in.
Bytes Mutate(Bytes bytes, std::mt19937_64& random) {
  static constexpr std::string_view kFragments[] = {"\n",
                                                    "\n\n",
                                                    "\r",
                                                    "\r\n",
                                                    " \t\n",
                                                    "new",
                                                    "Subscribe\n\n",
                                                    "Mar 14\n\n",
                                                    "\"",
                                                    "\\u0041",
                                                    "\\ud800",
                                                    "{",
                                                    "}",
                                                    ",",
                                                    "\"title\":",
                                                    "null",
                                                    "1e9",
                                                    "\xff",
                                                    "\xc3\xa4",
                                                    "\xe6\xb2",
                                                    "\xef\xbb\xbf",
                                                    "\xf0\x9f\x8c\x8a",
                                                    "<item>",
                                                    "</item>",
                                                    "<title>",
                                                    "<![CDATA[",
                                                    "]]>",
                                                    "<!--",
                                                    "-->",
                                                    "&lt;",
                                                    "&#8217;",
                                                    "<p>",
                                                    "/>",
                                                    "[",
                                                    "]",
                                                    ":",
                                                    "\\",
                                                    "\"\"",
                                                    ",\"",
                                                    "@article{k,",
                                                    "@string{",
                                                    "#",
                                                    "(",
                                                    ")",
                                                    "WARC/1.0\r\n",
                                                    "Content-Length: 9\r\n",
                                                    "From a Mon Apr  5 10:00:00 1993\n",
                                                    "Subject: =?utf-8?Q?=C3=A4?=\n",
                                                    "Content-Type: multipart/mixed; boundary=b\n\n",
                                                    "\n--b\n",
                                                    "\n--b--\n",
                                                    "\r\n\r\n"};
  auto below = [&random](size_t n) { return static_cast<size_t>(random() % n); };
  for (size_t edits = 1 + below(4); edits > 0; --edits) {
    const size_t at = below(bytes.size() + 1);
    const size_t count = std::min(bytes.size() - at, 1 + below(16));
    const auto here = bytes.begin() + static_cast<std::ptrdiff_t>(at);
    switch (below(5)) {
      case 0:
        if (at < bytes.size()) *here = static_cast<uint8_t>(random());
        break;
      case 1: bytes.erase(here, here + static_cast<std::ptrdiff_t>(count)); break;
      case 2: {
        const Bytes copy(here, here + static_cast<std::ptrdiff_t>(count));
        bytes.insert(here, copy.begin(), copy.end());
        break;
      }
      case 3: bytes.resize(at); break;
      default: {
        const std::string_view fragment = kFragments[below(std::size(kFragments))];
        bytes.insert(here, fragment.begin(), fragment.end());
      }
    }
  }
  return bytes;
}

}  // namespace

int main(int argc, char** argv) {
  constexpr std::string_view kMutations = "-mutations=";
  constexpr size_t kMostOfAll = 4'000;
  std::optional<size_t> mutations;
  std::vector<std::filesystem::path> files;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument.starts_with(kMutations)) {
      mutations = std::strtoul(argv[i] + kMutations.size(), nullptr, 10);
    } else if (std::filesystem::is_directory(argument)) {
      for (const auto& entry : std::filesystem::directory_iterator(argument)) files.push_back(entry.path());
    } else {
      files.emplace_back(argument);
    }
  }
  std::sort(files.begin(), files.end());
  if (files.empty()) {
    std::cerr << "no input to run\n";
    return 2;
  }
  const size_t mutations_of_each = mutations.value_or(std::clamp<size_t>(kMostOfAll / files.size(), 1, 200));
  Run({});
  for (const auto& file : files) {
    std::ifstream in(file, std::ios::binary);
    if (!in) {
      std::cerr << "cannot read " << file << "\n";
      return 2;
    }
    const Bytes input{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    std::cout << file.filename().string() << ", " << input.size() << " bytes\n" << std::flush;
    Run(input);
    std::mt19937_64 random(input.size());
    for (size_t i = 0; i < mutations_of_each; ++i) Run(Mutate(input, random));
  }
  return 0;
}
