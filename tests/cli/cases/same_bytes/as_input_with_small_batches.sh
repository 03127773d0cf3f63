# A source may end where a batch does, so that the batch that ends it is empty. What stands behind its last record is
# written all the same, and the next source begins in a line of its own.
for size in 1023 1024 1025 2047 2048 2049; do
  for n in $(seq $((size / 64 - 1))); do printf '{"n":"%055d"}\n' "$n"; done >a.jsonl
  printf '{"n":"%0*d"}\n' $((size - $(stat -c %s a.jsonl) - 9)) 0 >>a.jsonl
  equal $size "$(stat -c %s a.jsonl)"
  unecho clean -qf a.jsonl --as input --batch-size 1KiB --match-fields n -o small
  same a.jsonl small
done
