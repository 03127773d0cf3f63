# Of each record the five likeliest pairs, the likeliest first, whatever the batches and threads; decisions of what is equal, too.
for i in $(seq 1 40); do printf '{"id":%d,"title":"Lamps of the northern lighthouse keepers","year":"%d","journal":"Journal of %s","volume":"%d","pages":"%d-%d"}\n' $i $((2000 + i % 2)) $(printf %d $((i * i * 7919)) | tr 0-9 a-j) $i $i $((i + 9)); done >a.jsonl
cp a.jsonl b.jsonl
run() { unecho dedup -qf a.jsonl b.jsonl --compare works --review "$1" --provenance "$1.p" --report "$1.r" -o "$1.kept" "${@:2}"; }
run one --threads 1
equal 186 $(wc -l <one)  # 40 records: 0 + 1 + 2 + 3 + 4 + 35 times 5 pairs, and the header
for how in "--threads 8" "--threads 3 --batch-size 1KiB"; do
  run two $how
  same one two
  same one.p two.p
done
run two --annotate --threads 2 --batch-size 1KiB
same one two
# A copy of b.jsonl that a line names has a fate of its own; what is equal to it and unnamed goes with the first.
printf 'decision,ref_1,ref_2\nsame,b.jsonl#5,a.jsonl#9\ndifferent,b.jsonl#6,a.jsonl#6\ndifferent,b.jsonl#7,a.jsonl#1\n' >d.csv
for how in "--threads 1" "--threads 3 --batch-size 1KiB" "--keep last" "--annotate"; do
  run two $how --decided d.csv
  echo "== $how"
  jq -c 'select(.by or (.ref | test("#[567]$"))) | [.ref, .fate, .witness, .by]' two.p
  unecho audit -q --recall --report two.r --provenance two.p --corpus two.kept
done
