unecho dedup -q --keep longest --id-field key "$DATA/messy.jsonl" --provenance provenance.jsonl >corpus.jsonl
# Equal records and records of the same length: the first; else the longer one.
jq -r 'select(.id == "m01" or .id == "m05" or .id == "m25" or .id == "m27") | "\(.ordinal) \(.fate)"' provenance.jsonl
