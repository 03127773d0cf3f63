unecho dedup -q --keep year:max --id-field key "$DATA/messy.jsonl" --provenance max.jsonl >corpus.jsonl
jq -r 'select(.witness) | "\(.id) \(.witness | sub(".*#"; ""))"' max.jsonl
printf -- '--\n'
unecho dedup -q --keep year:min --id-field key "$DATA/messy.jsonl" --provenance min.jsonl >corpus.jsonl
jq -r 'select(.witness) | "\(.id) \(.witness | sub(".*#"; ""))"' min.jsonl
