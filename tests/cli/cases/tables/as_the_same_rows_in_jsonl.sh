# A table is its rows: all that a run writes is what it writes of the same rows as JSON lines, and the audit holds.
tables
mkdir rows table
head -n 40 "$TABLES/reviews.jsonl" >rows/train-00000-of-00002.parquet
tail -n 40 "$TABLES/reviews.jsonl" >rows/train-00001-of-00002.parquet
for keep in first longest stars:max; do
  for kind in rows table; do
    [ $kind = rows ] && from=rows || from=$TABLES/reviews
    (cd "$from" && unecho clean -q --keep $keep --id-field id train-*.parquet --provenance - -o /dev/null) >$kind/provenance.jsonl
    (cd "$from" && unecho clean -q --keep $keep --id-field id train-*.parquet) >$kind/corpus.jsonl
  done
  same rows/provenance.jsonl table/provenance.jsonl
  same rows/corpus.jsonl table/corpus.jsonl
done
[ "$(jq -s 'map(.fate) | unique | length' table/provenance.jsonl)" -ge 3 ] || fail "the tables have no copies of each kind"

cd "$TABLES/reviews"
unecho clean -q . -o "$OLDPWD/corpus.jsonl" --provenance "$OLDPWD/provenance.jsonl" --report "$OLDPWD/report.json"
unecho audit -q --recall . --corpus "$OLDPWD/corpus.jsonl" --provenance "$OLDPWD/provenance.jsonl" --report "$OLDPWD/report.json"
cd "$OLDPWD"
equal "$(($(wc -c <"$TABLES/reviews.jsonl")))" "$(jq .ledger.bytes.read report.json)" "what was read"
equal '["parquet","parquet"]' "$(jq -c '[.run.inputs[].compression]' report.json)"
cp -r "$TABLES/reviews" reviews
ref=$(jq -r 'select(.fate == "near") | .ref' provenance.jsonl | head -n 1)
(cd reviews && unecho explain "$ref" --provenance ../provenance.jsonl .) >story
says story "$ref: near" "bytes "
sed -i '1s/"kept"/"exact"/' provenance.jsonl
cd reviews
expect_exit 1 unecho audit -q . --corpus ../corpus.jsonl --provenance ../provenance.jsonl
