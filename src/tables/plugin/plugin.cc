// libunecho_parquet.so: what is asked of it in plugin_interface.h, done by Arrow C++.
//
// Nothing of the program is linked in, and nothing of Arrow leaves it, so that each may be built by itself.
#include <arrow/api.h>
#include <arrow/c/bridge.h>
#include <arrow/compute/api_vector.h>
#include <arrow/compute/exec.h>
#include <arrow/ipc/reader.h>
#include <arrow/ipc/writer.h>
#include <arrow/util/compression.h>
#include <arrow/util/config.h>
#include <parquet/arrow/reader.h>
#include <parquet/arrow/schema.h>
#include <parquet/arrow/writer.h>
#include <parquet/file_reader.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tables/plugin/host_files.h"
#include "tables/plugin/host_pool.h"
#include "tables/plugin_interface.h"

namespace {

char* Text(const std::string& text) { return strdup(text.c_str()); }
char* Text(const arrow::Status& status) { return status.ok() ? nullptr : Text(status.message()); }

// Parquet throws, and so does the standard library. Nothing of it may leave.
template <typename Function>
char* Guarded(Function function) {
  try {
    return Text(function());
  } catch (const std::bad_alloc&) {
    return Text("no memory");
  } catch (const std::exception& error) {
    return Text(error.what());
  } catch (...) {
    return Text("unknown error");
  }
}

// An Arrow file, or its form as a stream, one batch after the other.
class IpcRows final : public arrow::RecordBatchReader {
 public:
  IpcRows(std::shared_ptr<arrow::ipc::RecordBatchFileReader> file, std::shared_ptr<arrow::RecordBatchReader> stream)
      : file_(std::move(file)), stream_(std::move(stream)) {}
  std::shared_ptr<arrow::Schema> schema() const override { return file_ ? file_->schema() : stream_->schema(); }
  arrow::Status ReadNext(std::shared_ptr<arrow::RecordBatch>* out) override {
    if (stream_) return stream_->ReadNext(out);
    *out = nullptr;
    if (next_ == file_->num_record_batches()) return arrow::Status::OK();
    return file_->ReadRecordBatch(next_++).Value(out);
  }

 private:
  std::shared_ptr<arrow::ipc::RecordBatchFileReader> file_;
  std::shared_ptr<arrow::RecordBatchReader> stream_;
  int next_ = 0;
};

parquet::ReaderProperties ReaderPropertiesOf(arrow::MemoryPool* pool) {
  parquet::ReaderProperties properties(pool);
  properties.enable_buffered_stream();  // pages as they are needed, and not whole columns
  properties.set_buffer_size(int64_t{256} << 10);
  return properties;
}

}  // namespace

struct UnechoTable {
  UnechoTable(const UnechoTablesHost* host, UnechoTableKind table_kind)
      : pool(HostPool::Take(host)), kind(table_kind) {}
  const HostPoolPtr pool;
  UnechoTableKind kind;
  std::shared_ptr<arrow::io::RandomAccessFile> file;
  std::shared_ptr<parquet::FileMetaData> metadata;  // of Parquet
  std::shared_ptr<arrow::Schema> schema;

  arrow::Result<std::unique_ptr<parquet::arrow::FileReader>> Reader(uint64_t batch_rows) {
    parquet::ArrowReaderProperties properties(/*use_threads=*/false);
    properties.set_pre_buffer(false);
    properties.set_batch_size(static_cast<int64_t>(batch_rows));
    properties.set_arrow_extensions_enabled(true);
    std::unique_ptr<parquet::arrow::FileReader> reader;
    ARROW_RETURN_NOT_OK(
        parquet::arrow::FileReader::Make(
            pool.get(), parquet::ParquetFileReader::Open(file, ReaderPropertiesOf(pool.get()), metadata), properties)
            .Value(&reader));
    return reader;
  }

  arrow::Result<std::shared_ptr<arrow::RecordBatchReader>> Ipc() {
    arrow::ipc::IpcReadOptions options = arrow::ipc::IpcReadOptions::Defaults();
    options.memory_pool = pool.get();
    options.use_threads = false;
    if (kind == kUnechoArrowFile) {
      ARROW_ASSIGN_OR_RAISE(auto reader, arrow::ipc::RecordBatchFileReader::Open(file, options));
      return std::make_shared<IpcRows>(std::move(reader), nullptr);
    }
    ARROW_RETURN_NOT_OK(file->Seek(0));  // rows of a stream are read once at a time
    ARROW_ASSIGN_OR_RAISE(auto reader, arrow::ipc::RecordBatchStreamReader::Open(file, options));
    return std::make_shared<IpcRows>(nullptr, std::move(reader));
  }

  arrow::Status Open() {
    if (kind != kUnechoParquet) {
      ARROW_ASSIGN_OR_RAISE(const auto rows, Ipc());
      schema = rows->schema();
      return arrow::Status::OK();
    }
    metadata = parquet::ParquetFileReader::Open(file, ReaderPropertiesOf(pool.get()))->metadata();
    ARROW_ASSIGN_OR_RAISE(const auto reader, Reader(1));
    return reader->GetSchema(&schema);
  }
};

struct UnechoRows {
  std::unique_ptr<parquet::arrow::FileReader> file;  // of Parquet
  std::shared_ptr<arrow::RecordBatchReader> batches;
  int64_t batch_rows = 0;
  std::shared_ptr<arrow::RecordBatch> batch;  // of which rows from `at` on are to come
  int64_t at = 0;
};

struct UnechoTableWriter {
  explicit UnechoTableWriter(const UnechoTablesHost* host) : pool(HostPool::Take(host)) {}
  const HostPoolPtr pool;
  std::shared_ptr<arrow::Schema> schema;
  std::unique_ptr<parquet::arrow::FileWriter> file;
  std::shared_ptr<arrow::ipc::RecordBatchWriter> arrow_file;  // in its place
  bool ends_groups = false;                                   // of Parquet, when they have kGroupBytes
  int64_t group_bytes = 0;

  arrow::Status Write(const arrow::RecordBatch& batch) {
    // Rows of a group are held, encoded, until it is whole.
    constexpr int64_t kGroupBytes = int64_t{64} << 20;
    if (arrow_file) return arrow_file->WriteRecordBatch(batch);
    if (ends_groups && group_bytes >= kGroupBytes) {
      ARROW_RETURN_NOT_OK(file->NewBufferedRowGroup());
      group_bytes = 0;
    }
    for (const auto& column : batch.columns()) group_bytes += BytesOf(*column->data());
    return file->WriteRecordBatch(batch);
  }
  arrow::Status Close() { return arrow_file ? arrow_file->Close() : file->Close(); }
  arrow::Status OpenArrowFile(const std::shared_ptr<arrow::io::OutputStream>& sink) {
    arrow::ipc::IpcWriteOptions options = arrow::ipc::IpcWriteOptions::Defaults();
    options.memory_pool = pool.get();
    options.use_threads = false;
    ARROW_ASSIGN_OR_RAISE(options.codec, arrow::util::Codec::Create(arrow::Compression::ZSTD));
    return arrow::ipc::MakeFileWriter(sink, schema, options).Value(&arrow_file);
  }

 private:
  static int64_t BytesOf(const arrow::ArrayData& column) {
    int64_t bytes = 0;
    for (const auto& buffer : column.buffers) bytes += buffer == nullptr ? 0 : buffer->size();
    for (const auto& child : column.child_data) bytes += BytesOf(*child);
    return bytes;
  }
};

namespace {

arrow::Status Rows(UnechoTable* table, uint64_t group, uint64_t batch_rows, std::unique_ptr<UnechoRows>& rows) {
  rows = std::make_unique<UnechoRows>();
  rows->batch_rows = static_cast<int64_t>(std::max<uint64_t>(batch_rows, 1));
  if (table->kind != kUnechoParquet) return table->Ipc().Value(&rows->batches);
  ARROW_RETURN_NOT_OK(table->Reader(batch_rows).Value(&rows->file));
  ARROW_ASSIGN_OR_RAISE(rows->batches, rows->file->GetRecordBatchReader({static_cast<int>(group)}));
  return arrow::Status::OK();
}

// The next rows, at most `most`; null at the end.
arrow::Status Next(UnechoRows* rows, int64_t most, std::shared_ptr<arrow::RecordBatch>& out) {
  while (rows->batch == nullptr || rows->at == rows->batch->num_rows()) {
    rows->at = 0;
    ARROW_RETURN_NOT_OK(rows->batches->ReadNext(&rows->batch));
    if (rows->batch == nullptr) {
      out = nullptr;
      return arrow::Status::OK();
    }
  }
  const int64_t size = std::min(most, rows->batch->num_rows() - rows->at);
  out = size == rows->batch->num_rows() ? rows->batch : rows->batch->Slice(rows->at, size);
  rows->at += size;
  return arrow::Status::OK();
}

// Gives the next `size` rows to `take`, some at a time.
template <typename Function>
arrow::Status NextOnes(UnechoRows* rows, uint64_t size, Function take) {
  for (auto left = static_cast<int64_t>(size); left > 0;) {
    std::shared_ptr<arrow::RecordBatch> batch;
    ARROW_RETURN_NOT_OK(Next(rows, left, batch));
    if (batch == nullptr) return arrow::Status::Invalid("there are fewer rows than before");
    left -= batch->num_rows();
    ARROW_RETURN_NOT_OK(take(batch));
  }
  return arrow::Status::OK();
}

// The rows of `batch` for which is_kept[i] is not 0.
arrow::Result<std::shared_ptr<arrow::RecordBatch>> KeptOf(const std::shared_ptr<arrow::RecordBatch>& batch,
                                                          const uint8_t* is_kept, arrow::MemoryPool* pool) {
  const int64_t length = batch->num_rows();
  arrow::compute::ExecContext context(pool);
  context.set_use_threads(false);
  arrow::BooleanBuilder builder(pool);
  ARROW_RETURN_NOT_OK(builder.AppendValues(is_kept, length));
  ARROW_ASSIGN_OR_RAISE(const auto filter, builder.Finish());
  const auto taken = arrow::compute::Filter(batch, filter, arrow::compute::FilterOptions::Defaults(), &context);
  if (taken.ok()) return taken->record_batch();
  if (!taken.status().IsNotImplemented()) return taken.status();
  // Its filter does not know each type (Arrow C++ 26: no views of strings). Rows next to each other are a slice of any.
  std::vector<std::shared_ptr<arrow::RecordBatch>> slices;
  for (const uint8_t *at = is_kept, *const end = is_kept + length; at != end;) {
    const uint8_t* const begin = std::find_if(at, end, [](uint8_t is) { return is != 0; });
    at = std::find(begin, end, uint8_t{0});
    if (at != begin) slices.push_back(batch->Slice(begin - is_kept, at - begin));
  }
  if (slices.empty()) return batch->Slice(0, 0);
  return arrow::ConcatenateRecordBatches(slices, pool);
}

// Compression, dictionaries, statistics and the index of pages of each column as in the first group of `like`, the rows
// of a group as in its largest.
std::shared_ptr<parquet::WriterProperties> WriterPropertiesLike(const parquet::FileMetaData& like,
                                                                arrow::MemoryPool* pool) {
  parquet::WriterProperties::Builder builder;
  builder.memory_pool(pool);
  int64_t group_rows = 0;
  for (int i = 0; i < like.num_row_groups(); ++i) group_rows = std::max(group_rows, like.RowGroup(i)->num_rows());
  if (group_rows > 0) builder.max_row_group_length(group_rows);
  const bool is_old = like.version() == parquet::ParquetVersion::PARQUET_1_0;
  builder.version(is_old ? parquet::ParquetVersion::PARQUET_1_0 : parquet::ParquetVersion::PARQUET_2_6);
  if (like.num_row_groups() == 0) return builder.build();
  const auto group = like.RowGroup(0);
  for (int i = 0; i < group->num_columns(); ++i) {
    const auto column = group->ColumnChunk(i);
    const auto path = column->path_in_schema();
    const auto codec = column->compression();
    builder.compression(path, arrow::util::Codec::IsAvailable(codec) ? codec : arrow::Compression::ZSTD);
    const auto& encodings = column->encodings();
    const bool has_dictionary = std::ranges::any_of(encodings, [](parquet::Encoding::type encoding) {
      return encoding == parquet::Encoding::RLE_DICTIONARY || encoding == parquet::Encoding::PLAIN_DICTIONARY;
    });
    // A column in which the dictionary was given up, because it grew, has plain pages besides.
    const bool gave_up =
        has_dictionary && std::ranges::any_of(column->encoding_stats(), [](const auto& page) {
          return page.page_type != parquet::PageType::DICTIONARY_PAGE && page.encoding == parquet::Encoding::PLAIN;
        });
    has_dictionary && !gave_up ? builder.enable_dictionary(path) : builder.disable_dictionary(path);
    column->is_stats_set() ? builder.enable_statistics(path) : builder.disable_statistics(path);
    column->GetColumnIndexLocation() ? builder.enable_write_page_index(path) : builder.disable_write_page_index(path);
  }
  return builder.build();
}

char* OpenTable(const UnechoTablesHost* host, int fd, UnechoTableKind kind, UnechoTable** out) {
  return Guarded([&] {
    struct stat info {};
    if (fstat(fd, &info) != 0) return arrow::Status::IOError(std::strerror(errno));
    auto table = std::make_unique<UnechoTable>(host, kind);
    table->file = std::make_shared<DescriptorFile>(fd, static_cast<int64_t>(info.st_size), table->pool.get());
    ARROW_RETURN_NOT_OK(table->Open());
    *out = table.release();
    return arrow::Status::OK();
  });
}

char* ExportSchemaOf(UnechoTable* table, ArrowSchema* out) {
  return Guarded([&] { return arrow::ExportSchema(*table->schema, out); });
}

uint64_t NumGroups(const UnechoTable* table) {
  return table->metadata ? static_cast<uint64_t>(table->metadata->num_row_groups()) : 1;
}

uint64_t GroupRows(const UnechoTable* table, uint64_t group) {
  return table->metadata ? static_cast<uint64_t>(table->metadata->RowGroup(static_cast<int>(group))->num_rows()) : 0;
}

uint64_t GroupBytes(const UnechoTable* table, uint64_t group) {
  if (!table->metadata) return 0;
  return static_cast<uint64_t>(
      std::max<int64_t>(0, table->metadata->RowGroup(static_cast<int>(group))->total_byte_size()));
}

uint64_t AllocatedBytes(const UnechoTable* table) {
  return static_cast<uint64_t>(std::max<int64_t>(0, table->pool->bytes_allocated()));
}

char* OpenRows(UnechoTable* table, uint64_t group, uint64_t batch_rows, UnechoRows** out) {
  return Guarded([&] {
    std::unique_ptr<UnechoRows> rows;
    ARROW_RETURN_NOT_OK(Rows(table, group, batch_rows, rows));
    *out = rows.release();
    return arrow::Status::OK();
  });
}

char* NextRows(UnechoRows* rows, ArrowArray* out) {
  return Guarded([&] {
    out->release = nullptr;
    std::shared_ptr<arrow::RecordBatch> batch;
    ARROW_RETURN_NOT_OK(Next(rows, rows->batch_rows, batch));
    if (batch == nullptr) return arrow::Status::OK();
    // What is decoded is whole. What is taken as it stands in a file may point anywhere.
    if (rows->file == nullptr) ARROW_RETURN_NOT_OK(batch->ValidateFull());
    return arrow::ExportRecordBatch(*batch, out);
  });
}

char* CreateTable(const UnechoTablesHost* host, const UnechoTable* like, UnechoTableKind kind,
                  const UnechoTablesSink* sink, UnechoTableWriter** out) {
  return Guarded([&] {
    auto writer = std::make_unique<UnechoTableWriter>(host);
    writer->schema = like->schema;
    if (kind != kUnechoParquet) {
      ARROW_RETURN_NOT_OK(writer->OpenArrowFile(std::make_shared<SinkStream>(*sink)));
      *out = writer.release();
      return arrow::Status::OK();
    }
    parquet::ArrowWriterProperties::Builder arrow_properties;
    const auto metadata = like->metadata->key_value_metadata();
    const bool stores_schema = metadata != nullptr && metadata->Contains("ARROW:schema");
    if (stores_schema) arrow_properties.store_schema();
    ARROW_ASSIGN_OR_RAISE(writer->file,
                          parquet::arrow::FileWriter::Open(
                              *like->schema, writer->pool.get(), std::make_shared<SinkStream>(*sink),
                              WriterPropertiesLike(*like->metadata, writer->pool.get()), arrow_properties.build()));
    // The metadata of the schema goes with it, and nowhere without it.
    if (metadata != nullptr && !stores_schema) ARROW_RETURN_NOT_OK(writer->file->AddKeyValueMetadata(metadata));
    *out = writer.release();
    return arrow::Status::OK();
  });
}

char* SkipRows(UnechoRows* rows, uint64_t size) {
  return Guarded([&] { return NextOnes(rows, size, [](const auto& /*batch*/) { return arrow::Status::OK(); }); });
}

char* AppendKept(UnechoTableWriter* writer, UnechoRows* rows, const uint8_t* is_kept, uint64_t size) {
  return Guarded([&] {
    // One batch for all, since the bytes of a file depend on how many rows come at a time.
    std::vector<std::shared_ptr<arrow::RecordBatch>> batches;
    ARROW_RETURN_NOT_OK(NextOnes(rows, size, [&](const std::shared_ptr<arrow::RecordBatch>& batch) {
      ARROW_ASSIGN_OR_RAISE(auto kept, KeptOf(batch, is_kept, writer->pool.get()));
      is_kept += batch->num_rows();
      if (kept->num_rows() > 0) batches.push_back(std::move(kept));
      return arrow::Status::OK();
    }));
    if (batches.empty()) return arrow::Status::OK();
    if (batches.size() == 1) return writer->Write(*batches.front());
    ARROW_ASSIGN_OR_RAISE(const auto all, arrow::ConcatenateRecordBatches(batches, writer->pool.get()));
    return writer->Write(*all);
  });
}

char* CreateTableOf(const UnechoTablesHost* host, ArrowSchema* schema, UnechoTableKind kind,
                    const UnechoTablesSink* sink, UnechoTableWriter** out) {
  return Guarded([&] {
    auto writer = std::make_unique<UnechoTableWriter>(host);
    ARROW_ASSIGN_OR_RAISE(writer->schema, arrow::ImportSchema(schema));
    if (kind != kUnechoParquet) {
      ARROW_RETURN_NOT_OK(writer->OpenArrowFile(std::make_shared<SinkStream>(*sink)));
      *out = writer.release();
      return arrow::Status::OK();
    }
    writer->ends_groups = true;
    parquet::WriterProperties::Builder properties;
    properties.memory_pool(writer->pool.get())->compression(arrow::Compression::ZSTD);
    ARROW_ASSIGN_OR_RAISE(writer->file,
                          parquet::arrow::FileWriter::Open(*writer->schema, writer->pool.get(),
                                                           std::make_shared<SinkStream>(*sink), properties.build()));
    ARROW_RETURN_NOT_OK(writer->file->AddKeyValueMetadata(writer->schema->metadata()));
    *out = writer.release();
    return arrow::Status::OK();
  });
}

char* AppendRowsOf(UnechoTableWriter* writer, ArrowArray* rows) {
  return Guarded([&] {
    ARROW_ASSIGN_OR_RAISE(const auto batch, arrow::ImportRecordBatch(rows, writer->schema));
    return writer->Write(*batch);
  });
}

bool Takes(const UnechoTableWriter* writer, const UnechoTable* table) {
  return writer->schema->Equals(*table->schema, /*check_metadata=*/false);
}

char* FinishTable(UnechoTableWriter* writer) {
  return Guarded([&] { return writer->Close(); });
}

}  // namespace

extern "C" __attribute__((visibility("default"))) const UnechoTables* unecho_tables() {
  static constexpr UnechoTables kTables = {
      .version = kUnechoTablesVersion,
      .library = "Arrow C++ " ARROW_VERSION_STRING,
      .open = OpenTable,
      .close = [](UnechoTable* table) { delete table; },
      .schema = ExportSchemaOf,
      .num_groups = NumGroups,
      .group_rows = GroupRows,
      .group_bytes = GroupBytes,
      .allocated_bytes = AllocatedBytes,
      .rows = OpenRows,
      .next = NextRows,
      .skip = SkipRows,
      .close_rows = [](UnechoRows* rows) { delete rows; },
      .create = CreateTable,
      .append = AppendKept,
      .create_of = CreateTableOf,
      .append_rows = AppendRowsOf,
      .takes = Takes,
      .finish = FinishTable,
      .discard = [](UnechoTableWriter* writer) { delete writer; },
      .free_text = [](char* text) { std::free(text); },
  };
  return &kTables;
}
