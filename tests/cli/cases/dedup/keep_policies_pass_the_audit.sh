for keep in last longest year:max year:min; do
  unecho dedup -f -q --keep "$keep" "$DATA/messy.jsonl" -o corpus.jsonl --provenance provenance.jsonl --report report.json
  unecho audit -q --recall --keep "$keep" --provenance provenance.jsonl --corpus corpus.jsonl "$DATA/messy.jsonl"
  unecho audit -q --recall --report report.json --provenance provenance.jsonl --corpus corpus.jsonl "$DATA/messy.jsonl"
done
