# Everything is counted and claimed, and no corpus is written.
clean_sample
mkdir dry
unecho clean dumps/*.txt --dry-run -o dry/corpus.jsonl --provenance dry/provenance.jsonl --report dry/report.json --rejects dry/rejects.jsonl >stdout 2>stderr
[ ! -s stdout ] || fail "something is on standard output"
says stderr "read 93 kept 67 exact 22 near 3 rejected 1"
absent dry/corpus.jsonl
same provenance.jsonl dry/provenance.jsonl
same rejects.jsonl dry/rejects.jsonl
same <(jq 'del(.run)' report.json) <(jq 'del(.run)' dry/report.json)
equal true "$(jq .run.dry_run dry/report.json)" dry_run
unecho dedup -q --dry-run --keep last dumps/*.txt >stdout
[ ! -s stdout ] || fail "something is on standard output"
unecho segment -q --dry-run dumps/*.txt --provenance - | wc -l | grep -qx 93 || fail "not 93 lines of provenance"
unecho audit -q --provenance dry/provenance.jsonl --report dry/report.json dumps/*.txt
