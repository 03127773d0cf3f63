# A line whose first record is not kept is in no record of the corpus: it is counted, and said.
printf '%s\n' '{"doi":"10.5555/1","text":"Herons wait."}' \
  '{"doi":"10.5555/1","text":"Herons wait.\nSeen at the pier on a morning in May."}' \
  '{"doi":"10.5555/2","text":"Gulls do not.\nSeen at the pier on a morning in May."}' >in.jsonl
for keep in first last; do
  unecho dedup in.jsonl --key doi --dedup-lines --keep $keep -f -o out.jsonl --report r.json --provenance p.jsonl 2>said
  unecho audit -q --report r.json --provenance p.jsonl --corpus out.jsonl
  jq '.lost_repeats += 1' r.json >lie.json
  expect_exit 1 unecho audit -q --report lie.json --provenance p.jsonl --corpus out.jsonl
  says stderr lost_repeats
  if [ $keep = first ]; then
    grep -q '^repeated: 1 ' said || fail "not said"
    equal 1 "$(jq .lost_repeats r.json)" "lost"
  else
    ! grep -q ^repeated: said || fail "said"
    equal 0 "$(jq .lost_repeats r.json)" "none lost"
  fi
done
equal 2 "$(unecho dedup -q in.jsonl --key doi | unecho dedup -q --dedup-lines | wc -l)" "one after the other"
