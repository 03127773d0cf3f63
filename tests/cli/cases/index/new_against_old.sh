# Three runs with one index write what one run over all would have: corpus, provenance with its group numbers, and what
# was removed, one behind the other. What only reads the index writes the same, and adds nothing.
dumps
cd dumps
unecho clean -q page_*.txt -o all.jsonl --provenance all.p --removed all.r
unecho clean -q page_1.txt --index papers.idx --dry-run
absent papers.idx
for n in 1 2 3; do
  if [ "$n" != 1 ]; then
    cp -r papers.idx before.idx
    unecho clean -q page_$n.txt --index papers.idx --index-read-only -o read_$n.jsonl
    unecho clean -q page_$n.txt --index papers.idx --dry-run
    diff -r papers.idx before.idx >&2 || fail "a run that only reads has changed the index"
    rm -r before.idx
  fi
  unecho clean -q page_$n.txt --index papers.idx -o new_$n.jsonl --provenance new_$n.p --removed new_$n.r
  [ "$n" = 1 ] || same read_$n.jsonl new_$n.jsonl
done
for kind in jsonl p r; do
  cat new_?.$kind >parts
  same all.$kind parts
done
jq -c 'select(.fate != "kept") | [.ref, .fate, .witness, .member]' new_3.p | sed -n 1,4p
# Once more, and nothing is new.
unecho clean -q page_2.txt --index papers.idx | wc -l
