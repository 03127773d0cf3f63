# Page entries: the same answer with any number of threads and sizes of batches, and every claim holds.
run() {
  unecho clean -f -q "$DATA"/page_*.txt -o corpus.jsonl --provenance provenance.jsonl --report report.json \
    --repair all --pii mask --quality gopher,fineweb --languages en --min-length 20 "$@"
  unecho audit -q --recall --provenance provenance.jsonl --corpus corpus.jsonl --report report.json "$DATA"/page_*.txt
}
run --threads 1
cp corpus.jsonl want_corpus
cp provenance.jsonl want_provenance
run --threads 4 --batch-size 1KiB
same want_corpus corpus.jsonl
same want_provenance provenance.jsonl
[ "$(jq '.ledger.balances' report.json)" = true ]
