// A record that is one JSON value -> title, text and fields, by the names of a profile. What json and yaml share.
//
// In:      a record's span, and what it says as JSON, which at least 64 readable bytes follow.
// Out:     the record in its batch: accepted, or rejected with the reason.
// Cost:    one parse; the buffers are kept from record to record. Threads: one a batch.
// Failure: what is no JSON is rejected as invalid_json.
#ifndef UNECHO_SRC_LAYOUTS_JSON_VALUES_H_
#define UNECHO_SRC_LAYOUTS_JSON_VALUES_H_

#include <memory>
#include <string_view>

#include "base/batch.h"
#include "layouts/profile.h"
#include "unecho/layouts.h"

namespace unecho {

class JsonValues {
 public:
  JsonValues(const LayoutOptions& options, const Profile& profile, Batch& batch);
  ~JsonValues();
  void Accept(Record& record, std::string_view json);

 private:
  class Reader;
  std::unique_ptr<Reader> reader_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_JSON_VALUES_H_
