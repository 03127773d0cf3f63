# Whatever --keep says, what an earlier run has kept stays, and what is like it goes.
echo '{"id":1,"text":"the quick brown fox jumps over the lazy dog by the river"}' >old.jsonl
cat >new.jsonl <<'END'
{"id":2,"text":"the quick brown fox jumps over the lazy dog by the river bank"}
{"id":3,"text":"a text that nobody has seen before this day, of nine words and more"}
{"id":4,"text":"a text that nobody has seen before this day, of nine words and more than that"}
END
for keep in first last longest id:max; do
  rm -rf x.idx
  unecho clean -q old.jsonl --keep $keep --index x.idx -o /dev/null
  unecho clean -qf new.jsonl --keep $keep --index x.idx -o corpus.jsonl --provenance p.jsonl
  echo "$keep: $(jq -r '"\(.fate) \(.witness // "-")"' p.jsonl | paste -sd ' ')"
done
