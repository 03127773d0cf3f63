dumps
cat dumps/*.txt | unecho clean -q --provenance provenance.jsonl >corpus.jsonl
cat dumps/*.txt | unecho audit -q --recall --provenance provenance.jsonl --corpus corpus.jsonl
