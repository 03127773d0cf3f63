# --keep source: says whose record stays; the corpus is in the order of reading.
mkdir web books
echo '{"id":"w","text":"the same words are in all of these three files"}' >web/a.jsonl
echo '{"id":"b","text":"the same words are in all of these three files"}' >books/a.jsonl
echo '{"id":"c","text":"the same words are in all of these three files"}' >c.jsonl
for order in books c.jsonl,web web/a.jsonl books/,c.jsonl; do
  unecho clean -qf web books c.jsonl --keep source:$order -o corpus.jsonl --provenance p.jsonl --report r.json
  echo "$order: $(jq -r .id corpus.jsonl), $(jq -r .ref p.jsonl | paste -sd ' ')"
  unecho audit -q --report r.json --provenance p.jsonl --corpus corpus.jsonl
  unecho audit -q web books c.jsonl --report r.json --provenance p.jsonl
  unecho audit -q web books c.jsonl --keep source:$order --provenance p.jsonl
done
jq -c .parameters.keep r.json
! unecho clean web books --keep source:boks
! unecho clean web books --keep source:
! unecho segment web books --keep source:web
