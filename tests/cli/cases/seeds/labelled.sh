# Two sets flagged by hand, at the default threshold.
[ -d "$SHARED/labelled" ] || skip "no labelled sets in $SHARED"
for set in sweep_copper sweep_tafenoquine; do
  records="$SHARED/labelled/$set/records.jsonl"
  unecho dedup -f -q --id-field id "$records" -o corpus.jsonl --provenance provenance.jsonl --report report.json
  unecho audit -q --recall --report report.json --provenance provenance.jsonl --corpus corpus.jsonl "$records"
  printf '%s: ' $set
  score provenance.jsonl "$SHARED/labelled/$set/clusters.tsv"
done
