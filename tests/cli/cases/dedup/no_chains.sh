# B is near A and C is near B, but C is not near A: C stays.
{ for start in 1 2 3; do printf '{"title": "'; seq -s ' ' "$start" $((start + 9)) | tr -d '\n'; printf '"}\n'; done; } >chain.jsonl
unecho dedup -q --shingle 1 chain.jsonl --provenance provenance.jsonl
jq -c '[.fate, .witness // "-"]' provenance.jsonl
