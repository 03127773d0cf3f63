# A longer record is rejected with that reason, never cut; those around it are not touched.
short='{"title": "short", "text": "one two three"}'
long='{"title": "long", "text": "'$(printf 'word%.0s ' {1..30})'"}'
other='{"title": "another", "text": "four five six"}'
printf '%s\n' "$short" "$long" "$other" >in.jsonl
unecho dedup -q --max-record-bytes 100 in.jsonl --provenance provenance.jsonl --rejects rejects.jsonl >got
printf '%s\n' "$short" "$other" >want
same want got
equal 'rejected too_long 2' "$(jq -r 'select(.ordinal == 2) | "\(.fate) \(.reason) \(.line)"' provenance.jsonl)"
equal "$long" "$(jq -r .raw rejects.jsonl)"
