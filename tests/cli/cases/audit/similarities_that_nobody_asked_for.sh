# Without --match no line lists similarities of fields; and names of fields are no members of the line.
printf '{"id":"a","text":"one two three four five six seven eight nine"}\n{"id":"b","text":"one two three four five six seven eight nine ten"}\n' >in.jsonl
unecho dedup -q in.jsonl -o out --provenance p.jsonl --report r.json
sed 's/,"group":"in.jsonl#1","member":2/,"similarities":{"text":0.123456}&/' p.jsonl >lie.jsonl
cmp -s p.jsonl lie.jsonl && fail "nothing was changed"
expect_exit 1 unecho audit -q --report r.json --provenance lie.jsonl
unecho dedup -qf in.jsonl --match text:.5,id:0.1 --id-field id --annotate -o out --provenance p.jsonl --report r.json
unecho audit -q --report r.json --provenance p.jsonl --corpus out
