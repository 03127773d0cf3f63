#include "match/band_table.h"

#include <cassert>

#include "base/prefetch.h"

namespace unecho {

BandTable::BandTable() {
  home_.Resize(size_t{1} << kFirstLevel);
  overflow_.Resize(1);
}

void BandTable::GrowFor(uint64_t more) {
  uint64_t lines = (uint64_t{1} << level_) + split_;
  const uint64_t want = (num_entries_ + more) * 100 / (kLineEntries * kLoadPercent) + 1;
  if (want <= lines) return;
  home_.Resize(want);
  for (; lines < want; ++lines) SplitOne();
}

void BandTable::Insert(uint64_t key, uint32_t id) {
  uint64_t tag;
  Line* line = &home_[LineOf(key, tag)];
  Put(line, static_cast<uint16_t>(tag | (uint64_t{1} << kTagBits)), id);
}

BandTable::Line* BandTable::Overflow(Line* home) {
  if (home->link != 0 && overflow_[home->link].count < kLineEntries) return &overflow_[home->link];
  uint32_t fresh = free_overflow_;
  if (fresh != 0) {
    free_overflow_ = overflow_[fresh].link;
  } else {
    fresh = static_cast<uint32_t>(overflow_.size());
    assert(fresh < (1u << 28));  // all ids that an index may hold, ten a line, are 2^27.7 lines
    overflow_.Resize(overflow_.size() + 1);
  }
  overflow_[fresh].count = 0;
  overflow_[fresh].link = home->link;
  home->link = fresh & 0xfffffff;
  return &overflow_[fresh];
}

void BandTable::SplitOne() {
  Line* from = &home_[split_];
  Line* to = from + (uint64_t{1} << level_);
  PrefetchLineToWrite(from + 8);
  PrefetchLineToWrite(to + 8);
  Line line = *from;
  *to = Line{};
  from->count = 0;
  from->link = 0;
  if (line.link == 0 && level_ < kFirstLevel + kTagBits) [[likely]] {
    // Written to both, counted in one: no branch on a random bit.
    uint32_t stay = 0, move = 0;
    for (uint32_t j = 0; j < line.count; ++j) {
      const uint16_t tag = line.tag[j];
      from->tag[stay] = to->tag[move] = tag >> 1;
      from->id[stay] = to->id[move] = line.id[j];
      stay += !(tag & 1);
      move += tag & 1;
    }
    from->count = stay & 15;
    to->count = move & 15;
  } else {
    for (;;) {
      num_entries_ -= line.count;  // Put() counts them again
      for (uint32_t j = 0; j < line.count; ++j) {
        const uint16_t tag = line.tag[j];
        if (tag == 1) {  // no bits left to tell: it may be in either
          Put(from, 1, line.id[j]);
          Put(to, 1, line.id[j]);
        } else {
          Put((tag & 1) != 0 ? to : from, tag >> 1, line.id[j]);
        }
      }
      if (line.link == 0) break;
      const uint32_t next = line.link;
      line = overflow_[next];
      overflow_[next].link = free_overflow_ & 0xfffffff;
      free_overflow_ = next;
    }
  }
  if (++split_ == uint64_t{1} << level_) {
    ++level_;
    split_ = 0;
  }
}

}  // namespace unecho
