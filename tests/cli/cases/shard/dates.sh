# Whether 03/04/2025 is in March or in April say all values of --keep FIELD:max together, those of records that are alone in their shard, too.
story="the rain fell on the old hills and the snow came at noon"
printf '{"title":"%s","date":"%s"}\n' "$story" 03/04/2025 "$story" 02/05/2025 >a.jsonl
printf '{"title":"%s","date":"%s"}\n' "quite another thing is said of the long cold winter" 25/04/2025 >b.jsonl
printf '{"title":"%s","date":"%s"}\n' "the ships lay still in the harbour that whole month" 04/25/2025 >c.jsonl
printf '{"title":"%s"}\n' "nobody knows when" "nobody knows when" >none.jsonl
tail -n 1 a.jsonl >>none.jsonl
in_shards() { rm -rf job; unecho shard plan -q job "$@" --shards 2 -o corpus.jsonl --provenance p.jsonl; unecho shard run -q job; }
same_as_one_run() { unecho clean -qf "$@" -o corpus.jsonl --provenance p.jsonl; in_shards "$@"; for output in corpus p; do cat job/out/$output-*.jsonl | same - $output.jsonl; done; }
same_as_one_run a.jsonl b.jsonl --keep date:max
jq -c '[.ref, .fate, .witness]' p.jsonl
same_as_one_run a.jsonl c.jsonl --keep date:max
jq -c '[.ref, .fate, .witness]' p.jsonl
same_as_one_run none.jsonl none.jsonl --keep date:min:dmy
# What cannot be put in order is no answer, in shards either.
for options in 'a.jsonl none.jsonl' 'b.jsonl c.jsonl'; do
  expect_exit 1 unecho clean -qf $options --keep date:max
  cp stderr one.stderr
  expect_exit 1 in_shards $options --keep date:max
  same stderr one.stderr
  cat stderr
done
