# Each record says in which group it is, as how many a member, and what its witness calls itself; the audit finds each lie.
cat >in.jsonl <<'END'
{"id":"a","text":"One two three four five six seven eight nine ten eleven twelve"}
{"id":17,"text":"one two three four five six seven eight nine ten eleven twelve"}
{"id":"c","text":"One two three four five six seven eight nine ten eleven twelve"}
{"id":"d \"x\"","text":"one two three four five six seven eight nine ten eleven twelve thirteen"}
{"text":"quite another text that has nothing to do with the ones above it"}
{"id":"f","text":"one two three four five six seven eight nine ten eleven twelve thirteen"}
END
for how in "" "--keep last" "--annotate" "--mark" "--exact-join"; do
  echo "== $how"
  unecho dedup -qf in.jsonl --id-field id $how -o corpus --provenance p.jsonl --report r.json --removed removed.jsonl
  jq -c '[.ref, .fate, .equal, .group, .member, .id, .witness_id]' p.jsonl
  jq -c '.unecho | select(.) | del(.id)' corpus
  unecho audit -q --report r.json --provenance p.jsonl --corpus corpus
done
jq -c '.unecho | [.ref, .equal, .group, .member, .witness_id]' removed.jsonl
for lie in 's/"equal":"bytes"/"equal":"tokens"/' 's/"member":2/"member":3/' 's/"group":"in.jsonl#1","member":2/"group":"in.jsonl#2","member":2/' \
    's/"witness_id":"a"/"witness_id":"b"/' 's/,"witness_id":"a"//'; do
  sed "$lie" p.jsonl >lie.jsonl
  if cmp -s p.jsonl lie.jsonl; then fail "$lie changes nothing"; fi
  ! unecho audit --report r.json --provenance lie.jsonl 2>lies
  head -1 lies | cut -c1-150
done
