#include "data.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <stdexcept>

#include "base/batch.h"
#include "layouts/cutter.h"
#include "match/tokens.h"
#include "unecho/layouts.h"

namespace unecho::bench {
namespace {

void AppendUtf8(char32_t c, std::string& out) {
  const auto byte = [&out](char32_t value) { out += static_cast<char>(value); };
  if (c < 0x80) {
    byte(c);
  } else if (c < 0x800) {
    byte(0xc0 | c >> 6), byte(0x80 | (c & 0x3f));
  } else {
    byte(0xe0 | c >> 12), byte(0x80 | (c >> 6 & 0x3f)), byte(0x80 | (c & 0x3f));
  }
}

// The letters of a script, frequent ones repeated.
std::u32string Range(char32_t first, char32_t last) {
  std::u32string letters;
  for (char32_t c = first; c <= last; ++c) letters += c;
  return letters;
}
std::u32string Times(int n, const std::u32string& letters) {
  std::u32string all;
  for (int i = 0; i < n; ++i) all += letters;
  return all;
}

struct Style {
  std::u32string letters;
  size_t least_letters, most_letters;  // of a word
  const char* space;                   // between words; empty in scripts without
  std::array<const char*, 2> stops;    // after about one word in 9, and at the end of a sentence
  bool has_case;
};

Style StyleOf(Language language) {
  const std::u32string latin = U"eeeeeeetttttaaaaaooooiiiinnnnsssrrrhhlldddcumfpgwybvkxjqz";
  switch (language) {
    case Language::kFrench:
    case Language::kFrenchDecomposed: return {Times(2, latin) + U"éééèàçê", 2, 9, " ", {", ", ". "}, true};
    case Language::kRussian: return {Times(3, U"оеаинтсрвл") + Range(0x430, 0x44f), 2, 10, " ", {", ", ". "}, true};
    case Language::kChinese: return {Range(0x4e00, 0x5dff), 1, 3, "", {"，", "。"}, false};
    case Language::kJapanese:
      return {Times(8, Range(0x3042, 0x3093)) + Times(2, Range(0x30a2, 0x30f3)) + Range(0x4e00, 0x4f2b),
              1,
              5,
              "",
              {"、", "。"},
              false};
    case Language::kArabic:
      return {Times(3, U"الينمرتبو") + Range(0x627, 0x63a) + Range(0x641, 0x64a), 2, 8, " ", {"، ", ". "}, false};
    case Language::kThai:  // with vowel signs and tone marks, and the sign am, which does not stay what it is
      return {Times(2, Range(0xe01, 0xe2e)) + Times(3, U"\u0e31\u0e34\u0e35\u0e48\u0e49") +
                  U"\u0e33\u0e40\u0e41\u0e32\u0e32",
              2,
              8,
              "",
              {" ", " "},
              false};
    default: return {latin, 2, 9, " ", {", ", ". "}, true};
  }
}

// The base letter and combining accent of the few that the French here has.
void AppendDecomposed(char32_t c, std::string& out) {
  static constexpr std::u32string_view kComposed = U"éèàçê", kBase = U"eeace";
  static constexpr char32_t kAccent[] = {0x301, 0x300, 0x300, 0x327, 0x302};
  const size_t at = kComposed.find(c);
  if (at == kComposed.npos) return AppendUtf8(c, out);
  AppendUtf8(kBase[at], out);
  AppendUtf8(kAccent[at], out);
}

class Writer {
 public:
  Writer(Language language, uint64_t seed) : style_(StyleOf(language)), random_(seed) {
    constexpr size_t kWords = 8000;
    for (size_t i = 0; i < kWords; ++i) {
      // Frequent words are short.
      const size_t most = i < 100 ? (style_.least_letters + style_.most_letters) / 2 : style_.most_letters;
      const size_t letters = style_.least_letters + random_.Below(most - style_.least_letters + 1);
      std::string word;
      for (size_t k = 0; k < letters; ++k) {
        const char32_t c = style_.letters[random_.Below(style_.letters.size())];
        language == Language::kFrenchDecomposed ? AppendDecomposed(c, word) : AppendUtf8(c, word);
      }
      words_.push_back(std::move(word));
    }
  }

  void AppendWord(bool starts_sentence, std::string& out) {
    if (random_.Below(60) == 0) {
      out += std::to_string(random_.Below(3000));
      return;
    }
    // exp(uniform): rank r has weight 1 / r.
    const double uniform = static_cast<double>(random_.Below(1 << 24)) / (1 << 24);
    const auto rank = static_cast<size_t>(std::exp(uniform * std::log(static_cast<double>(words_.size()))));
    const size_t at = out.size();
    out += words_[std::min(rank, words_.size()) - 1];
    const bool is_lower = out[at] >= 'a' && out[at] <= 'z';
    if (starts_sentence && style_.has_case && is_lower) out[at] = static_cast<char>(out[at] - 32);
  }

  void AppendWords(size_t count, std::string& out) {
    bool starts_sentence = true;
    for (size_t i = 0; i < count; ++i) {
      AppendWord(starts_sentence, out);
      starts_sentence = false;
      const size_t chance = random_.Below(18);
      if (i + 1 == count) break;
      if (chance < 2)
        out += style_.stops[0];
      else if (chance == 2)
        out += style_.stops[1], starts_sentence = true;
      else
        out += style_.space;
    }
  }
  size_t Below(size_t n) { return random_.Below(n); }

 private:
  Style style_;
  Random random_;
  std::vector<std::string> words_;
};

}  // namespace

std::string_view Name(Language language) {
  static constexpr std::string_view kNames[] = {
      "english", "french", "french_decomposed", "russian", "chinese", "japanese", "arabic", "thai", "mixed"};
  return kNames[static_cast<size_t>(language)];
}

std::string MakeText(Language language, size_t bytes, uint64_t seed) {
  std::string text;
  if (language == Language::kMixed) {
    constexpr Language kOthers[] = {Language::kFrench,   Language::kRussian, Language::kChinese,
                                    Language::kJapanese, Language::kArabic,  Language::kThai};
    for (size_t i = 0; text.size() < bytes; ++i) {
      text += MakeText(i % 2 == 0 ? Language::kEnglish : kOthers[i / 2 % std::size(kOthers)], 1000, seed + i);
      text += '\n';
    }
    return text;
  }
  Writer writer(language, seed);
  while (text.size() < bytes) {
    writer.AppendWords(200, text);
    text += '\n';
  }
  return text;
}

WordRecords MakeWordRecords(size_t count, uint64_t seed) {
  WordRecords records;
  Writer writer(Language::kEnglish, seed);
  Tokenizer tokenizer;
  for (size_t i = 0; i < count; ++i) {
    std::string text;
    writer.AppendWords(120 + writer.Below(161), text);
    records.text_bytes += text.size();
    const PaddedText padded(std::move(text));
    tokenizer.Clear();
    tokenizer.Add(padded.view());
    std::vector<uint32_t> words;
    for (const uint64_t hash : tokenizer.hashes()) words.push_back(static_cast<uint32_t>(hash));
    records.words.push_back(std::move(words));
  }
  return records;
}

std::vector<uint32_t> Edited(const std::vector<uint32_t>& words, size_t step) {
  std::vector<uint32_t> copy = words;
  for (size_t i = step / 2; i < copy.size(); i += step) copy[i] = copy[i] * 0x9e3779b1 + 1;
  return copy;
}

std::string MakeJsonl(size_t bytes) {
  Writer writer(Language::kEnglish, 3);
  std::string file;
  for (size_t i = 0; file.size() < bytes; ++i) {
    file.append("{\"id\": \"r").append(std::to_string(i)).append("\", \"title\": \"");
    writer.AppendWords(8, file);
    file += "\", \"text\": \"";
    writer.AppendWords(60 + writer.Below(80), file);
    file += writer.Below(10) == 0 ? "\\n" : " ";  // one record in ten has an escape
    writer.AppendWords(60 + writer.Below(80), file);
    file += ".\"}\n";
  }
  return file;
}

std::string MakePages(size_t bytes) {
  Writer writer(Language::kEnglish, 4);
  std::string file;
  while (file.size() < bytes) {
    file +=
        "new\n\nGet trending papers in your email inbox!\n\nSubscribe\n\nbyAK and the research community\n\n"
        "Mar 14\n\n";
    for (int entry = 0; entry < 60; ++entry) {
      writer.AppendWords(6 + writer.Below(6), file);
      file += "\n\nWe show that ";
      writer.AppendWords(140 + writer.Below(80), file);
      file += ".\n\n";
    }
  }
  return file;
}

void Load(std::string_view layout, std::string_view bytes, Batch& batch) {
  batch.Clear();
  batch.layout = &GetLayout(layout);
  if (batch.bytes.size() < bytes.size() + Batch::kPaddingBytes) batch.bytes.resize(bytes.size() + Batch::kPaddingBytes);
  std::memcpy(batch.bytes.data(), bytes.data(), bytes.size());
  std::memset(batch.bytes.data() + bytes.size(), 0, Batch::kPaddingBytes);
  const size_t taken = MakeCutter(*batch.layout, {})->Cut({batch.bytes.data(), bytes.size()}, 0, true, batch);
  if (taken != bytes.size()) throw std::logic_error("a source was not cut whole");
  batch.size = taken;
  batch.ends_source = true;
}

}  // namespace unecho::bench
