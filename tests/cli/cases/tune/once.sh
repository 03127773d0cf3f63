# What can be read once only gives the table without its pairs.
printf '{"text":"one two three four five six seven %s"}\n' a b b c >in.jsonl
unecho tune in.jsonl >want
unecho tune <(cat in.jsonl) >got 2>err || fail "$(cat err)"
head -n 11 want | cmp - <(head -n 11 got)
mkfifo pipe
cat in.jsonl >pipe &
unecho tune pipe >got 2>err || fail "$(cat err)"
head -n 11 want | cmp - <(head -n 11 got)
cat in.jsonl >pipe &
unecho dedup -q pipe -o corpus.jsonl --report page.html
grep -q "cannot be read twice" page.html || fail "the page does not say why it has no texts"
