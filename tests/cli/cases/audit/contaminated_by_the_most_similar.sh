# A record that shares no run of tokens with an evaluation set, and is similar to one of its records, goes with the most
# similar one; and the report says of which layout the set is.
printf 'a b c d e f\nb c d e f g\nx y z\n' >eval.txt
printf '{"text":"a b c d e f g"}\n{"text":"nothing of all that"}\n' >in.jsonl
run="--shingle 1 --against eval.txt --against-layout lines"
unecho dedup -qf in.jsonl $run -o corpus --provenance p.jsonl --report r.json
unecho audit -q --recall --report r.json --provenance p.jsonl --corpus corpus
jq -c '[.fate, .witness, .similarity]' p.jsonl
for lie in 's/eval.txt#1","similarity":0.857143/eval.txt#2","similarity":0.857143/' 's/eval.txt#1/eval.txt#3/'; do
  sed "$lie" p.jsonl >lie.jsonl
  if cmp -s p.jsonl lie.jsonl; then fail "$lie changes nothing"; fi
  expect_exit 1 unecho audit --report r.json --provenance lie.jsonl --corpus corpus
  grep -v ^audit: stderr
done
