printf '{"title": "one"}\n{"title": "two"}' >open.jsonl
unecho dedup -q open.jsonl
