# A clear error that names the option, not a machine that swaps.
make_records 20000 >records.jsonl
expect_exit 1 unecho dedup -q --memory 1MiB records.jsonl -o corpus.jsonl
says stderr --memory
absent corpus.jsonl
