# The file of a second june.txt is june@2.txt, and the audit looks for it there; so it is with an index.
printf 'The rain fell on the old hills.\nSnow came at noon.\n' >june.txt
printf 'the rain fell on the old hills\nFog lay on the harbour.\n' >notes
unecho clean -q --layout lines june.txt june.txt notes notes --output-dir out --provenance p.jsonl --report r.json
find out -type f | sort
unecho audit --provenance p.jsonl --report r.json --corpus out 2>&1
mv out/june@2.txt out/june.txt@2
expect_exit 1 unecho audit -q --provenance p.jsonl --report r.json --corpus out
says stderr "june@2.txt"
unecho clean -q --layout lines june.txt --index seen.idx --output-dir first
mv notes june.txt
unecho clean -q --layout lines june.txt --index seen.idx --output-dir second --provenance p.jsonl -f
cat second/june@2.txt
jq -r .ref p.jsonl
# A packed one keeps both endings at the end.
gzip -k june.txt
for run in 1 2 3; do
  unecho clean -q --layout lines june.txt.gz --index packed.idx --output-dir packed.$run --provenance p.jsonl --report r.json -f
  find packed.$run -type f
  unecho audit --provenance p.jsonl --report r.json --corpus packed.$run --index packed.idx 2>&1
done
