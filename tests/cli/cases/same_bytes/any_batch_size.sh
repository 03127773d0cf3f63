dumps
make_records 3000 >records.jsonl
sed -n '1~3p' records.jsonl >>records.jsonl
for size in 4096 64KiB 1MiB; do
  mkdir $size
  unecho clean -f -q --batch-size $size dumps/*.txt "$DATA/messy.jsonl" records.jsonl -o $size/corpus --provenance $size/provenance \
    --rejects $size/rejects --report report.json
  jq 'del(.run)' report.json >$size/report
done
diff -r 4096 64KiB && diff -r 4096 1MiB
