// Whether what a run writes lies outside of its index.
//
// Threads: a function without state.
#ifndef UNECHO_SRC_STORE_OUTSIDE_H_
#define UNECHO_SRC_STORE_OUTSIDE_H_

#include <span>
#include <string>
#include <string_view>

#include "base/status.h"

namespace unecho {

// An error with `advice` if one of the paths lies in the folder `index`, whether that is there or not. Empty names, and
// "-", are no paths.
[[nodiscard]] absl::Status CheckOutside(const std::string& index, std::span<const std::string> paths,
                                        std::string_view advice);

}  // namespace unecho

#endif  // UNECHO_SRC_STORE_OUTSIDE_H_
