clean_sample
unecho audit -q --recall --provenance provenance.jsonl --corpus corpus.jsonl --report report.json dumps/*.txt
# Without FILE, the inputs are those that the report names.
unecho audit -q --provenance provenance.jsonl --corpus corpus.jsonl --report report.json
unecho audit -q --provenance provenance.jsonl dumps/*.txt
unecho audit -q --provenance provenance.jsonl --corpus corpus.jsonl <(cat dumps/page_1.txt) dumps/page_2.txt dumps/page_3.txt 2>/dev/null && fail "another source passed"
unecho dedup -f -q "$DATA/messy.jsonl" -o corpus.jsonl --provenance provenance.jsonl
unecho audit -q --recall --provenance provenance.jsonl --corpus corpus.jsonl "$DATA/messy.jsonl"
