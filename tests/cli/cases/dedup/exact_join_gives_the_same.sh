dumps
for threshold in 0.5 0.7 0.9; do
  unecho clean -f -q --threshold "$threshold" dumps/*.txt "$DATA/messy.jsonl" --provenance lsh.jsonl >lsh
  unecho clean -f -q --threshold "$threshold" --exact-join dumps/*.txt "$DATA/messy.jsonl" --provenance join.jsonl >join
  same lsh join
  same lsh.jsonl join.jsonl
done
