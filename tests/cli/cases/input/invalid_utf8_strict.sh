printf '{"title": "a bad\xff title", "text": "x"}\n' >bad.jsonl
expect_exit 1 unecho dedup -q --strict bad.jsonl -o corpus.jsonl
says stderr bad.jsonl UTF-8
absent corpus.jsonl
