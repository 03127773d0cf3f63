// The audit of a run that a test has made, by the same options.
#ifndef UNECHO_TESTS_SUPPORT_AUDIT_OPTIONS_H_
#define UNECHO_TESTS_SUPPORT_AUDIT_OPTIONS_H_

#include "unecho/options.h"

namespace unecho {

inline AuditOptions AuditOptionsFor(const PipelineOptions& run) {
  AuditOptions options;
  options.inputs = run.inputs;
  options.stdin_name = run.stdin_name;
  options.answer = run.answer;
  options.run = run.run;
  options.provenance = run.provenance;
  options.corpus = run.output;
  return options;
}

}  // namespace unecho

#endif  // UNECHO_TESTS_SUPPORT_AUDIT_OPTIONS_H_
