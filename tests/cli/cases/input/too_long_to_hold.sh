# A line far longer than the limit and than any batch passes in pieces, and its reject is whole.
{ printf '{"title": "before", "text": "one two three"}\n{"title": "'
  head -c 3000000 /dev/zero | tr '\0' 'x'
  printf '"}\n{"title": "after", "text": "four five six"}\n'; } >in.jsonl
unecho dedup -q --max-record-bytes 100KiB --batch-size 64KiB in.jsonl --provenance provenance.jsonl --rejects rejects.jsonl |
  jq -r .title
equal "$(sed -n 2p in.jsonl | md5sum)" "$(jq -r .raw rejects.jsonl | md5sum)"
unecho audit -q --max-record-bytes 100KiB --provenance provenance.jsonl in.jsonl
