dumps
unecho segment -f -q dumps/*.txt >forward.jsonl
tac forward.jsonl >backward.jsonl
for d in forward backward; do
  unecho dedup -f -q --threshold 1 $d.jsonl --provenance p.jsonl >/dev/null
  # Which ids form a group, whatever the order.
  paste <(jq -r '.witness // .ref | sub(".*#"; "")' p.jsonl) <(jq -r .id $d.jsonl) >lines
  while read -r witness id; do printf '%s %s\n' "$(sed -n "${witness}p" $d.jsonl | jq -r .id)" "$id"; done <lines | sort >$d.groups
done
same forward.groups backward.groups
