# Of groups alike in size the first come first, by number and not by letter, as in the report; names cannot turn the terminal's text.
for i in $(seq 12); do printf '{"text":"record number %s has words of its own %s%s"}\n' "$i" "$i$i" "$i$i$i"; done >in.jsonl
cat in.jsonl in.jsonl >"$(printf 'twice\342\200\256.jsonl')"
unecho dedup -q twice*.jsonl -o corpus.jsonl --provenance p.jsonl --report r.json
unecho stats p.jsonl >stats
jq -r '.largest_groups[:5][].witness | sub(".*#"; "")' r.json >want
grep -o '1 for .*' stats | sed 's/.*#//' >got
same want got
says stats 'twice?.jsonl'
if grep -q "$(printf '\342\200\256')" stats; then fail "a name turns the text"; fi
