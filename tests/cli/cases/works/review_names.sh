# Decisions go by refs, and by ids where the run has some: these outlive another order of the records. A ref that means another record now is an error.
for i in 1 2 3; do printf '{"id":"x%d","title":"Lamps of the northern lighthouse keepers, part %d","year":"2001","journal":"Sea","authors":"Berg, A."}\n' $i $i; done >a.jsonl
printf '{"id":"y1","title":"Lamps of the northern lighthouse keepers, part 1","year":"2001","journal":"Proceedings of a congress","volume":"7","authors":"Berg, A."}\n' >b.jsonl
unecho dedup -q a.jsonl b.jsonl --compare works --id-field id -o kept --review pairs.csv
tail -n +2 pairs.csv | cut -d, -f1-8
sed 's/^,/same,/' pairs.csv >decided.csv
{ tail -n +2 a.jsonl; head -1 a.jsonl; } >c && mv c a.jsonl
by() { unecho dedup -qf a.jsonl b.jsonl --compare works "$@" --decided decided.csv --provenance p.jsonl --report r.json -o kept && jq -c 'select(.by == "decided") | [.ref, .witness]' p.jsonl &&
  unecho audit -q --report r.json --provenance p.jsonl --corpus kept; }
by --id-field id
expect_exit 1 by
cat stderr
# Without titles, nobody could know.
sed 's/Lamps[^"]*"/"/g' decided.csv >t.csv && mv t.csv decided.csv
by
# Two records of one id are both meant.
printf '{"id":"y1","title":"Of lamps","year":"1999"}\n' >>b.jsonl
by --id-field id
# What the spreadsheet has made of ids: the line is named, and empty ids leave the refs.
sed 's/,x1,/,1.0E+3,/' decided.csv >t.csv && mv t.csv decided.csv
expect_exit 1 by --id-field id
cat stderr
sed 's/,1.0E+3,y1,/,,y1,/' decided.csv >t.csv && mv t.csv decided.csv
by --id-field id
# Ids and names of files that a table cannot hold as they are go by what it has of them.
mkdir odd
printf '{"id":" a  1","title":"Lamps of the northern lighthouse keepers","year":"2001","journal":"Sea","authors":"Berg, A."}\n' >odd/$'x\r  y.jsonl'
printf '{"id":"=b\\t2\\u00a0","title":"Lamps of the northern lighthouse keepers","year":"2001","journal":"Proceedings of a congress","volume":"7","authors":"Berg, A."}\n' >odd/' z.jsonl'
cd odd
odd() { unecho dedup -qf $'x\r  y.jsonl' ' z.jsonl' --compare works "$@" --provenance p.jsonl --report r.json -o kept; }
for how in "--id-field id" "--differ year"; do
  odd $how --review pairs.csv
  tail -n +2 pairs.csv | cut -d, -f5-8
  sed 's/^,/same,/' pairs.csv >decided.csv
  odd $how --decided decided.csv
  jq -c 'select(.witness) | [.ref, .witness, .by]' p.jsonl
  unecho audit -q --report r.json --provenance p.jsonl --corpus kept
done
