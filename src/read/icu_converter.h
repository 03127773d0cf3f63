// A converter of ICU, owned.
//
// Threads: a converter has one user. Failure: null where ICU knows no such name.
#ifndef UNECHO_SRC_READ_ICU_CONVERTER_H_
#define UNECHO_SRC_READ_ICU_CONVERTER_H_

#include <unicode/ucnv.h>

#include <memory>
#include <string>
#include <utility>

namespace unecho {

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using ConverterPtr = std::unique_ptr<UConverter, CloseConverter>;

inline ConverterPtr OpenConverter(const std::string& name) {
  UErrorCode error = U_ZERO_ERROR;
  ConverterPtr converter(ucnv_open(name.c_str(), &error));
  return U_SUCCESS(error) ? std::move(converter) : nullptr;
}

}  // namespace unecho

#endif  // UNECHO_SRC_READ_ICU_CONVERTER_H_
