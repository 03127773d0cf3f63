# What fields there are, how often each is filled, and an example.
printf '{"id":1,"title":"A","text":"one two","tags":["x"]}\n{"id":2,"title":"","text":"three","note":null}\n' >a.jsonl
unecho inspect a.jsonl >out
grep -qF 'field        title, in 1 of 2, compared: A' out || fail "$(cat out)"
grep -qF 'field        note, in 0 of 2, left out' out || fail "$(cat out)"
grep -qF 'field        tags, in 1 of 2, left out: ["x"]' out || fail "$(cat out)"
printf 'key,title,text\n1,A,"one, two"\n2,B,\n' | unecho inspect - >out
grep -qF 'field        text, in 1 of 2, compared: one, two' out || fail "$(cat out)"
