// What a source begins with, looked at before it is read. Of a source that cannot be opened twice, a pipe, the bytes
// that were taken are given again, by the first OpenInput() of it.
//
// Cost:    the first kSniffBytes of the source. Threads: one caller.
// Failure: none here: what is wrong with a source is said when it is read.
#ifndef UNECHO_SRC_READ_FIRST_LOOK_H_
#define UNECHO_SRC_READ_FIRST_LOOK_H_

#include <atomic>
#include <functional>
#include <string>
#include <string_view>

#include "read/input.h"
#include "unecho/options.h"

namespace unecho {

struct Beginning {
  std::string bytes;    // in UTF-8, converted as `answer` says
  bool is_all = false;  // no more of the source is looked at, or can be read
};

// Reads the beginning of `file`, until `is_enough` says so, the source ends, or kSniffBytes are there. Of what cannot
// be read twice the reader stays in file.begun. `interrupted` (may be null) outlives that.
Beginning LookAt(InputFile& file, const AnswerOptions& answer, const std::atomic<int>* interrupted,
                 const std::function<bool(const Beginning&)>& is_enough);

}  // namespace unecho

#endif  // UNECHO_SRC_READ_FIRST_LOOK_H_
