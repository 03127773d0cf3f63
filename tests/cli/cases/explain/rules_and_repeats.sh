# Each rule's verdict, also behind the first that rejects; what was removed, and where it came first.
cat >in.jsonl <<'END'
{"text": "Skip to the main content of this page\nThe first article says this and that of it."}
{"text": "Skip to the main content of this page!\nWrite to ann@example.org, she knows the rest of it."}
END
unecho dedup -q in.jsonl --dedup-lines --pii drop --min-length 100 --quality fineweb --explain 'in.jsonl#2'
unecho dedup -q in.jsonl --dedup-lines --explain 'in.jsonl#2'
unecho dedup -q in.jsonl --dedup-lines --provenance provenance.jsonl -o corpus.jsonl
unecho explain 'in.jsonl#2' --dedup-lines --provenance provenance.jsonl in.jsonl | tail -2
