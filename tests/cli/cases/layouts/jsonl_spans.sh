# offset and bytes cut each line out of the decompressed source.
unecho dedup -q "$DATA/messy.jsonl" --provenance provenance.jsonl >/dev/null
jq -r '"\(.offset + 1)-\(.offset + .bytes)"' provenance.jsonl |
  while read -r range; do cut_bytes "$range" "$DATA/messy.jsonl" | tr -d '\n'; echo; done >got
same "$DATA/messy.jsonl" got
