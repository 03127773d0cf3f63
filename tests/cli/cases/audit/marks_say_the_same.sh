# --mark and --removed say of a record what the provenance says, word for word; and the audit reads both.
printf '{"id":%s,"a":"%s","b":"%s"}\n' 1 "one two three four five six seven eight nine" "red green blue black white grey" \
  2 "one two three four five six seven eight nine" "red green blue black white grey" \
  3 "one two three four five six seven eight nine ten" "red green blue black white grey pink" \
  4 "one two three four five six seven eight nine ten" "something else that is not alike" \
  5 "the text of an evaluation set that nobody may learn by heart before the day" "more" >in.jsonl
printf 'the text of an evaluation set that nobody may learn by heart before the day\n' >eval.txt
claims='del(.ref, .source, .ordinal, .offset, .bytes, .id)'
for run in "--match a:.7,b:.5 --id-field id" "--key a --match a:.7,b:.5" "--against eval.txt --against-layout lines --match-fields a --key b" \
    "--keep longest --match-fields a"; do
  unecho dedup -qf in.jsonl $run --mark -o marked --provenance p.jsonl --report r.json
  jq -c "$claims" p.jsonl >claims
  jq -c '.unecho | del(.ref, .id)' marked | cmp - claims || fail "the marks of $run"
  unecho audit -q --recall --report r.json --provenance p.jsonl --corpus marked
  unecho dedup -qf in.jsonl $run --removed removed -o corpus --provenance p.jsonl --report r.json
  jq -c '.unecho | del(.ref, .id)' removed | cmp - <(jq -c 'select(.fate != "kept")' p.jsonl | jq -c "$claims") || fail "what is removed by $run"
  unecho audit -q --report r.json --provenance p.jsonl --corpus corpus --removed removed
  # Without the provenance they are the same.
  unecho dedup -qf in.jsonl $run --removed - -o corpus | cmp - removed
done
unecho dedup -qf in.jsonl --match a:.7,b:.5 --mark -o marked --provenance p.jsonl --report r.json
jq -c '.unecho.similarities | select(.)' marked
sed 's/"similarities":{"a":[0-9.]*/"similarities":{"a":0.999999/' marked >lie
cmp -s marked lie && fail "nothing was changed"
expect_exit 1 unecho audit --report r.json --provenance p.jsonl --corpus lie
says stderr "is not its text"
