unecho dedup -q --keep last --id-field key "$DATA/messy.jsonl" --provenance provenance.jsonl >corpus.jsonl
jq -r 'select(.witness) | "\(.id) \(.witness | sub(".*#"; ""))"' provenance.jsonl
# Still written in input order.
equal "$(jq -r 'select(.fate == "kept").id' provenance.jsonl)" "$(jq -r .key corpus.jsonl)"
