# Two kept records above the threshold: found by --recall alone.
clean_sample --threshold 0.8
sed -i 's/"threshold": 0.8/"threshold": 0.7/' report.json
unecho audit -q --threshold 0.7 --provenance provenance.jsonl --corpus corpus.jsonl dumps/*.txt
expect_exit 1 unecho audit --recall --threshold 0.7 --provenance provenance.jsonl --corpus corpus.jsonl dumps/*.txt
cat stdout stderr >talk
says talk 0.762712 0.717557 0.775281
