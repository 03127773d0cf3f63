# Names of files are bytes. What is no UTF-8 in them is written as %FF, and read back by audit and explain.
mkdir dumps
record() { printf '{"text":"one two three four five six %s"}\n' "$@"; }
touch dumps/$'a\xff.jsonl' 2>/dev/null || skip "this file system has no such names"
record first second >dumps/$'a\xff.jsonl'
record second third >dumps/a%FF.jsonl
record third fourth >dumps/100%.jsonl
unecho clean -q dumps -o corpus.jsonl --provenance provenance.jsonl --report report.json
jq -r .ref provenance.jsonl
jq -r '.run.inputs[] | .path' report.json
echo audit
unecho audit -q --report report.json --provenance provenance.jsonl --corpus corpus.jsonl
unecho audit -q --provenance provenance.jsonl --corpus corpus.jsonl dumps
echo explain
unecho explain --provenance provenance.jsonl dumps/a%FF.jsonl#2 | head -n 2
unecho explain --provenance provenance.jsonl dumps/a%25FF.jsonl#1 | head -n 2
unecho explain --report report.json --provenance provenance.jsonl dumps/a%FF.jsonl#1 | head -n 2
echo folder
unecho clean -q dumps --output-dir kept --as input
(cd kept && printf '%q\n' *)
cmp kept/$'a\xff.jsonl' <(record first)
echo shards
cp -r dumps $'dumps\xfe'
unecho shard plan -q $'job\xfe' $'dumps\xfe' --shards 2 -o corpus.jsonl --provenance p.jsonl
unecho shard run -q $'job\xfe'
unecho clean -q $'dumps\xfe' -o whole.jsonl --provenance whole.p
cat $'job\xfe'/out/corpus-* | cmp - whole.jsonl
cat $'job\xfe'/out/p-* | cmp - whole.p
