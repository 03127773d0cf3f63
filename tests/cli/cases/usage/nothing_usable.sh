# A run that can use nothing of a source says so, where somebody said how to read it.
printf 'title,story\nA,b\n' > a.csv
printf '{"title":"A","tale":"b"}\n{"title":"A","tale":"c"}\n' > a.jsonl
expect_exit 1 unecho clean --layout jsonl a.csv -o o.jsonl
says stderr "a.csv:1: layout jsonl can use none of 2 records" "invalid_json"
absent o.jsonl
expect_exit 1 unecho dedup --match-fields contnt a.jsonl -o o.jsonl
says stderr "a.jsonl:1" "no line has a value for contnt (--match-fields)"
absent o.jsonl
unecho dedup a.jsonl -o o.jsonl 2> err
grep -F "only titles: no field of a.jsonl is known as text" err
unecho inspect a.jsonl | grep -c "titles alone are compared"
unecho dedup a.jsonl --match-fields title,tale -o two.jsonl 2> err
equal 2 "$(wc -l < two.jsonl)" "kept"
expect_exit 2 unecho dedup --threshold 80% a.jsonl
says stderr "give a share such as 0.8"
expect_exit 2 unecho dedup --memory 10 a.jsonl
says stderr "give a size such as 8GiB"
expect_exit 2 unecho dedup --quality gopher --rules missing.toml a.jsonl
says stderr missing.toml
# Nobody said how to read it, and there is nothing else: an error, too. Beside a source that can be read it is counted.
printf '{"talk":[1,2]}\n{"talk":null}\n' > talks.jsonl
expect_exit 1 unecho dedup talks.jsonl -o o2.jsonl
says stderr "talks.jsonl:1" "none of 2 records" "no_match_field" "--match-fields"
absent o2.jsonl
unecho dedup talks.jsonl a.jsonl -o o2.jsonl 2> err
grep -qF "rejected: no_match_field 2" err
# With --match-fields objects a line stay lines; layouts without such fields say so.
printf '{"body_text":"%s words","paper":{"title":"Notes","abstract":"Same"}}\n' one two three >deeper.jsonl
equal 3 "$(unecho dedup -q --match-fields body_text deeper.jsonl | wc -l)" "kept"
printf '[{"title":"A","text":"b"},{"title":"A","text":"c"}]' >array.json
equal 1 "$(unecho dedup -q --match-fields title array.json | wc -l)" "kept"
printf '@article{a, title={A}}\n' >a.bib
expect_exit 1 unecho dedup --match-fields text a.bib
says stderr "--match-fields" "no_match_field" "it has type, key, title"
# A text alone is no title.
printf '{"text":"alpha beta gamma"}\n' | unecho dedup 2>err >/dev/null
if grep -q "only titles" err; then fail "$(cat err)"; fi
# What a dump says does not drive the terminal.
printf '{"x\033[31m":1}\n{"x":2}\n' >escape.jsonl
expect_exit 1 unecho clean escape.jsonl
if grep -q "$(printf '\033')" stderr; then fail "an escape code came through"; fi
