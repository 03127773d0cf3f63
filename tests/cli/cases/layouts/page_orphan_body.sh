# A dump that begins in the middle of an abstract.
dumps
unecho clean -q dumps/page_3.txt --provenance provenance.jsonl --rejects rejects.jsonl >corpus.jsonl
equal '1 orphan_body' "$(jq -r 'select(.fate == "rejected") | "\(.ordinal) \(.reason)"' provenance.jsonl)"
equal "$(sed -n 11p dumps/page_3.txt)" "$(jq -r '.raw | rtrimstr("\n")' rejects.jsonl)"
