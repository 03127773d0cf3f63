# A source without fields beside one whose fields are keys: none of its records has a key.
printf 'doi,title\n10.5/a,On the old harbour of the town\n10.5/A,The harbour\n' >a.csv
printf 'a line of words that has no field\nanother line of words without one\n' >b.txt
for keep in first last; do
  unecho dedup -qf a.csv b.txt --key doi --keep $keep -o out --provenance p.jsonl --report r.json
  unecho audit -q --recall --report r.json --provenance p.jsonl
  jq -c '[.ref, .fate, .by]' p.jsonl
done
