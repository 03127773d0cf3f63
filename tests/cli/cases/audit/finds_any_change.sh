# Every field of every kind of line, changed one at a time.
clean_sample
cp -r . ../pristine
tampered=0
for change in $(tamper list); do
  cp ../pristine/*.jsonl .
  cp ../pristine/dumps/* dumps/
  tamper "$change"
  expect_exit 1 unecho audit --provenance provenance.jsonl --corpus corpus.jsonl dumps/*.txt || fail "not found: $change"
  [ -s stdout ] || [ -s stderr ] || fail "no list of violations: $change"
  tampered=$((tampered + 1))
done
[ "$tampered" -ge 25 ] || fail "only $tampered changes were tried"
rm -rf ../pristine
