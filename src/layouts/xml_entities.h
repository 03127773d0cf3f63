// Entities that an XML source declares for itself: <!DOCTYPE set [<!ENTITY mill "the old mill">]>. A record is parsed
// without the document type, so the cutter hands them on (Batch::context).
//
// Only internal ones of text without elements. Values are expanded where they are declared, by those in front of them.
// One that would be longer than kLongestValue declares nothing, and all of them take no more than kMostBytes.
//
// Cost:    a pass over the document type; a search for '&' in a text. Threads: const. Failure: none; a name that is not
// declared stays as it is.
#ifndef UNECHO_SRC_LAYOUTS_XML_ENTITIES_H_
#define UNECHO_SRC_LAYOUTS_XML_ENTITIES_H_

#include <map>
#include <string>
#include <string_view>

namespace unecho {

class XmlEntities {
 public:
  XmlEntities() = default;
  // From Context() of others.
  explicit XmlEntities(std::string_view context);
  static XmlEntities OfDocumentType(std::string_view document_type);

  std::string Context() const;
  bool empty() const { return values_.empty(); }

  // How many bytes of values may still be put into texts. Five bytes of text may stand for a whole value.
  struct Room {
    size_t bytes = 0;
    bool was_short = false;  // for one of them: it and what comes behind it stay as they are
  };
  // False if none of them is in the text.
  bool Expand(std::string_view text, Room& room, std::string& out) const;

  static constexpr size_t kMostBytes = size_t{64} << 10, kLongestValue = 4096, kLongestName = 256;

 private:
  std::map<std::string, std::string, std::less<>> values_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_XML_ENTITIES_H_
