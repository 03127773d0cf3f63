# A field may be a list: it says all that is in it, and a list of one what the one says.
i=0
for doi in '["10.1/x"]' '"https://doi.org/10.1/X"' '["10.1/y", null, "N/A"]' '"10.1/y."' '["10.1/a", "10.1/b"]' '[["10.1/A"], "doi:10.1/B"]' \
  '["10.1/b", "10.1/a"]' '["10.1/a"]' '[]' '[{"id": "10.1/a"}]' '[{"id": "10.1/A"}]'; do
  i=$((i + 1))
  printf '{"title":"Text %d","text":"%s","doi":%s,"ids":[{"kind":"k","value":%d},{"value":["k"]}]}\n' $i \
    "$(seq -s ' w' $((i * 100)) $((i * 100 + 9)))" "$doi" $((i / 2))
done >papers.jsonl
(echo '['; paste -sd, papers.jsonl; echo ']') >papers.json
for file in papers.jsonl papers.json; do
  for how in "--key doi" "--key doi[]" "--key doi.id:doi" "--key ids.value" "--key ids[].value,ids.kind" "--differ doi --key title" "--within doi" \
    "--id-field doi --keep doi:max"; do
    echo "== $how"
    unecho dedup -qf $file $how -o corpus --provenance p.jsonl --report r.json
    jq -c 'select(.fate != "kept" or .id) | [.ref, .witness, .by, .id]' p.jsonl
    unecho audit -q --report r.json --provenance p.jsonl --corpus corpus --recall
  done
done
