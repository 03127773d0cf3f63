# --pii mask and drop leave no address in the corpus, in members beside the text neither; the audit writes the same.
printf '%s\n' '{"id":"bob@example.org","text":"A letter to ann@example.org came","meta":{"from":["eve@example.org",5],"ann@example.org":1}}' \
  '{"id":2,"text":"A letter of nobody","note":"call\n+49 30 1234567 \u0040 home"}' \
  '{"id":3,"text":"Seven lanterns hung along the pier", "note":"as it came: 1.50, \/"}' >in.jsonl
unecho clean -q in.jsonl --pii mask -o out.jsonl --provenance p.jsonl --report r.json
equal '{"id":"<EMAIL>","text":"A letter to <EMAIL> came","meta":{"from":["<EMAIL>",5],"ann@example.org":1}}
{"id":2,"text":"A letter of nobody","note":"call\n<PHONE> @ home"}
{"id":3,"text":"Seven lanterns hung along the pier", "note":"as it came: 1.50, \/"}' "$(cat out.jsonl)" "masked"
unecho audit -q --provenance p.jsonl --report r.json --corpus out.jsonl
unecho clean -q --threads 1 --batch-size 1KiB --pii mask <in.jsonl | cmp - out.jsonl
equal '{"id":2,"text":"A letter of nobody","note":"call\n<PHONE> @ home"}' "$(unecho clean -q in.jsonl --pii drop | sed -n 1p)" "drop"
unecho clean -q in.jsonl --pii mask --annotate -f -o out.jsonl --provenance p.jsonl --report r.json
! grep -q 'eve@\|bob@' out.jsonl || fail "an address with --annotate"
unecho audit -q --provenance p.jsonl --report r.json --corpus out.jsonl
printf "{'mail': u'bob@example.org', 'text': 'A letter in Python', 'n': None}\n" >python.jsonl
! unecho clean -q python.jsonl --pii mask | grep -q bob@ || fail "an address in Python"
# With --pii report nothing is masked.
unecho clean -q in.jsonl --pii report | cmp - in.jsonl
