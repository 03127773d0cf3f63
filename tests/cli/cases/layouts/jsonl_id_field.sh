unecho dedup -q --id-field key "$DATA/messy.jsonl" --provenance provenance.jsonl >/dev/null
jq -r 'select(.fate == "exact" or .fate == "near") | "\(.id) \(.fate) \(.witness | sub(".*#"; ""))"' provenance.jsonl
