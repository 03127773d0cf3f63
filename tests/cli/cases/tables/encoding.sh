# The lines of a table are UTF-8, whatever --encoding says of the other files.
tables
cp "$TABLES/types.parquet" "$TABLES/types.arrow" .
printf 'id,text\n1,caf\351\n' >latin.csv
unecho clean -q types.parquet types.arrow >wanted.jsonl
grep -q 'Grüße' wanted.jsonl || fail "the tables have letters beyond ASCII"
for encoding in latin-1 utf-16 detect; do
  for keep in first longest; do
    unecho clean -qf --keep $keep --encoding $encoding types.parquet types.arrow -o got.jsonl --provenance p.jsonl --report r.json
    same wanted.jsonl got.jsonl
    unecho audit -q --provenance p.jsonl --report r.json --corpus got.jsonl
    unecho clean -q types.parquet | same - <(unecho clean -q --keep $keep --encoding $encoding - <types.parquet)
  done
done
unecho clean -q --encoding latin-1 latin.csv types.parquet | jq -r 'select(.text) | .text' | head -n 2
