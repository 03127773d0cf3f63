# mask writes placeholders, drop rejects with the kind as reason, report counts and changes nothing.
cat >in.jsonl <<'END'
{"id":1,"text":"Write to jane@example.org or call +49 30 1234567."}
{"id":2,"text":"The server is 93.184.216.34, the card 4111 1111 1111 1111."}
{"id":3,"text":"Nothing here: 10.1.2.3, 1.2.3.4, arXiv 2101.00001, 2017-2026, pass@1, 978-3-16-148410-0."}
END
unecho dedup -f -q --pii mask in.jsonl -o corpus.jsonl --report report.json --provenance provenance.jsonl
cat corpus.jsonl
jq -c '.cleaning.rewritten[]' report.json
unecho audit -q --provenance provenance.jsonl --corpus corpus.jsonl --report report.json in.jsonl
unecho dedup -f -q --pii drop in.jsonl --provenance provenance.jsonl --rejects rejects.jsonl
jq -c '[.ref, .fate, .reason]' provenance.jsonl
jq -r .raw rejects.jsonl | head -1
unecho dedup -f -q --pii report in.jsonl -o corpus.jsonl --report report.json
same in.jsonl corpus.jsonl
jq -c '.cleaning.rewritten, .cleaning.found[]' report.json
# A title that is masked does not come back in the report.
printf '%s\n' '{"title":"jane@example.org writes","text":"one two three"}' '{"title":"jane@example.org writes","text":"one two three"}' >two.jsonl
unecho dedup -f -q --pii mask two.jsonl -o corpus.jsonl --report report.json
jq -c '.largest_groups[].title' report.json
