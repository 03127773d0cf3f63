// The program's descriptors and sinks as files of Arrow.
#ifndef UNECHO_SRC_TABLES_PLUGIN_HOST_FILES_H_
#define UNECHO_SRC_TABLES_PLUGIN_HOST_FILES_H_

#include <arrow/buffer.h>
#include <arrow/io/interfaces.h>
#include <arrow/result.h>
#include <arrow/util/future.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <memory>
#include <utility>

#include "tables/plugin_interface.h"

// A descriptor of the program's, read at places.
class DescriptorFile final : public arrow::io::RandomAccessFile {
 public:
  DescriptorFile(int fd, int64_t size, arrow::MemoryPool* pool) : fd_(fd), size_(size), pool_(pool) {}
  arrow::Status Close() override {
    is_closed_ = true;
    return arrow::Status::OK();
  }
  bool closed() const override { return is_closed_; }
  arrow::Result<int64_t> Tell() const override { return at_; }
  arrow::Result<int64_t> GetSize() override { return size_; }
  arrow::Status Seek(int64_t position) override {
    at_ = position;
    return arrow::Status::OK();
  }
  arrow::Result<int64_t> ReadAt(int64_t position, int64_t size, void* out) override {
    int64_t done = 0;
    while (done < size) {
      const ssize_t bytes = pread(fd_, static_cast<char*>(out) + done, static_cast<size_t>(size - done),
                                  static_cast<off_t>(position + done));
      if (bytes == 0) break;
      if (bytes < 0 && errno == EINTR) continue;
      if (bytes < 0)
        return arrow::Status::IOError("cannot be read from byte ", position + done, " on (", std::strerror(errno), ")");
      done += bytes;
    }
    return done;
  }
  arrow::Result<std::shared_ptr<arrow::Buffer>> ReadAt(int64_t position, int64_t size) override {
    // Of a size that a broken file claims no more is taken than there is.
    const int64_t most = std::max<int64_t>(0, size_ - position);
    ARROW_ASSIGN_OR_RAISE(auto buffer, arrow::AllocateResizableBuffer(std::min(size, most), pool_));
    ARROW_ASSIGN_OR_RAISE(const int64_t bytes, ReadAt(position, buffer->size(), buffer->mutable_data()));
    ARROW_RETURN_NOT_OK(buffer->Resize(bytes, /*shrink_to_fit=*/false));
    return std::shared_ptr<arrow::Buffer>(std::move(buffer));
  }
  // At once: the descriptor is the program's, which may close it when it has closed the table.
  using arrow::io::RandomAccessFile::ReadAsync;
  arrow::Future<std::shared_ptr<arrow::Buffer>> ReadAsync(const arrow::io::IOContext& /*context*/, int64_t position,
                                                          int64_t size) override {
    return arrow::Future<std::shared_ptr<arrow::Buffer>>::MakeFinished(ReadAt(position, size));
  }
  arrow::Result<int64_t> Read(int64_t size, void* out) override {
    ARROW_ASSIGN_OR_RAISE(const int64_t bytes, ReadAt(at_, size, out));
    at_ += bytes;
    return bytes;
  }
  arrow::Result<std::shared_ptr<arrow::Buffer>> Read(int64_t size) override {
    ARROW_ASSIGN_OR_RAISE(auto buffer, ReadAt(at_, size));
    at_ += buffer->size();
    return buffer;
  }

 private:
  const int fd_;
  const int64_t size_;
  arrow::MemoryPool* const pool_;
  int64_t at_ = 0;
  bool is_closed_ = false;
};

class SinkStream final : public arrow::io::OutputStream {
 public:
  explicit SinkStream(const UnechoTablesSink& sink) : sink_(sink) {}
  arrow::Status Close() override {
    is_closed_ = true;
    return arrow::Status::OK();
  }
  bool closed() const override { return is_closed_; }
  arrow::Result<int64_t> Tell() const override { return at_; }
  arrow::Status Write(const void* bytes, int64_t size) override {
    if (!sink_.write(sink_.context, static_cast<const char*>(bytes), static_cast<uint64_t>(size)))
      return arrow::Status::IOError("cannot be written");
    at_ += size;
    return arrow::Status::OK();
  }

 private:
  const UnechoTablesSink sink_;
  int64_t at_ = 0;
  bool is_closed_ = false;
};

#endif  // UNECHO_SRC_TABLES_PLUGIN_HOST_FILES_H_
