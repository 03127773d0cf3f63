// What the rooms behind a layout need to know of it. The table of layouts gives each its traits (layouts/layouts.cc),
// and a segmented batch carries them: no room asks a layout what it is.
//
// Threads: constants.
#ifndef UNECHO_SRC_BASE_LAYOUT_TRAITS_H_
#define UNECHO_SRC_BASE_LAYOUT_TRAITS_H_

#include <cstdint>

namespace unecho {

// By which plain rule a reader without the layout's engine finds where records are: the audit's own (audit/spans.h).
enum class PlainForm : uint8_t {
  kNone,   // none: the layout's data and libraries say where
  kPage,   // titles and paragraphs between blank lines
  kLine,   // a record a line
  kWhole,  // the source is one record
};

// The standard that says where the records of other layouts are, as far as a source keeps to it (audit/plain_check.h).
enum class Grammar : uint8_t { kNone, kCsv, kJson, kXml, kWarc };

// How a record of the layout writes a field, so that one may be added to it (write/fill_record.h).
enum class FieldForm : uint8_t {
  kNone,     // a page, a mail: it has no fields, or they are not the record's own
  kTags,     // a line with a tag, where the profile has `tag` and [names]
  kEntry,    // BibTeX
  kCell,     // of the column of that name
  kMember,   // of an object
  kElement,  // of XML, where the profile says where
};

struct LayoutTraits {
  PlainForm plain_form = PlainForm::kNone;
  Grammar grammar = Grammar::kNone;
  FieldForm field_form = FieldForm::kNone;
  // Kept records are written as they came in, a line each.
  bool is_written_as_lines = false;
  // The pieces of a record are fields of an object, not title and paragraphs: --match-fields names them, each stays
  // even if nothing is left of it, and the first need not be a title.
  bool pieces_are_fields = false;
  // --match-fields may name what is compared.
  bool takes_match_fields = false;
  // --record may name what is a record.
  bool takes_record = false;
  // Fields are found by name, so there may be text under other names.
  bool has_named_fields = false;
  // Whatever a source holds is a record, even if it is no text that anybody knows.
  bool takes_any_bytes = false;
  // Records, or parts of them, are in encodings that they declare, and the layout converts each: the source is left as
  // it is.
  bool declares_encodings = false;
  // Commas part the records: a list of JSON.
  bool has_commas = false;
  // What stands around the records makes a source whole: brackets, a root. Two in one file are none.
  bool has_frame = false;
  // A source is one record.
  bool is_whole = false;
  // Blank lines part the records, or stand in front of each.
  bool has_blank_lines = false;
  // What stands in front of the first record tells what is in all: the names of columns.
  bool has_header = false;
  // A source may hold nothing that the layout looks for; said by layouts/layout_check.h.
  bool may_find_nothing = false;
  // A first line or byte gives the layout away, and there may still be nothing under a name that is known.
  bool is_known_by_names = false;
};

inline constexpr LayoutTraits kNoLayout{};

}  // namespace unecho

#endif  // UNECHO_SRC_BASE_LAYOUT_TRAITS_H_
