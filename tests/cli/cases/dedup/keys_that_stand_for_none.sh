# A key that stands where nobody knew one makes nothing the same, and the run says how many records have it.
i=0
for doi in '"N/A"' '"n/a"' '"-"' '"none"' null '"NULL"' '"unknown"' '"0"' 0 '""' '"10.1/x"' '"https://doi.org/10.1/X"'; do
  i=$((i + 1))
  printf '{"title":"Text %d","text":"%s","doi":%s}\n' $i "$(seq -s ' w' $((i * 100)) $((i * 100 + 9)))" "$doi"
done >papers.jsonl
unecho dedup -q papers.jsonl --key doi -o o.jsonl --provenance p.jsonl --report r.json 2>said
cat said
jq -c 'select(.fate != "kept") | [.ref, .witness, .by]' p.jsonl
jq -c .placeholders r.json
unecho audit -q papers.jsonl --corpus o.jsonl --provenance p.jsonl --report r.json || fail audit
# Of a key of two fields one is enough; what keeps records apart is asked in the same way, but there 0 is a value.
unecho dedup -q papers.jsonl --key title,doi 2>&1 >/dev/null
unecho dedup -q papers.jsonl --differ doi --within title 2>&1 >/dev/null
# The same with --keep last.
unecho dedup -q papers.jsonl --key doi --keep last 2>&1 >/dev/null
