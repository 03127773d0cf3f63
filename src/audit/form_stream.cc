#include <algorithm>

#include "absl/strings/str_format.h"
#include "audit/form_check.h"
#include "text/json.h"

namespace unecho {
namespace {

constexpr size_t kOutputReadBytes = size_t{64} << 10;
// Where something else stands than should, it goes on within so many bytes, and with one of so many records.
constexpr size_t kLookAheadBytes = size_t{1} << 20;
constexpr size_t kLookAheadRecords = 64;
// ... mostly within so many.
constexpr size_t kNearBytes = size_t{4} << 10;

std::string Excerpt(std::string_view text) {
  constexpr size_t kMost = 60;
  std::string quoted;
  AppendJsonString(text.substr(0, kMost), quoted);
  return text.size() > kMost ? quoted + "..." : quoted;
}

}  // namespace

absl::StatusOr<FormStream> FormStream::Open(const std::string& path, const std::string& name, Violations& violations) {
  UNECHO_ASSIGN_OR_RETURN(auto reader, OpenInput({path, path}, nullptr));
  return FormStream(std::move(reader), name, violations);
}

absl::StatusOr<std::string_view> FormStream::Peek(size_t size) {
  if (begin_ > kOutputReadBytes && begin_ > buffer_.size() / 2) buffer_.erase(0, std::exchange(begin_, 0));
  while (!at_end_ && buffer_.size() - begin_ < size) {
    const size_t have = buffer_.size();
    buffer_.resize(have + kOutputReadBytes);
    UNECHO_ASSIGN_OR_RETURN(const InputReader::Result result,
                            reader_->Read({buffer_.data() + have, kOutputReadBytes}, std::chrono::hours(1)));
    buffer_.resize(have + result.bytes);
    at_end_ = result.at_end;
  }
  return std::string_view(buffer_).substr(begin_);
}

void FormStream::Drop(size_t size) {
  const auto from = buffer_.begin() + static_cast<std::ptrdiff_t>(begin_);
  line_ += static_cast<uint64_t>(std::count(from, from + static_cast<std::ptrdiff_t>(size), '\n'));
  begin_ += size;
}

std::string FormStream::Where() const { return absl::StrFormat("%s line %d", name_, line_); }

void FormStream::Expect(std::string_view text) {
  if (!text.empty()) ends_in_a_line_ = text.back() == '\n';
}

void FormStream::ReportForeign(std::string_view text, const std::string& in_front_of, std::string_view in_place_of) {
  constexpr std::string_view kBetween = " \t\r\n,";
  const size_t begin = std::min(text.find_first_not_of(kBetween), text.size());
  const size_t end = text.find_last_not_of(kBetween) + 1;
  if (begin < end && text.substr(begin, end - begin) == last_text_) {
    violations_->Add(last_ref_, absl::StrFormat("stands once more in %s", Where()));
    return;
  }
  const std::string place = in_front_of.empty() ? "" : " in front of " + in_front_of;
  if (in_place_of.empty())
    violations_->Add(Where(), absl::StrFormat("%s%s belongs to no kept record in turn", Excerpt(text), place));
  else
    violations_->Add(Where(),
                     absl::StrFormat("%s stands%s in place of %s", Excerpt(text), place, Excerpt(in_place_of)));
}

// The piece `at` is not what comes next. Says what is wrong, and gives the next piece to look for.
absl::StatusOr<size_t> FormStream::Resume(std::span<const Piece> pieces, size_t at) {
  const Piece& piece = pieces[at];
  const std::string want = piece.before + std::string(piece.text);
  UNECHO_ASSIGN_OR_RETURN(std::string_view left, Peek(4 * want.size() + kLookAheadBytes));
  const size_t end = std::min(pieces.size(), at + kLookAheadRecords);
  const auto lost = [this](const Piece& each) {
    violations_->Add(each.ref, absl::StrFormat("is kept but not in the %s", name_));
  };
  // It is gone, and perhaps others: a later one follows, behind what stands before it or before the first.
  for (size_t later = at + 1; later < end; ++later) {
    for (const std::string* const before : {&piece.before, &pieces[later].before}) {
      if (!left.starts_with(*before) || !left.substr(before->size()).starts_with(pieces[later].text)) continue;
      std::ranges::for_each(pieces.subspan(at, later - at), lost);
      Drop(before->size() + pieces[later].text.size());
      return later + 1;
    }
  }
  const bool has_before = left.starts_with(piece.before);
  if (has_before) {
    Drop(piece.before.size());
    left.remove_prefix(piece.before.size());
  }
  // Near by, then as far as is looked: else each of many changed records would ask for the whole of it.
  for (const size_t window : {4 * want.size() + kNearBytes, left.size()}) {
    const std::string_view in_reach = left.substr(0, window);
    // Something stands in front of it.
    std::string_view in_front;
    size_t found = has_before ? in_reach.npos : in_reach.find(want);
    if (found != in_reach.npos) {
      found += piece.before.size();
    } else {
      found = in_reach.find(piece.text);
      if (!has_before) in_front = piece.before;
    }
    if (found != in_reach.npos) {
      ReportForeign(left.substr(0, found), piece.ref, in_front);
      Drop(found + piece.text.size());
      return at + 1;
    }
    // It has been changed: the first of the later ones that follows.
    size_t next = pieces.size();
    for (size_t later = at + 1; later < end; ++later) {
      const std::string whole = pieces[later].before + std::string(pieces[later].text);
      const size_t place = in_reach.substr(0, std::min(found, in_reach.size()) + whole.size()).find(whole);
      if (place >= found) continue;
      found = place;
      next = later;
    }
    if (next == pieces.size()) continue;
    violations_->Add(piece.ref, absl::StrFormat("%s is not its text", Where()));
    std::ranges::for_each(pieces.subspan(at + 1, next - at - 1), lost);
    Drop(found);
    return next;
  }
  violations_->Add(piece.ref, absl::StrFormat("%s is not its text", Where()));
  is_lost_ = true;
  return pieces.size();
}

absl::Status FormStream::Take(std::vector<Piece> pieces, std::string behind) {
  if (!pieces.empty()) {
    pieces.front().before.insert(0, std::exchange(behind_, {}));
    Expect(pieces.back().text);
  }
  Expect(behind);
  for (size_t at = 0; at < pieces.size() && !is_lost_;) {
    const Piece& piece = pieces[at];
    const size_t size = piece.before.size() + piece.text.size();
    UNECHO_ASSIGN_OR_RETURN(const std::string_view left, Peek(size));
    if (left.starts_with(piece.before) && left.substr(piece.before.size()).starts_with(piece.text)) {
      Drop(size);
      ++at;
    } else {
      UNECHO_ASSIGN_OR_RETURN(at, Resume(pieces, at));
    }
    if (at == 0) continue;
    last_ref_ = pieces[at - 1].ref;
    last_text_ = pieces[at - 1].text;
  }
  behind_ += behind;
  return absl::OkStatus();
}

absl::Status FormStream::End() {
  if (is_lost_) return absl::OkStatus();
  UNECHO_ASSIGN_OR_RETURN(const std::string_view left, Peek(behind_.size() + kLookAheadBytes));
  if (left == behind_) return absl::OkStatus();
  if (left.starts_with(behind_)) {
    Drop(behind_.size());
    ReportForeign(left.substr(behind_.size()), "", "");
  } else if (behind_.starts_with(left)) {
    violations_->Add(name_, absl::StrFormat("ends too early: %s should follow", Excerpt(behind_.substr(left.size()))));
  } else {
    ReportForeign(left, "", "");
  }
  return absl::OkStatus();
}

}  // namespace unecho
