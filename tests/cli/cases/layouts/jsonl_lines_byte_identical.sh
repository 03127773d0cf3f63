# Odd spacing, key order, escapes, other scripts: a kept line is the line that came.
unecho dedup -q "$DATA/messy.jsonl" --provenance provenance.jsonl >corpus.jsonl
jq -r 'select(.fate == "kept").ordinal' provenance.jsonl | while read -r n; do sed -n "${n}p" "$DATA/messy.jsonl"; done >want
same want corpus.jsonl
equal 14 "$(wc -l <corpus.jsonl)"
unecho dedup -q <"$DATA/messy.jsonl" --keep last >last.jsonl
grep -q '^{"text" :	' last.jsonl || fail "the oddly spaced line was not kept as it was"
