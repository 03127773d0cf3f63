// Text that holds code points above ASCII -> its normalised tokens, in one pass. tokens.h gives the rules; this is the
// way for everything that the ASCII kernel leaves.
//
// Nearly every code point is decided by one look into the table: it is a boundary, so its folding is known and
// independent of what surrounds it. It is appended to the open word, or is a token by itself, or ends the word. Marks
// that stand in order stay as they are (the quick check of UAX #15, section 9). Whatever else comes - a mark that
// composes or stands out of order, a letter that folds to several - takes back what was done since the last boundary
// and leaves the slice from there to the next one to ICU (unicode_slices.h).
//
// Taking back only shortens the open word and drops tokens of single characters: a boundary that ended the open word (a
// separator, a solo) still ends it after normalisation, because no canonical composition turns one into a letter of a
// word (tokens_test checks them all).
#ifndef UNECHO_SRC_MATCH_UNICODE_WORDS_H_
#define UNECHO_SRC_MATCH_UNICODE_WORDS_H_

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

#include "text/code_points.h"
#include "text/unicode_slices.h"
#include "text/unicode_table.h"

namespace unecho {

// What an ASCII character folds to, 0 if it is no letter or digit.
inline constexpr auto kAsciiFold = [] {
  std::array<char, 128> fold{};
  for (char c = '0'; c <= '9'; ++c) fold[static_cast<size_t>(c)] = c;
  for (char c = 'a'; c <= 'z'; ++c) fold[static_cast<size_t>(c)] = fold[static_cast<size_t>(c - 'a' + 'A')] = c;
  return fold;
}();

// A Sink takes the tokens and is copied about, so it must be a few words:
//   Token(bytes, size)       the next token, with 16 readable bytes behind it
//   Solo(bytes, size)        the same, in a register
//   TakeBackSolo(size)       forgets the last one, a Solo
//   Reserve(n)               before up to n tokens
template <typename Sink>
class UnicodeWords {
 public:
  // Gives the tokens of `part` to `sink`; `part` lies within `text` and no token crosses its ends. 16 bytes behind the
  // text must be readable. What is before the part is ASCII, malformed, punctuation that composes with nothing, or
  // anything if the part begins with a boundary; ASCII may be joined by a mark that begins the part (U+0338 makes
  // another sign of '<', '=' and '>').
  void Collect(std::string_view text, std::string_view part, Sink& sink);

 private:
  // What the hot loop keeps in registers; other code gets it and gives it back.
  struct State {
    const uint8_t* at;  // the next byte
    size_t word_size;   // of the open word, in word_
    MarkOrder order;    // of the marks accepted since the last boundary
    Sink sink;
  };

  static constexpr size_t kStretchBytes = 4096;
  static bool IsSecondByte(uint8_t byte) { return static_cast<int8_t>(byte) < -0x40; }  // 0x80..0xbf
  static void Store(char* to, CharInfo info) {
    const uint32_t bytes = info.bytes();
    std::memcpy(to, &bytes, sizeof bytes);
  }
  static const uint8_t* WithoutCutOff(const uint8_t* begin, const uint8_t* end);
  CharInfo Decode(const uint8_t* at, size_t& size) const;

  State Stretch(State state, const uint8_t* stop);
  State Unusual(State state);
  bool InsertMark(CharInfo mark, State& state);
  const uint8_t* TakeBack(State& state);
  void AddSlice(std::string_view slice, State& state);
  void EndWord(State& state) {
    if (state.word_size != 0) state.sink.Token(word_.data(), state.word_size);
    state.word_size = 0;
  }
  void Reserve(State& state, size_t word_bytes, size_t tokens) {
    if (word_.size() < state.word_size + word_bytes + 16) word_.resize(2 * (state.word_size + word_bytes + 16));
    state.sink.Reserve(tokens + 1);
  }

  const uint8_t* end_ = nullptr;    // of the part
  const uint8_t* floor_ = nullptr;  // nothing before it joins what comes: behind a slice or malformed bytes
  std::vector<char> word_;
  SliceNormalizer slices_;
};

template <typename Sink>
void UnicodeWords<Sink>::Collect(std::string_view text, std::string_view part, Sink& sink) {
  const auto* const begin = reinterpret_cast<const uint8_t*>(part.data());
  const auto* const text_begin = reinterpret_cast<const uint8_t*>(text.data());
  end_ = begin + part.size();
  if (end_ == text_begin + text.size()) end_ = WithoutCutOff(begin, end_);
  floor_ = begin > text_begin && begin[-1] < 0x80 ? begin - 1 : begin;
  State state = {begin, 0, {}, sink};
  while (state.at < end_) {
    // In the loop a code point adds at most one token, and at most doubles its bytes: room is made once for many.
    const size_t bytes = std::min(static_cast<size_t>(end_ - state.at), kStretchBytes);
    Reserve(state, 2 * bytes + 16, bytes + 16);
    state = Stretch(state, state.at + bytes);
    if (state.at < end_) state = Unusual(state);
  }
  EndWord(state);
  end_ = begin + part.size();
  Reserve(state, 16, 4);
  while (state.at < end_) state = Unusual(state);  // what is cut off
  sink = state.sink;
}

// Bytes of a sequence that the end of the text cuts off are malformed. The loop may not look at them: what lies behind
// them in memory might complete them.
template <typename Sink>
const uint8_t* UnicodeWords<Sink>::WithoutCutOff(const uint8_t* begin, const uint8_t* end) {
  constexpr uint8_t kFirstBytes[] = {0xc0, 0xe0, 0xf0};  // of sequences of at least 2, 3, 4
  for (ptrdiff_t back = 1; back <= std::min(ptrdiff_t{3}, end - begin); ++back) {
    if (end[-back] >= kFirstBytes[back - 1]) return end - back;
    if (!IsSecondByte(end[-back])) break;
  }
  return end;
}

// Goes on to `stop` or to the first code point that is not decided by the table alone.
template <typename Sink>
typename UnicodeWords<Sink>::State UnicodeWords<Sink>::Stretch(State state, const uint8_t* stop) {
  const uint8_t* at = state.at;
  size_t word_size = state.word_size;
  MarkOrder order = state.order;
  Sink sink = state.sink;
  char* const word = word_.data();
  while (at < stop) {
    const uint8_t first = *at;
    if (first < 0x80) {
      const char fold = kAsciiFold[first];
      order = {};
      ++at;
      if (fold != 0) {
        word[word_size++] = fold;
      } else if (word_size != 0) {
        sink.Token(word, word_size);
        word_size = 0;
      }
      continue;
    }
    CharInfo info;
    size_t size;
    if (first < 0xe0) {
      if (first < 0xc0 || !IsSecondByte(at[1])) break;
      info = UnicodeTable::OfTwoBytes(first, at[1]);
      size = 2;
    } else {
      if (first >= 0xf0 || !IsSecondByte(at[1]) || !IsSecondByte(at[2])) break;
      info = UnicodeTable::OfThreeBytes(first, at[1], at[2]);
      size = 3;
    }
    if (info.IsOutOfOrder(order)) break;
    if (info.IsWord()) {
      Store(word + word_size, info);
      word_size += info.size();
    } else if (info.IsSolo()) {
      if (word_size != 0) {
        if (!info.IsBoundary()) break;
        sink.Token(word, word_size);
        word_size = 0;
      }
      sink.Solo(info.bytes(), info.size());
    } else if (info.kind() == CharKind::kSeparator) {
      if (word_size != 0) sink.Token(word, word_size);
      word_size = 0;
    } else {
      break;
    }
    order = info.order();
    at += size;
  }
  return {at, word_size, order, sink};
}

// Any sequence, by ICU's rules for malformed ones.
template <typename Sink>
CharInfo UnicodeWords<Sink>::Decode(const uint8_t* at, size_t& size) const {
  size = 0;
  const int32_t c = NextCodePoint(reinterpret_cast<const char*>(at), size, static_cast<size_t>(end_ - at));
  return c < 0 ? CharInfo(CharKind::kMalformed, 0, 0) : UnicodeTable::Find(static_cast<uint32_t>(c));
}

// One code point of any kind.
template <typename Sink>
typename UnicodeWords<Sink>::State UnicodeWords<Sink>::Unusual(State state) {
  size_t size;
  const CharInfo info = Decode(state.at, size);
  switch (info.kind()) {
    case CharKind::kWord:
      Store(word_.data() + state.word_size, info);
      state.word_size += info.size();
      state.order = {};
      state.at += size;
      return state;
    case CharKind::kSolo:
    case CharKind::kSeparator:
      EndWord(state);
      if (info.kind() == CharKind::kSolo) state.sink.Solo(info.bytes(), info.size());
      state.order = {};
      state.at += size;
      return state;
    case CharKind::kRemoved:  // its neighbours meet: the next one's kind decides
      state.at += size;
      return state;
    case CharKind::kMalformed: {  // a letter that nobody knows
      EndWord(state);
      uint32_t bytes = 0;
      for (size_t i = 0; i < size; ++i) bytes |= uint32_t{state.at[i]} << (8 * i);
      state.sink.Solo(bytes, size);
      state.order = {};
      state.at += size;
      floor_ = state.at;
      return state;
    }
    case CharKind::kWordMark:
      if (!InsertMark(info, state)) break;
      state.at += size;
      return state;
    default: break;
  }
  const uint8_t* const first = info.IsBoundary() ? state.at : TakeBack(state);
  state.at += size;
  while (state.at < end_) {
    const CharInfo next = Decode(state.at, size);
    if (next.IsBoundary() || next.kind() == CharKind::kMalformed) break;
    state.at += size;
  }
  AddSlice({reinterpret_cast<const char*>(first), static_cast<size_t>(state.at - first)}, state);
  state.order = {};
  floor_ = state.at;
  return state;
}

// Adds a mark, before those of higher class. False if they are not all in the open word, or are so many that ICU does
// it faster.
template <typename Sink>
bool UnicodeWords<Sink>::InsertMark(CharInfo mark, State& state) {
  constexpr size_t kMaxMarkBytes = 32;
  char* const word = word_.data();
  size_t to = state.word_size;
  for (size_t before = to;; to = before) {
    if (to == 0 || state.word_size - to > kMaxMarkBytes) return false;
    do {
      --before;
    } while (before > 0 && IsSecondByte(static_cast<uint8_t>(word[before])));
    size_t i = 0;
    const int32_t c = NextCodePoint(word + before, i, to - before);
    if (!mark.IsOutOfOrder(UnicodeTable::Find(static_cast<uint32_t>(c)).order())) break;
  }
  std::memmove(word + to + mark.size(), word + to, state.word_size - to);
  const uint32_t bytes = mark.bytes();
  std::memcpy(word + to, &bytes, mark.size());
  state.word_size += mark.size();
  state.order = std::max(state.order, mark.order());
  return true;
}

// Undoes the code points from the last boundary on, and returns where it is.
template <typename Sink>
const uint8_t* UnicodeWords<Sink>::TakeBack(State& state) {
  const uint8_t* at = state.at;
  while (at > floor_) {
    do {
      --at;
    } while (at > floor_ && IsSecondByte(*at));
    size_t size;
    const CharInfo info = Decode(at, size);
    if (info.IsWord()) state.word_size -= info.size();
    if (info.IsSolo()) state.sink.TakeBackSolo(info.size());
    if (info.IsBoundary()) break;
  }
  return at;
}

template <typename Sink>
void UnicodeWords<Sink>::AddSlice(std::string_view slice, State& state) {
  const std::span<const CharInfo> parts = slices_.Normalize(slice);
  Reserve(state, 4 * parts.size(), parts.size());
  for (const CharInfo part : parts) {
    if (part.kind() == CharKind::kWord) {
      Store(word_.data() + state.word_size, part);
      state.word_size += part.size();
      continue;
    }
    EndWord(state);
    if (part.kind() == CharKind::kSolo) state.sink.Solo(part.bytes(), part.size());
  }
}

}  // namespace unecho

#endif  // UNECHO_SRC_MATCH_UNICODE_WORDS_H_
