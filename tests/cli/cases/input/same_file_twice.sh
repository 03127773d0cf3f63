# The second is one long echo of the first; the two have different names in the provenance.
dumps
unecho clean -q dumps/page_1.txt dumps/page_1.txt --provenance provenance.jsonl >corpus.jsonl
equal "32 32 0 0" "$(fates provenance.jsonl)"
equal 2 "$(jq -r .source provenance.jsonl | sort -u | wc -l)" "number of source names"
