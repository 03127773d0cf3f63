// What a failure of a test says of a public status.
#ifndef UNECHO_TESTS_SUPPORT_PRINT_STATUS_H_
#define UNECHO_TESTS_SUPPORT_PRINT_STATUS_H_

#include <ostream>

#include "unecho/status.h"

namespace unecho {

inline std::ostream& operator<<(std::ostream& os, const Status& status) { return os << status.ToString(); }

}  // namespace unecho

#endif  // UNECHO_TESTS_SUPPORT_PRINT_STATUS_H_
