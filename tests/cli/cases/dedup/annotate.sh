# Each kept record with the refs of all that were removed for it.
cp "$DATA/messy.jsonl" .
unecho dedup -q --annotate messy.jsonl --provenance provenance.jsonl >corpus.jsonl
equal 14 "$(wc -l <corpus.jsonl)"
jq -r 'select(.unecho.copies | length > 0) | "\(.unecho.ref) <- \(.unecho.copies | join(" "))"' corpus.jsonl
# Apart from that, the lines are those of a run without.
unecho dedup -q messy.jsonl | jq -c . >want
jq -c 'del(.unecho)' corpus.jsonl >got
same want got
