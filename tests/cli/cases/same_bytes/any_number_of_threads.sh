dumps
make_records 3000 >records.jsonl
sed -n '1~3p' records.jsonl >>records.jsonl
for threads in 1 2 8; do
  mkdir $threads
  unecho clean -f -q --threads $threads dumps/*.txt "$DATA/messy.jsonl" records.jsonl -o $threads/corpus --provenance $threads/provenance \
    --rejects $threads/rejects --report report.json
  jq 'del(.run)' report.json >$threads/report
done
diff -r 1 2 && diff -r 1 8
