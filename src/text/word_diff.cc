#include "text/word_diff.h"

#include <algorithm>

#include "absl/strings/str_format.h"
#include "base/hash_map.h"
#include "text/shown_text.h"

namespace unecho {
namespace {

// A stretch of either text.
struct Box {
  int64_t a_begin, a_end, b_begin, b_end;
};

struct Point {
  int64_t a, b;
};

class Myers {
 public:
  Myers(std::vector<uint32_t> a, std::vector<uint32_t> b)
      : a_(std::move(a)),
        b_(std::move(b)),
        in_a_(a_.size(), false),
        in_b_(b_.size(), false),
        forward_(a_.size() + b_.size() + 3),
        backward_(forward_.size()) {}

  void Run() {
    std::vector<Box> boxes = {{0, static_cast<int64_t>(a_.size()), 0, static_cast<int64_t>(b_.size())}};
    while (!boxes.empty()) {
      Box box = boxes.back();
      boxes.pop_back();
      while (box.a_begin < box.a_end && box.b_begin < box.b_end && Equal(box.a_begin, box.b_begin))
        Share(box.a_begin++, box.b_begin++);
      while (box.a_begin < box.a_end && box.b_begin < box.b_end && Equal(box.a_end - 1, box.b_end - 1))
        Share(--box.a_end, --box.b_end);
      if (box.a_begin == box.a_end || box.b_begin == box.b_end) continue;
      Point middle{};
      if (!FindMiddle(box, middle)) continue;
      boxes.push_back({box.a_begin, middle.a, box.b_begin, middle.b});
      boxes.push_back({middle.a, box.a_end, middle.b, box.b_end});
    }
  }
  bool a_is_shared(size_t i) const { return in_a_[i]; }
  bool b_is_shared(size_t i) const { return in_b_[i]; }

 private:
  bool Equal(int64_t i, int64_t j) const { return a_[static_cast<size_t>(i)] == b_[static_cast<size_t>(j)]; }
  void Share(int64_t i, int64_t j) {
    in_a_[static_cast<size_t>(i)] = true;
    in_b_[static_cast<size_t>(j)] = true;
  }
  // Diagonal k = i - j, from -|b| - 1 to |a| + 1.
  int64_t& At(std::vector<int64_t>& front, int64_t diagonal) {
    return front[static_cast<size_t>(diagonal + static_cast<int64_t>(b_.size()) + 1)];
  }

  // A point on a shortest script of the box. Two fronts, of how far along each diagonal one comes with so many edits,
  // grow from both corners; where they meet, half of the edits lie on either side. False: more than kMaxEdits.
  bool FindMiddle(const Box& box, Point& middle) {
    const int64_t width = box.a_end - box.a_begin, height = box.b_end - box.b_begin;
    const int64_t start = box.a_begin - box.b_begin, goal = box.a_end - box.b_end;
    const bool is_odd = ((width - height) & 1) != 0;
    At(forward_, start + 1) = box.a_begin;
    At(backward_, goal - 1) = box.a_end;
    for (int64_t edits = 0; edits <= kMaxEdits; ++edits) {
      for (int64_t k = start - edits; k <= start + edits; k += 2) {
        if (k < box.a_begin - box.b_end || k > box.a_end - box.b_begin) continue;
        const bool down = k == start - edits || (k != start + edits && Forward(k - 1, box) < Forward(k + 1, box));
        int64_t i = down ? Forward(k + 1, box) : Forward(k - 1, box) + 1;
        int64_t j = i - k;
        while (i < box.a_end && j < box.b_end && Equal(i, j)) ++i, ++j;
        At(forward_, k) = i;
        if (is_odd && k >= goal - (edits - 1) && k <= goal + (edits - 1) && i >= Backward(k, box)) {
          middle = {i, j};
          return true;
        }
      }
      for (int64_t k = goal - edits; k <= goal + edits; k += 2) {
        if (k < box.a_begin - box.b_end || k > box.a_end - box.b_begin) continue;
        const bool up = k == goal + edits || (k != goal - edits && Backward(k - 1, box) < Backward(k + 1, box));
        int64_t i = up ? Backward(k - 1, box) : Backward(k + 1, box) - 1;
        int64_t j = i - k;
        while (i > box.a_begin && j > box.b_begin && Equal(i - 1, j - 1)) --i, --j;
        At(backward_, k) = i;
        if (!is_odd && k >= start - edits && k <= start + edits && i <= Forward(k, box)) {
          middle = {i, j};
          return true;
        }
      }
    }
    return false;
  }
  // Diagonals outside the box lead nowhere.
  int64_t Forward(int64_t k, const Box& box) {
    return k < box.a_begin - box.b_end || k > box.a_end - box.b_begin ? kNowhereForward : At(forward_, k);
  }
  int64_t Backward(int64_t k, const Box& box) {
    return k < box.a_begin - box.b_end || k > box.a_end - box.b_begin ? kNowhereBackward : At(backward_, k);
  }

  static constexpr int64_t kNowhereForward = INT64_MIN / 2, kNowhereBackward = INT64_MAX / 2;
  std::vector<uint32_t> a_, b_;
  std::vector<bool> in_a_, in_b_;
  std::vector<int64_t> forward_, backward_;
};

}  // namespace

std::vector<std::string_view> SplitWords(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n\v\f";
  std::vector<std::string_view> words;
  for (size_t at = text.find_first_not_of(kSpace); at != std::string_view::npos;) {
    const size_t end = std::min(text.find_first_of(kSpace, at), text.size());
    words.push_back(text.substr(at, end - at));
    at = text.find_first_not_of(kSpace, end);
  }
  return words;
}

std::vector<DiffRun> DiffWords(std::span<const std::string> a, std::span<const std::string> b) {
  HashMap<std::string, uint32_t> numbers;
  const auto number = [&numbers](std::span<const std::string> words) {
    std::vector<uint32_t> result;
    for (const std::string& word : words)
      result.push_back(numbers.try_emplace(word, static_cast<uint32_t>(numbers.size())).first->second);
    return result;
  };
  std::vector<uint32_t> a_numbers = number(a), b_numbers = number(b);
  Myers myers(std::move(a_numbers), std::move(b_numbers));
  myers.Run();
  std::vector<DiffRun> runs;
  const auto add = [&runs](DiffRun::Kind kind, size_t i, size_t j) {
    if (runs.empty() || runs.back().kind != kind) runs.push_back({kind, i, j, 0});
    ++runs.back().size;
  };
  for (size_t i = 0, j = 0; i < a.size() || j < b.size();) {
    if (i < a.size() && !myers.a_is_shared(i))
      add(DiffRun::Kind::kOnlyA, i, j), ++i;
    else if (j < b.size() && !myers.b_is_shared(j))
      add(DiffRun::Kind::kOnlyB, i, j), ++j;
    else
      add(DiffRun::Kind::kSame, i, j), ++i, ++j;
  }
  return runs;
}

std::string RenderDiff(std::span<const DiffRun> runs, std::span<const std::string_view> a,
                       std::span<const std::string_view> b, const DiffStyle& style) {
  std::string out;
  const auto append = [&out](std::span<const std::string_view> words) {
    for (size_t i = 0; i < words.size(); ++i) {
      if (i > 0) out += ' ';
      AppendShown(words[i], out);
    }
  };
  for (const DiffRun& run : runs) {
    if (!out.empty()) out += ' ';
    switch (run.kind) {
      case DiffRun::Kind::kSame: {
        // Of what is the same, b's words are shown: it is the text in question.
        const auto words = b.subspan(run.b_begin, run.size);
        if (run.size <= 2 * style.context + 1) {
          append(words);
          break;
        }
        append(words.first(&run == &runs.front() ? 0 : style.context));
        out += absl::StrFormat(
            "%s... %d words ...", out.empty() || out.back() == ' ' ? "" : " ",
            run.size - (&run == &runs.front() ? 0 : style.context) - (&run == &runs.back() ? 0 : style.context));
        if (&run != &runs.back()) {
          out += ' ';
          append(words.last(style.context));
        }
        break;
      }
      case DiffRun::Kind::kOnlyA:
        out += style.colour ? "\x1b[31m" : "[-";
        append(a.subspan(run.a_begin, run.size));
        out += style.colour ? "\x1b[m" : "-]";
        break;
      case DiffRun::Kind::kOnlyB:
        out += style.colour ? "\x1b[32m" : "{+";
        append(b.subspan(run.b_begin, run.size));
        out += style.colour ? "\x1b[m" : "+}";
        break;
    }
  }
  return out;
}

}  // namespace unecho
