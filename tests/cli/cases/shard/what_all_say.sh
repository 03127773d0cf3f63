# What no source has is an error, and what some have is none, whichever shard has them: as in one run.
a="the rain fell on the old hills and the snow came at noon"
printf '{"id":1,"text":"%s","year":2001}\n' "$a" >with.jsonl
printf '{"text":"%s again"}\n' "$a" >without.jsonl
printf '{"n":1}\n{"n":2}\n' >unusable.jsonl
printf 'one two three\n---\nfour five six\n' >parted.txt
printf 'seven eight nine\n' >whole.txt
same_as_one_run() {
  local code=0 shards=0 num=0 word
  unecho clean -qf "$@" -o corpus.jsonl --provenance p.jsonl 2>one.said || code=$?
  rm -rf job
  for word; do [ ! -e "$word" ] || num=$((num + 1)); done
  unecho shard plan -q job "$@" --shards $num -o corpus.jsonl --provenance p.jsonl
  unecho shard run -q job 2>shards.said || shards=$?
  equal $code $shards "$*"
  [ $code -eq 0 ] || { same one.said shards.said; cat one.said; return; }
  for output in corpus p; do cat job/out/$output-* | same - $output.jsonl; done
}
for options in '--id-field id' '--keep year:max' '--match-fields year' '--match-fields text,year'; do
  same_as_one_run with.jsonl without.jsonl $options
  same_as_one_run without.jsonl with.jsonl $options
  same_as_one_run without.jsonl without.jsonl $options
done
same_as_one_run with.jsonl unusable.jsonl
same_as_one_run unusable.jsonl with.jsonl
same_as_one_run unusable.jsonl unusable.jsonl
same_as_one_run parted.txt whole.txt --record-separator '^---$'
same_as_one_run whole.txt parted.txt --record-separator '^---$'
same_as_one_run whole.txt whole.txt --record-separator '^---$'
