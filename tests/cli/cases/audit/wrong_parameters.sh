# What holds at .7 does not hold at .8, and the auditor says so.
clean_sample
expect_exit 1 unecho audit --threshold 0.8 --provenance provenance.jsonl --corpus corpus.jsonl dumps/*.txt
cat stdout stderr >talk
equal 3 "$(grep -c 'dumps/page_[23].txt#' talk)" "violations"
unecho audit -q --recall --threshold 0.6 --provenance provenance.jsonl --corpus corpus.jsonl dumps/*.txt
