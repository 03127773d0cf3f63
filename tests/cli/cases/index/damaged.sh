# A damaged index is an error that names the file. Nothing is written, and what is left of the index is not touched.
echo '{"text":"one two three four five six"}' >a.jsonl
echo '{"text":"six five four three two one"}' >b.jsonl
unecho clean -q a.jsonl --index whole.idx -o /dev/null
unecho clean -q b.jsonl --index whole.idx -o /dev/null
try() {
  cp -r x.idx before.idx
  for more in --index-read-only ''; do
    expect_exit 1 unecho clean a.jsonl --index x.idx $more -o corpus.jsonl
    absent corpus.jsonl
    diff -r -x lock x.idx before.idx >&2 || fail "the index is changed"
  done
  cat stderr
  rm -r x.idx before.idx
  cp -r whole.idx x.idx
}
cp -r whole.idx x.idx
rm x.idx/manifest; try
sed -i s/0.7/0.5/ x.idx/manifest; try
sed -i 's/"version": 1/"version": 7/' x.idx/manifest; try
: >x.idx/manifest; try
rm x.idx/run-000001; try
truncate -s -1 x.idx/run-000002; try
echo >>x.idx/run-000001; try
printf x | dd of=x.idx/run-000001 bs=1 seek=150 conv=notrunc status=none; try
mv x.idx/run-000001 x.idx/run; mv x.idx/run-000002 x.idx/run-000001; mv x.idx/run x.idx/run-000002; try
