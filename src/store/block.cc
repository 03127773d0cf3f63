#include "store/block.h"

#include <zstd.h>

#include <memory>
#include <new>

#include "base/hash.h"

namespace unecho {
namespace {

constexpr int kLevel = 1;  // words of text are hashes, and all that can be packed of them is that common ones repeat
// No payload is longer: the records of a block are few where they are long, and one record is no longer than 1 GiB.
constexpr uint64_t kMostPlainBytes = uint64_t{1} << 34;

uint64_t HeadHash(const BlockHead& head) {
  return Hash64({reinterpret_cast<const char*>(&head), offsetof(BlockHead, head_hash)});
}

struct FreeContext {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

absl::Status Damaged(const char* what) { return absl::DataLossError(absl::string_view(what)); }

}  // namespace

std::string BeginBlock(BlockKind kind, uint32_t count, uint64_t first_record, uint64_t first_kept) {
  BlockHead head{};
  std::memcpy(head.magic, kBlockMagic.data(), sizeof head.magic);
  head.kind = static_cast<uint32_t>(kind);
  head.count = count;
  head.first_record = first_record;
  head.first_kept = first_kept;
  return {reinterpret_cast<const char*>(&head), sizeof head};
}

void PackBlock(std::string& block) {
  thread_local const std::unique_ptr<ZSTD_CCtx, FreeContext> context(ZSTD_createCCtx());
  if (context == nullptr) throw std::bad_alloc();
  BlockHead head;
  std::memcpy(&head, block.data(), sizeof head);
  const std::string_view plain = std::string_view(block).substr(sizeof head);
  std::string packed(sizeof head + ZSTD_compressBound(plain.size()), '\0');
  const size_t size = ZSTD_compressCCtx(context.get(), packed.data() + sizeof head, packed.size() - sizeof head,
                                        plain.data(), plain.size(), kLevel);
  if (ZSTD_isError(size) != 0) throw std::bad_alloc();  // with room for all there is no other reason
  packed.resize(sizeof head + size);
  head.plain_bytes = plain.size();
  head.packed_bytes = size;
  head.payload_hash = Hash64(std::string_view(packed).substr(sizeof head));
  head.head_hash = HeadHash(head);
  std::memcpy(packed.data(), &head, sizeof head);
  block = std::move(packed);
}

absl::StatusOr<BlockHead> ReadBlockHead(std::string_view bytes) {
  BlockHead head;
  if (bytes.size() < sizeof head) return Damaged("it ends inside the head of a block");
  std::memcpy(&head, bytes.data(), sizeof head);
  if (std::string_view(head.magic, sizeof head.magic) != kBlockMagic) return Damaged("no block begins here");
  if (head.head_hash != HeadHash(head)) return Damaged("the head of a block is not as it was written");
  if (head.plain_bytes > kMostPlainBytes || head.packed_bytes > ZSTD_compressBound(head.plain_bytes))
    return Damaged("a block is longer than any is");
  return head;
}

absl::Status UnpackBlock(const BlockHead& head, std::string_view payload, std::string& plain) {
  thread_local const std::unique_ptr<ZSTD_DCtx, FreeContext> context(ZSTD_createDCtx());
  if (context == nullptr) throw std::bad_alloc();
  if (payload.size() != head.packed_bytes) return Damaged("it ends inside a block");
  if (Hash64(payload) != head.payload_hash) return Damaged("a block is not as it was written");
  plain.resize(head.plain_bytes);
  const size_t size = ZSTD_decompressDCtx(context.get(), plain.data(), plain.size(), payload.data(), payload.size());
  return ZSTD_isError(size) != 0 || size != plain.size() ? Damaged("a block does not unpack") : absl::OkStatus();
}

}  // namespace unecho
