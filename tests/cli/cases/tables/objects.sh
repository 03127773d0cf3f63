# -o FILE.parquet of lines of JSON: a row a line, with columns that have room for all of them; and the audit reads it again.
tables
cat >lines.jsonl <<'END'
{"id": 1, "text": "one two three four five", "score": 1, "tags": ["a", "b"], "meta": {"lang": "en"}, "big": 18446744073709551615, "any": "x"}
{"id": 2, "text": "one two three four five"}
{"id": 3, "text": "another\ttext é \ud83d\ude00", "score": 0.5, "tags": [], "meta": {"lang": "de", "year": 1999}, "any": 7, "none": null}
{"id": 4, "text": "a third one", "score": null, "yes": true, "meta": null, "any": {"x": [1, 2.5]}, "id": 5}
END
rows() { unecho segment -q --layout lines --as input "$@"; }
for kind in parquet arrow feather; do
  unecho clean -q lines.jsonl -o "c.$kind" --provenance "p.$kind" --report report.json -f
  rows "c.$kind" >"rows.$kind"
  unecho audit -q --recall lines.jsonl --corpus "c.$kind" --provenance "p.$kind" --report report.json
done
cat >want <<'END'
{"id":1,"text":"one two three four five","score":1,"tags":["a","b"],"meta":{"lang":"en","year":null},"big":18446744073709551615,"any":"x","none":null,"yes":null}
{"id":3,"text":"another\ttext é 😀","score":0.5,"tags":[],"meta":{"lang":"de","year":1999},"big":null,"any":"7","none":null,"yes":null}
{"id":5,"text":"a third one","score":null,"tags":null,"meta":null,"big":null,"any":"{\"x\":[1,2.5]}","none":null,"yes":true}
END
same want rows.parquet
same want rows.arrow
same want rows.feather
equal PAR1 "$(head -c 4 c.parquet)"
equal ARROW1 "$(head -c 6 c.feather)"

# Another corpus is found to be one.
sed 's/third/fourth/' lines.jsonl >other.jsonl
unecho clean -q other.jsonl -o other.parquet
expect_exit 1 unecho audit -q lines.jsonl --corpus other.parquet --provenance p.parquet
says stderr "corpus line 3 is not its text"
unecho clean -q <(head -n 2 lines.jsonl) -o less.parquet
expect_exit 1 unecho audit -q lines.jsonl --corpus less.parquet --provenance p.parquet
sed 's/"yes": true/"yes": "true"/' lines.jsonl | unecho clean -q - -o other.parquet -f
expect_exit 1 unecho audit -q lines.jsonl --corpus other.parquet --provenance p.parquet
says stderr "corpus: its columns are not those that its lines ask for"

# The same bytes, whatever a run may have; through pipes, compressed, marked and annotated.
cat "$TABLES/reviews.jsonl" lines.jsonl "$TABLES/codecs.jsonl" >all.jsonl
for more in "" --mark --annotate "--keep longest"; do
  unecho clean -q $more all.jsonl -o want.parquet --provenance p.jsonl --report report.json -f
  unecho audit -q all.jsonl --corpus want.parquet --provenance p.jsonl --report report.json
  for options in "--threads 1" "--threads 7 --batch-size 1KiB" "--memory 256MiB"; do
    unecho clean -q $options $more all.jsonl -o got.parquet -f
    same want.parquet got.parquet
  done
  unecho clean -q $more - -o got.parquet -f <all.jsonl
  [ "$more" = --annotate ] || [ "$more" = --mark ] || same want.parquet got.parquet
done
unecho clean -q all.jsonl >lines
unecho clean -q all.jsonl -o want.parquet -f
cmp <(jq -c .text lines) <(rows want.parquet | jq -c .text)

# Rows of tables are lines, too. Of Parquet files alone they go into a table as they came.
unecho clean -q "$TABLES/reviews" lines.jsonl -o mixed.parquet --provenance p.jsonl --report report.json -f
unecho audit -q "$TABLES/reviews" lines.jsonl --corpus mixed.parquet --provenance p.jsonl --report report.json
cmp <(unecho clean -q "$TABLES/reviews" lines.jsonl | jq -c '[(.id | tostring), .text]') <(rows mixed.parquet | jq -c '[.id, .text]')
unecho clean -q "$TABLES/reviews" --mark -o marked.parquet --provenance p.jsonl --report report.json -f
unecho audit -q "$TABLES/reviews" --corpus marked.parquet --provenance p.jsonl --report report.json
expect_exit 1 unecho clean -q "$TABLES/reviews" -o x.parquet
says stderr "the rows of Parquet files go into a table with --as input"
# What is clean stays as it is.
unecho clean -q mixed.parquet --as input -o again.parquet
cmp <(rows mixed.parquet) <(rows again.parquet)

# More lines than are held, and none.
seq 40000 | sed 's/.*/{"id":&,"text":"a& b& c& d& e& f& g& h& i& j& k&"}/' >many.jsonl
printf '{"id":"last","text":"x"}\n' >>many.jsonl
unecho clean -q many.jsonl -o many.parquet --provenance p.jsonl -f
unecho audit -q many.jsonl --corpus many.parquet --provenance p.jsonl
sed 's/"id":\([0-9][0-9]*\)/"id":"\1"/' many.jsonl | cmp - <(rows many.parquet)
expect_exit 1 unecho clean -q --tmpdir nowhere many.jsonl -o x.parquet
says stderr "--tmpdir"
absent x.parquet
unecho clean -q many.jsonl --reference many.jsonl -o none.parquet
equal "" "$(rows none.parquet)"

refused() { expect_exit 1 unecho clean -q "${@:2}" -o x.parquet; says stderr "$1"; absent x.parquet; }
printf 'one\ntwo\n' >lines.txt
refused "the records of the layout lines are lines, which stay as they came" lines.txt --layout lines
unecho segment -q lines.txt --layout lines -o lines.parquet
equal 2 "$(rows lines.parquet | wc -l)"
printf 'id,text\n1,a\n' >rows.csv
refused "do not go into one table" lines.jsonl rows.csv
refused "do not go into one table" rows.csv lines.jsonl
seq 10001 | sed 's/.*/{"text":"w&","c&":1}/' >wide.jsonl
refused "more than 10000 members of different names" wide.jsonl
seq 20 | while read -r i; do echo "{\"text\":\"w$i\",\"s$i\":$(seq 600 | sed "s/.*/\"c&\":1/" | paste -sd, | sed "s/.*/{&}/")}"; done >wide.jsonl
refused "more than 10000 members of different names" wide.jsonl
