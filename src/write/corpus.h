// The corpus: one line per kept record.
//
// jsonl, lines (but not under `segment`): the bytes as they came; else {"id", "ref", "title", "text", "snapshot",
// "fields"}.
// Cost:    a line that goes out as it came is a range of bytes, not copied; else a pass over title and text.
// Threads: formatting is const and stateless; it runs in parallel, into the batch's own buffers.
// Failure: none here; the outputs write (atomic_file.h).
#ifndef UNECHO_SRC_WRITE_CORPUS_H_
#define UNECHO_SRC_WRITE_CORPUS_H_

#include <span>
#include <string>
#include <string_view>

#include "base/batch.h"

namespace unecho {

// "<source name>#<ordinal>", unescaped.
std::string RefName(std::string_view source_name, uint64_t ordinal);

// {"id":...,"ref":...,"title":...,"text":...,"snapshot":...,"fields":{...}}\n
// The text is the pieces after the title, joined by an empty line; line ends in a piece become \n. `id_hex` is empty
// if the record has no tokens: then id is null. snapshot is null where there is none. "fields" are all that the layout
// has found, by their names, and missing if it has none; of a record that a rule has rewritten those that are no text.
// `annotation` (the value of one more member, "unecho": see AnnotationObject) may be empty: then there is no such
// member.
void AppendCorpusObject(const Batch& batch, const Record& record, std::string_view id_hex, std::string_view ref,
                        std::string_view annotation, std::string& out);

// A jsonl or lines record as it came, except that malformed UTF-8 is repaired and that it ends in exactly one \n.
void AppendInputLine(const Record& record, std::string& out);

// A jsonl record with one more member, "unecho": the closing brace of the line is replaced by ,"unecho":{...}}. A
// member of that name which is there already goes. `annotation` is what AnnotationObject gave.
void AppendAnnotatedLine(const Record& record, std::string_view annotation, std::string& out);
// The part of `object` in front of that brace, which goes out as it is.
std::string_view BeforeMark(std::string_view object);
// What stands between it and the value.
std::string_view MarkKey(std::string_view before_mark);

// {"ref":...,"id":...,"copies":[refs],"copy_ids":[ids]}: the value of "unecho" under --annotate. `copy_ids`: JSON
// already, an empty one is null; none where nobody asks for ids.
std::string AnnotationObject(std::string_view ref, std::string_view id_hex, std::span<const std::string> copies,
                             std::span<const std::string> copy_ids);

}  // namespace unecho

#endif  // UNECHO_SRC_WRITE_CORPUS_H_
