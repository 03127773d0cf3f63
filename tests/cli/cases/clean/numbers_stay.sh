# Where all members are compared, a number is a line of the text, too. Rules that take lines away do not make a string of it.
for i in 1 2; do
  echo "{\"a\":\"the rain fell on the hills and stayed there with wolf number $i\",\"year\":2001,\"flags\":[true,null,\"ok\"],\"place\":\"the old town\"}"
done >places.jsonl
printf "{'b':'snow came at noon with no wind and the river froze from bank to bank', 'year':2001, 'none':None, 'place':u'the old town'}\n" >>places.jsonl
echo 'off = ["c4_too_few_sentences"]' >off.toml
unecho clean -q --layout jsonl --dedup-lines --dedup-min-tokens 1 places.jsonl --provenance p.jsonl | tee lines.jsonl
unecho audit -q --provenance p.jsonl --corpus lines.jsonl --dedup-lines --dedup-min-tokens 1 places.jsonl
echo '{"year":2001,"phone":14155550199,"a":"Call the wolf of the hills by its number."}' >phone.jsonl
unecho clean -q --layout jsonl --quality c4 --rules off.toml --pii mask phone.jsonl --provenance phone.p | tee masked.jsonl
unecho audit -q --provenance phone.p --corpus masked.jsonl --quality c4 --rules off.toml --pii mask phone.jsonl
