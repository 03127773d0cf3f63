# --mark removes nothing and says what became of each record; --removed writes the removed ones with the same words.
printf '{"id":"%s","text":"%s"}\n' a "one two three four five six seven eight nine" b "one two three four five six seven eight nine" \
  c "one two three four five six seven eight" d "something else" >r.jsonl
printf 'no json\n' >>r.jsonl
unecho dedup -q r.jsonl --mark --provenance p.jsonl --report r.json -o marked.jsonl
jq -c '[.id, .unecho.fate, .unecho.witness, .unecho.similarity]' marked.jsonl
jq -c 'del(.unecho)' marked.jsonl | cmp - <(head -4 r.jsonl) || fail "the lines differ"
unecho audit -q --provenance p.jsonl --report r.json --corpus marked.jsonl
# What an audit would not believe.
sed 's/"fate":"near"/"fate":"exact"/' marked.jsonl >lie.jsonl
expect_exit 1 unecho audit --provenance p.jsonl --report r.json --corpus lie.jsonl
says stderr "is not its text"
unecho dedup -q r.jsonl --removed removed.jsonl -o kept.jsonl
jq -c '[.id, .unecho.fate, .unecho.witness]' removed.jsonl
equal 4 "$(cat kept.jsonl removed.jsonl | wc -l)" "of both"
unecho dedup -q r.jsonl --removed - -o kept2.jsonl --keep longest | cmp - removed.jsonl || fail "--keep longest"
# Of tables as objects; what was removed by a key says so.
printf 'title,doi\nOne,10.1/a\nTwo,https://doi.org/10.1/A\n' >t.csv
unecho clean -q t.csv --key doi --mark | jq -c '[.title, .fields.doi, .unecho.fate, .unecho.by]'
unecho clean -q t.csv --key doi --removed - -o kept.jsonl -f | jq -c '[.ref, .unecho.witness, .unecho.by]'
# Plain lines are objects, too, where something is said of them.
printf 'a line\na line\n' | unecho dedup -q --mark --layout lines | jq -c '[.text, .unecho.fate]'
expect_exit 2 unecho dedup r.jsonl --mark --annotate
expect_exit 2 unecho dedup r.jsonl --mark --as input
# The same bytes whatever the batches and threads.
for options in --batch-size=1KiB --threads=1 --threads=3; do
  unecho dedup -q r.jsonl --mark $options | cmp - marked.jsonl || fail "$options"
done
