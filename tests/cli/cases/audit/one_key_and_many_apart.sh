# All records have one key, and a field sets each apart from all but its copy: the audit does not compare all with all.
seq 1 4000 | sed 's/.*/{"lang":"en","id":"&","text":"record & is the first of its kind"}\n{"lang":"en","id":"&","text":"what & says is not the same at all"}/' >in.jsonl
unecho clean -q in.jsonl --key lang --differ id -o out.jsonl --provenance p.jsonl --report r.json
equal 4000 "$(grep -c '"fate":"near"' p.jsonl)" "removed"
timeout 60 unecho audit -q --report r.json --provenance p.jsonl --corpus out.jsonl
# Without a value of the field that sets apart, the most similar of all that have the key.
printf '%s\n' '{"lang":"en","id":"a","text":"one two three four"}' '{"lang":"en","id":"b","text":"five six seven eight nine"}' \
  '{"lang":"en","text":"zero five six seven eight"}' '{"lang":"en","id":"c","text":"one two three four five"}' \
  '{"lang":"en","id":"b","text":"one two three four"}' >few.jsonl
unecho clean -q few.jsonl --shingle 1 --key lang --differ id --threshold 1 -f -o out.jsonl --provenance p.jsonl --report r.json
unecho audit -q --report r.json --provenance p.jsonl --corpus out.jsonl
jq -c '[.ref, .fate, .witness, .similarity]' p.jsonl
sed '3s/"witness":"few.jsonl#2","similarity":0.666667/"witness":"few.jsonl#1","similarity":0.000000/;3s/"group":"few.jsonl#2"/"group":"few.jsonl#1"/;5s/"member":3/"member":2/' p.jsonl >q.jsonl
expect_exit 1 unecho audit -q --key lang --differ id --shingle 1 --threshold 1 --provenance q.jsonl few.jsonl
cat stderr
