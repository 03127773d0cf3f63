// Which store for what goes to disk of kept records: the runs of match/key_run.h and base/spill_file.h, RocksDB, LMDB.
//   stores STORE RECORDS FOLDER       STORE: runs, rocksdb, rocksdb-sorted, lmdb
//
// The job is that of a run beyond memory, with made-up records: 24 band keys, a row of 84 bytes and 460 of packed
// tokens each. Part "new": chunk by chunk, all keys of a chunk are looked up, which are nowhere, and then it is added.
// Part "copies": records whose keys, row and tokens are one's that is there. One thread looks up. Prints JSON: seconds,
// CPU seconds (of all threads), bytes on disk, and the peak of what is resident.
#include <lmdb.h>
#include <rocksdb/db.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/options.h>
#include <rocksdb/sst_file_writer.h>
#include <rocksdb/table.h>
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "base/spill_file.h"
#include "match/key_run.h"

namespace unecho::bench {
namespace {

constexpr size_t kBands = 24, kValueBytes = 84 + 460, kChunk = 1 << 16;
constexpr uint32_t kCopies = 100'000;

void Check(bool ok, const std::string& what) {
  if (ok) return;
  fprintf(stderr, "%s\n", what.c_str());
  exit(1);
}

// SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).
uint64_t Mix(uint64_t x) {
  x += 0x9e3779b97f4a7c15u;
  x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
  x = (x ^ x >> 27) * 0x94d049bb133111ebu;
  return x ^ x >> 31;
}
uint64_t KeyOf(uint32_t record, size_t band) { return Mix(uint64_t{record} * kBands + band); }
void ValueOf(uint32_t record, char* value) {
  for (size_t i = 0; i < kValueBytes; i += 8) {
    const uint64_t some = Mix(uint64_t{record} << 32 | i);
    std::memcpy(value + i, &some, std::min<size_t>(8, kValueBytes - i));
  }
}

class Store {
 public:
  virtual ~Store() = default;
  virtual void Add(uint32_t first, uint32_t count) = 0;
  // How many of the keys are there. Gives a record that has the last of them that is.
  virtual size_t Find(const std::array<uint64_t, kBands>& keys, uint32_t& record) = 0;
  virtual void Read(uint32_t record, char* value) = 0;
  virtual void Finish() {}
  virtual uint64_t disk_bytes() const = 0;
};

uint64_t BytesOf(const std::string& folder) {
  uint64_t bytes = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) bytes += entry.file_size();
  }
  return bytes;
}

class Runs : public Store {
 public:
  explicit Runs(const std::string& folder) : folder_(folder), runs_(kBands) {
    auto values = SpillFile::Create(folder, "values");
    Check(values.ok(), std::string(values.status().message()));
    values_ = *std::move(values);
  }
  void Add(uint32_t first, uint32_t count) override {
    std::string value(kValueBytes, 0);
    for (uint32_t i = 0; i < count; ++i) {
      ValueOf(first + i, value.data());
      Check(values_->Append(value.data(), value.size()).ok(), "values");
    }
    const auto read = [&](size_t band, std::vector<uint64_t>& keys) {
      for (uint32_t i = 0; i < count; ++i) keys.push_back(KeyOf(first + i, band));
      return absl::OkStatus();
    };
    Check(runs_.Add(count, read, folder_).ok(), "keys");
  }
  size_t Find(const std::array<uint64_t, kBands>& keys, uint32_t& record) override {
    runs_.Prefetch(keys.data());
    size_t found = 0;
    runs_.Find(keys.data(), [&](uint32_t id) { record = id, ++found; });
    return found;
  }
  void Read(uint32_t record, char* value) override {
    Check(values_->Read(uint64_t{record} * kValueBytes, value, kValueBytes), "value");
  }
  uint64_t disk_bytes() const override { return values_->disk_bytes() + runs_.disk_bytes(); }

 private:
  std::string folder_;
  KeyRuns runs_;
  std::unique_ptr<SpillFile> values_;
};

// A band and a key, or a record: big endian, so that their order is that of the numbers.
std::array<char, 9> NameOf(size_t band, uint64_t key) {
  std::array<char, 9> name;
  name[0] = static_cast<char>(band);
  for (size_t i = 0; i < 8; ++i) name[1 + i] = static_cast<char>(key >> (56 - 8 * i));
  return name;
}
std::array<char, 4> NameOf(uint32_t record) {
  return {static_cast<char>(record >> 24), static_cast<char>(record >> 16), static_cast<char>(record >> 8),
          static_cast<char>(record)};
}
struct Entry {
  std::array<char, 9> name;
  uint32_t record;
};
std::vector<Entry> SortedEntries(uint32_t first, uint32_t count) {
  std::vector<Entry> entries;
  for (size_t band = 0; band < kBands; ++band) {
    for (uint32_t i = 0; i < count; ++i) entries.push_back({NameOf(band, KeyOf(first + i, band)), first + i});
  }
  std::ranges::sort(entries, [](const Entry& a, const Entry& b) { return std::memcmp(&a.name, &b.name, 9) < 0; });
  return entries;
}

// A key has one record: what is asked here is how fast a store is, and not how to keep several.
class Rocks : public Store {
 public:
  Rocks(const std::string& folder, bool is_sorted) : folder_(folder), is_sorted_(is_sorted) {
    options_.create_if_missing = options_.create_missing_column_families = true;
    options_.IncreaseParallelism(2);
    options_.compression = rocksdb::kNoCompression;  // hashes: nothing to gain
    options_.write_buffer_size = size_t{64} << 20;
    options_.memtable_prefix_bloom_size_ratio = 0.1;
    options_.memtable_whole_key_filtering = true;
    rocksdb::BlockBasedTableOptions table;
    table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
    table.whole_key_filtering = true;
    table.block_cache = rocksdb::NewLRUCache(size_t{8} << 20);  // the page cache has it
    options_.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
    std::vector<rocksdb::ColumnFamilyDescriptor> columns = {{rocksdb::kDefaultColumnFamilyName, options_},
                                                            {"values", options_}};
    Check(rocksdb::DB::Open(options_, folder + "/db", columns, &columns_, &db_).ok(), "open");
  }
  ~Rocks() override {
    for (auto* column : columns_) (void)db_->DestroyColumnFamilyHandle(column);
    delete db_;
  }
  void Add(uint32_t first, uint32_t count) override {
    rocksdb::WriteOptions no_log;
    no_log.disableWAL = true;
    std::string value(kValueBytes, 0);
    for (uint32_t i = 0; i < count; ++i) {
      ValueOf(first + i, value.data());
      const auto name = NameOf(first + i);
      Check(db_->Put(no_log, columns_[1], {name.data(), name.size()}, value).ok(), "put");
    }
    if (is_sorted_) {
      rocksdb::SstFileWriter writer(rocksdb::EnvOptions(), options_);
      const std::string file = folder_ + "/new.sst";
      Check(writer.Open(file).ok(), "sst");
      for (const Entry& entry : SortedEntries(first, count)) {
        const auto record = NameOf(entry.record);
        Check(writer.Put({entry.name.data(), 9}, {record.data(), 4}).ok(), "sst");
      }
      Check(writer.Finish().ok(), "sst");
      rocksdb::IngestExternalFileOptions move;
      move.move_files = true;
      Check(db_->IngestExternalFile(columns_[0], {file}, move).ok(), "ingest");
      return;
    }
    rocksdb::WriteBatch batch;
    for (uint32_t i = 0; i < count; ++i) {
      const auto record = NameOf(first + i);
      for (size_t band = 0; band < kBands; ++band) {
        const auto name = NameOf(band, KeyOf(first + i, band));
        batch.Put(columns_[0], {name.data(), 9}, {record.data(), 4});
      }
      if (i % 64 != 63 && i + 1 < count) continue;
      Check(db_->Write(no_log, &batch).ok(), "write");
      batch.Clear();
    }
  }
  size_t Find(const std::array<uint64_t, kBands>& keys, uint32_t& record) override {
    std::array<std::array<char, 9>, kBands> names;
    std::array<rocksdb::Slice, kBands> slices;
    for (size_t band = 0; band < kBands; ++band) {
      names[band] = NameOf(band, keys[band]);
      slices[band] = {names[band].data(), 9};
    }
    std::array<rocksdb::PinnableSlice, kBands> values;
    std::array<rocksdb::Status, kBands> statuses;
    db_->MultiGet(rocksdb::ReadOptions(), columns_[0], kBands, slices.data(), values.data(), statuses.data());
    size_t found = 0;
    for (size_t band = 0; band < kBands; ++band) {
      if (!statuses[band].ok()) continue;
      record = 0;
      for (size_t i = 0; i < 4; ++i) record = record << 8 | static_cast<uint8_t>(values[band].data()[i]);
      ++found;
    }
    return found;
  }
  void Read(uint32_t record, char* value) override {
    const auto name = NameOf(record);
    rocksdb::PinnableSlice stored;
    Check(db_->Get(rocksdb::ReadOptions(), columns_[1], {name.data(), 4}, &stored).ok(), "value");
    std::memcpy(value, stored.data(), kValueBytes);
  }
  void Finish() override {
    Check(db_->Flush({}, columns_).ok(), "flush");
    // What it has begun to rewrite belongs to the job.
    for (uint64_t running = 1, pending = 1; running + pending > 0;) {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
      Check(db_->GetAggregatedIntProperty("rocksdb.num-running-compactions", &running) &&
                db_->GetAggregatedIntProperty("rocksdb.compaction-pending", &pending),
            "compaction");
    }
  }
  uint64_t disk_bytes() const override { return BytesOf(folder_); }

 private:
  std::string folder_;
  bool is_sorted_;
  rocksdb::Options options_;
  std::vector<rocksdb::ColumnFamilyHandle*> columns_;
  rocksdb::DB* db_ = nullptr;
};

// The same, in order of the keys; a transaction a chunk, which is synced: that is how it survives a crash.
class Lmdb : public Store {
 public:
  explicit Lmdb(const std::string& folder) : folder_(folder) {
    MDB_txn* begin = nullptr;
    Check(mdb_env_create(&env_) == 0 && mdb_env_set_mapsize(env_, size_t{64} << 30) == 0 &&
              mdb_env_set_maxdbs(env_, 2) == 0 && mdb_env_open(env_, folder.c_str(), MDB_NORDAHEAD, 0644) == 0 &&
              mdb_txn_begin(env_, nullptr, 0, &begin) == 0 && mdb_dbi_open(begin, "keys", MDB_CREATE, &keys_) == 0 &&
              mdb_dbi_open(begin, "values", MDB_CREATE | MDB_INTEGERKEY, &values_) == 0 && mdb_txn_commit(begin) == 0,
          "open");
  }
  ~Lmdb() override { mdb_env_close(env_); }
  void Add(uint32_t first, uint32_t count) override {
    if (reading_ != nullptr) mdb_txn_abort(reading_);
    reading_ = nullptr;
    MDB_txn* writing = nullptr;
    Check(mdb_txn_begin(env_, nullptr, 0, &writing) == 0, "begin");
    for (Entry& entry : SortedEntries(first, count)) {
      MDB_val name{9, entry.name.data()}, record{4, &entry.record};
      Check(mdb_put(writing, keys_, &name, &record, 0) == 0, "put");
    }
    std::string value(kValueBytes, 0);
    for (uint32_t i = 0; i < count; ++i) {
      ValueOf(first + i, value.data());
      uint32_t number = first + i;
      MDB_val name{4, &number}, stored{kValueBytes, value.data()};
      Check(mdb_put(writing, values_, &name, &stored, MDB_APPEND) == 0, "put");
    }
    Check(mdb_txn_commit(writing) == 0, "commit");
  }
  size_t Find(const std::array<uint64_t, kBands>& keys, uint32_t& record) override {
    size_t found = 0;
    for (size_t band = 0; band < kBands; ++band) {
      auto name = NameOf(band, keys[band]);
      MDB_val key{9, name.data()}, stored;
      if (mdb_get(Reading(), keys_, &key, &stored) != 0) continue;
      std::memcpy(&record, stored.mv_data, 4);
      ++found;
    }
    return found;
  }
  void Read(uint32_t record, char* value) override {
    MDB_val key{4, &record}, stored;
    Check(mdb_get(Reading(), values_, &key, &stored) == 0, "value");
    std::memcpy(value, stored.mv_data, kValueBytes);
  }
  uint64_t disk_bytes() const override { return BytesOf(folder_); }

 private:
  MDB_txn* Reading() {
    if (reading_ == nullptr) Check(mdb_txn_begin(env_, nullptr, MDB_RDONLY, &reading_) == 0, "begin");
    return reading_;
  }
  std::string folder_;
  MDB_env* env_ = nullptr;
  MDB_dbi keys_, values_;
  MDB_txn* reading_ = nullptr;
};

struct Spent {
  double seconds, cpu;
};
Spent Now() {
  rusage use;
  getrusage(RUSAGE_SELF, &use);
  const auto of = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  const auto clock = std::chrono::steady_clock::now().time_since_epoch();
  return {std::chrono::duration<double>(clock).count(), of(use.ru_utime) + of(use.ru_stime)};
}
void Print(const char* store, const char* part, uint32_t records, const Spent& begin, uint64_t disk_bytes) {
  const Spent end = Now();
  rusage use;
  getrusage(RUSAGE_SELF, &use);
  printf(
      "{\"store\": \"%s\", \"part\": \"%s\", \"records\": %u, \"seconds\": %.2f, \"cpu\": %.2f, \"disk_mb\": %.0f, "
      "\"peak_mb\": %ld}\n",
      store, part, records, end.seconds - begin.seconds, end.cpu - begin.cpu, static_cast<double>(disk_bytes) / 1e6,
      use.ru_maxrss / 1024);
}

int Main(int argc, char** argv) {
  Check(argc == 4, "usage: stores STORE RECORDS FOLDER");
  const std::string name = argv[1], folder = argv[3];
  const auto records = static_cast<uint32_t>(std::stoul(argv[2]));
  std::unique_ptr<Store> store;
  if (name == "runs") store = std::make_unique<Runs>(folder);
  if (name == "rocksdb") store = std::make_unique<Rocks>(folder, false);
  if (name == "rocksdb-sorted") store = std::make_unique<Rocks>(folder, true);
  if (name == "lmdb") store = std::make_unique<Lmdb>(folder);
  Check(store != nullptr, "no such store: " + name);

  std::array<uint64_t, kBands> keys;
  uint32_t record = 0;
  size_t found = 0;
  Spent begin = Now();
  for (uint32_t first = 0; first < records; first += kChunk) {
    const uint32_t count = std::min<uint32_t>(kChunk, records - first);
    for (uint32_t i = 0; i < count; ++i) {
      for (size_t band = 0; band < kBands; ++band) keys[band] = KeyOf(first + i, band);
      found += store->Find(keys, record);
    }
    store->Add(first, count);
  }
  store->Finish();
  Print(argv[1], "new", records, begin, store->disk_bytes());
  Check(found < records / 100 + 1, "what is new was found");
  begin = Now();
  std::array<char, kValueBytes> value, expected;
  for (uint32_t i = 0; i < kCopies; ++i) {
    const auto original = static_cast<uint32_t>(Mix(~uint64_t{i}) % records);
    for (size_t band = 0; band < kBands; ++band) keys[band] = KeyOf(original, band);
    Check(store->Find(keys, record) >= kBands, "a copy was not found");
    store->Read(original, value.data());
    ValueOf(original, expected.data());
    Check(value == expected, "another value");
  }
  Print(argv[1], "copies", kCopies, begin, store->disk_bytes());
  return 0;
}

}  // namespace
}  // namespace unecho::bench

int main(int argc, char** argv) { return unecho::bench::Main(argc, argv); }
