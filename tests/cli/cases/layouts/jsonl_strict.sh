expect_exit 1 unecho dedup -q --strict "$DATA/messy.jsonl" -o corpus.jsonl
says stderr messy.jsonl 8
absent corpus.jsonl
