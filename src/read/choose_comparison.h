// What a run compares by whose user says nothing of sameness: works, if all its inputs are bibliographies, else words.
//
// The inputs are looked at in their order, up to the first that is none; empty ones say nothing. Of pipes only one in
// front of all that say something can be: to wait for another may be to wait for ever. Once works are chosen, a pipe
// that is no bibliography is an error (BatchReader), so the answer does not depend on the way of input. Where the first
// source that says something is none, some behind it are looked at all the same, so that people are told.
//
// Cost:    the first kSniffBytes of a source. Threads: one caller.
// Failure: none; what cannot be read is said when it is read.
#ifndef UNECHO_SRC_READ_CHOOSE_COMPARISON_H_
#define UNECHO_SRC_READ_CHOOSE_COMPARISON_H_

#include <atomic>
#include <string>
#include <vector>

#include "read/input.h"
#include "unecho/options.h"

namespace unecho {

// If answer.chooses_comparison, sets answer.comparison. Gives what people are told of it; empty: nothing.
// `interrupted` (may be null) outlives `sources`.
std::string ChooseComparison(std::vector<InputFile>& sources, const std::atomic<int>* interrupted,
                             AnswerOptions& answer);

}  // namespace unecho

#endif  // UNECHO_SRC_READ_CHOOSE_COMPARISON_H_
