# A record with an empty body, unless --require-body.
dumps
unecho clean -f -q dumps/page_2.txt --provenance provenance.jsonl >corpus.jsonl
equal 1 "$(jq -s 'map(select(.text == "")) | length' corpus.jsonl)"
unecho clean -f -q --require-body dumps/page_2.txt --provenance provenance.jsonl --rejects rejects.jsonl >with_body.jsonl
equal 0 "$(jq -s 'map(select(.text == "")) | length' with_body.jsonl)"
equal title_without_body "$(jq -r 'select(.fate == "rejected").reason' provenance.jsonl)"
equal "$(jq -r 'select(.text == "").title' corpus.jsonl)" "$(jq -r '.raw | rtrimstr("\n") | rtrimstr("\r")' rejects.jsonl)"
