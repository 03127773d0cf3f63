// The spans of a source whose layout is not read a second time by code of the auditor's own: pattern, xml, csv, json,
// warc, bibtex, mail, yaml, html. Much of their rules are data and libraries, so a second reading would be the first
// one again: here the auditor cuts and segments by the very engine that the run used, all in one go, and holds the
// claims against that. What the engine finds in CSV, JSON, XML and WARC is held against a plain reading
// (plain_check.h).
//
// What this proves: every claim names a record the layout finds, in order, with the reason it gives; no record is left
// out; and the bytes of the source are all accounted for, by sums that are made here. What it cannot prove, but for
// that second opinion, is that the engine finds what a reader would call a record. Tokens, similarities, witnesses,
// rules and the corpus are checked as for any layout, from the text of each record.
//
// In, out: as ReadSpans() in spans.h, which calls it.
// Cost:    the source and what is derived from it stay in memory until its claims are checked.
// Threads: a function without state.
#ifndef UNECHO_SRC_AUDIT_RESEGMENT_H_
#define UNECHO_SRC_AUDIT_RESEGMENT_H_

#include "audit/spans.h"

namespace unecho {

AuditSource ResegmentSpans(const Layout& layout, std::string_view bytes, const LayoutOptions& options,
                           std::span<const Claim> claims, std::span<const InputFile> sources, uint32_t source,
                           Violations& violations);

}  // namespace unecho

#endif  // UNECHO_SRC_AUDIT_RESEGMENT_H_
