# Pairs of kept works that may be the same go to a table; what a person writes into it counts in the next run, in any order of priority, and the audit checks it.
cat >a.ris <<'RIS'
TY  - JOUR
TI  - Fog signals and the sleep of young sailors
AU  - Rosa, Ute
AU  - Berg, Anna
PY  - 2009
JO  - Journal of Sea Medicine
VL  - 12
IS  - 3
SP  - 314
EP  - 320
ER  - 

TY  - JOUR
TI  - Tides and the price of salt: "=a study"
AU  - Okafor, Ben
PY  - 2011
JO  - Harbour Economics
VL  - 3
SP  - 1
EP  - 19
ER  - 
RIS
cat >b.jsonl <<'JSON'
{"title":"Fog signals and the sleep of young sailors","authors":["Rosa, U.","Berg, A."],"year":2009,"journal":"Proceedings of the Harbour Society, Section 2","volume":4,"pages":"55-56"}
{"title":"Tides and the price\n of  salt: \"=a study\"","authors":"@okafor; Ben","year":2011,"journal":"-Lighthouse Letters","volume":"8","pages":"44-46"}
{"title":"Fog signals and the sleep of young sailors","authors":["Rosa, U."],"year":"2010","journal":"Abstracts of the Fog Congress","pages":"7"}
{"title":"Lamps of the North","authors":"Berg, Anna","year":1999}
JSON
unecho dedup a.ris b.jsonl --compare works -o kept.jsonl --provenance p.jsonl --report r.json --review pairs.csv 2>table
head -c 3 pairs.csv | od -An -tx1
tail -c +4 pairs.csv
grep '^review' table
jq -c '[.run.review, .decided]' r.json
unecho audit -q --recall --report r.json --provenance p.jsonl --corpus kept.jsonl
# The third of a.ris, and the price of salt, are the same; of the others one pair is not.
grep -n . pairs.csv | cut -d, -f1,5,6
awk 'BEGIN { FS = OFS = "," } $5 == "a.ris#1" && $6 == "b.jsonl#3" { $1 = "Same" } $5 == "b.jsonl#1" { $1 = "no" } $5 == "a.ris#2" { $1 = "yes" } 1' pairs.csv >decided.csv
for how in "" "--keep last" "--annotate" "--key title" "--differ journal"; do
  echo "== $how"
  unecho dedup -qf a.ris b.jsonl --compare works $how -o kept.jsonl --provenance p.jsonl --report r.json --decided decided.csv --review left.csv
  jq -c '[.ref, .fate, .witness, .similarity, .by, .agree]' p.jsonl
  tail -n +2 left.csv | cut -d, -f1-6
  jq -c '[.run.review, .decided, .parameters.decided]' r.json
  unecho audit -q --recall --report r.json --provenance p.jsonl --corpus kept.jsonl
done
# What the audit says of lies.
unecho dedup -qf a.ris b.jsonl --compare works -o kept.jsonl --provenance p.jsonl --report r.json --decided decided.csv
for lie in 's/,"by":"decided"//' 's/"by":"decided"/"by":"work","agree":["title"]/' 's/"witness":"a.ris#1"/"witness":"b.jsonl#1"/'; do
  sed "$lie" p.jsonl >lie.jsonl
  if cmp -s p.jsonl lie.jsonl; then fail "$lie changes nothing"; fi
  ! unecho audit --report r.json --provenance lie.jsonl 2>lies
  head -1 lies | cut -c1-150
done
sed 's/^no,/same,/;s/^Same,/different,/' decided.csv >other.csv
sed 's/"decided": "decided.csv"/"decided": "other.csv"/' r.json >other.json
! unecho audit --report other.json --provenance p.jsonl 2>lies
grep -v 'provenance says' lies
# A record that goes alone, since a line names it, follows its equal; that nobody has decided it is no secret.
for title in keepers keeper keeper; do printf '{"title":"Lamps of the northern lighthouse %s","authors":"Berg, A.","year":2001,"volume":"7"}\n' $title; done >c.jsonl
printf 'decision,ref_1,ref_2\nno,c.jsonl#3,b.jsonl#4\n' >d.csv
unecho dedup -qf c.jsonl b.jsonl --compare works -o kept.jsonl --provenance p.jsonl --report r.json --decided d.csv
unecho audit -q --recall --report r.json --provenance p.jsonl --corpus kept.jsonl
for ref in 2 3; do
  sed "${ref}s/\"by\":\"work\",\"agree\":[^]]*]/\"by\":\"decided\"/" p.jsonl >lie.jsonl
  ! unecho audit -q --report r.json --provenance lie.jsonl
done 2>&1
