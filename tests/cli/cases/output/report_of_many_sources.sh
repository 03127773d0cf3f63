# The overlap lists the pairs of sources with the most records, says what it leaves out, and the audit counts after it.
mkdir in
awk 'BEGIN { n = 160; for (k = 0; k < n; ++k) { file = sprintf("in/%04d.jsonl", k)
  for (i = 0; i < n; ++i) if (i != k) printf "{\"text\":\"number %d and %d words in a row here\"}\n", (i < k ? i : k), (i < k ? k : i) >file
  if (k > 155) print "{\"text\":\"one that the last have in common\"}" >file
  close(file) } }'
unecho clean -q in -o corpus.jsonl --provenance p.jsonl --report r.json
equal 10000 "$(jq '.overlap | length' r.json)" "pairs"
equal '{"pairs":2720,"records":2720}' "$(jq -c .overlap_left_out r.json)" "left out"
equal '["in/0157.jsonl","in/0158.jsonl","in/0159.jsonl"]' "$(jq -c '[.overlap[] | select(.records == 2).removed_from]' r.json)" "the largest"
unecho audit -q in --provenance p.jsonl --report r.json
jq '.overlap_left_out.records = 3' r.json >wrong.json
expect_exit 1 unecho audit in --provenance p.jsonl --report wrong.json
says stderr '"records" is 3 and should be 2720'
jq 'del(.overlap_left_out)' r.json >wrong.json
expect_exit 1 unecho audit in --provenance p.jsonl --report wrong.json
says stderr 'overlap_left_out'
unecho report r.json -o page.html
grep -q '"pairs_left_out":2720' page.html || fail "the page does not say it"
