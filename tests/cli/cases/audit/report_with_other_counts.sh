clean_sample
sed -i '0,/"kept":67/s//"kept":66/' report.json
grep -q '"kept":66' report.json || fail "the report was not changed"
expect_exit 1 unecho audit --provenance provenance.jsonl --corpus corpus.jsonl --report report.json dumps/*.txt
