# Each record that cannot be used, with its line and its reason.
unecho dedup -q "$DATA/messy.jsonl" --provenance provenance.jsonl --rejects rejects.jsonl >corpus.jsonl
jq -r 'select(.fate == "rejected") | "\(.line) \(.reason)"' provenance.jsonl
for line in 8 11 12; do sed -n ${line}p "$DATA/messy.jsonl"; done >want
jq -r '.raw | rtrimstr("\n")' rejects.jsonl >got
same want got
