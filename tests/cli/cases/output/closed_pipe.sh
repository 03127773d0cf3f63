# A reader that has seen enough: 141, without a word, and no file that looks complete.
make_records 20000 >records.jsonl
set +e
unecho dedup -q records.jsonl --provenance provenance.jsonl --report report.json | head -c 1 >/dev/null
equal 141 "${PIPESTATUS[0]}" "exit code"
absent provenance.jsonl report.json
