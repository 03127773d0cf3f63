printf '' | unecho clean -q --provenance provenance.jsonl --report report.json >corpus.jsonl
equal 0 "$(stat -c %s corpus.jsonl)" "size of the corpus"
equal 0 "$(stat -c %s provenance.jsonl)" "size of the provenance"
jq empty report.json
