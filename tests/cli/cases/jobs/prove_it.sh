clean_sample
unecho audit -q --provenance provenance.jsonl --corpus corpus.jsonl dumps/*.txt
unecho audit -q --recall --provenance provenance.jsonl --corpus corpus.jsonl --report report.json dumps/*.txt
