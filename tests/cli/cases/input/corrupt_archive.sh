# Bytes damaged in the middle are found by the archive's own check.
make_records 500 >records.jsonl
for tool in gzip zstd bzip2 xz lz4; do
  "$tool" -c records.jsonl >damaged.jsonl
  printf 'ZZZZZZZZ' | dd of=damaged.jsonl bs=1 seek=$(($(stat -c %s damaged.jsonl) / 2)) conv=notrunc status=none
  expect_exit 1 unecho dedup -q damaged.jsonl -o corpus.jsonl
  says stderr damaged.jsonl
  absent corpus.jsonl
done
