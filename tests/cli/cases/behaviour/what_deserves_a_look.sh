# Nothing is silent: a source of which most is rejected is named, a run that keeps nothing is an error.
printf '{"text":"a b c d"}\n{"text":" "}\n{"text":"\\t"}\n{"text":""}\n' >most.jsonl
unecho dedup most.jsonl -o o.jsonl 2>err
grep -qF "look at most.jsonl: 3 of 4 records are rejected, 3 as empty, the first in line 2" err || fail "$(cat err)"
unecho inspect most.jsonl | grep -F "3 of 4 records are rejected" >/dev/null || fail "$(unecho inspect most.jsonl)"
printf '{"text":" "}\n{"text":""}\n' >none.jsonl
expect_exit 1 unecho dedup -q none.jsonl -o n.jsonl
says stderr "none.jsonl:1" "none of 2 records" "rejected as empty"
absent n.jsonl
unecho dedup most.jsonl none.jsonl -o two.jsonl 2>err
grep -qF "warning: none.jsonl (jsonl): nothing of it can be used: 2 of 2 records are rejected" err || fail "$(cat err)"
# One title for all.
for i in 1 2 3 4 5 6; do printf '{"title":"Read more","text":"text number %d"}\n' $i; done >titles.jsonl
unecho dedup titles.jsonl -o t.jsonl 2>err
grep -qF "6 of 6 records are called 'Read more'" err || fail "$(cat err)"
