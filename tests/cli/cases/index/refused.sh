# What counts or compares within one run is refused, with the reason, before anything is made.
echo '{"text":"one two three four five six"}' >a.jsonl
for options in --exact-join '--ignore-common 3' '--reference a.jsonl' --dedup-lines '--dedup-sentences --at-least 2' \
    '--decided d.csv' '--compare works --review r.csv'; do
  expect_exit 2 unecho clean a.jsonl --index x.idx $options -o corpus.jsonl
  head -n 1 stderr
done
expect_exit 2 unecho segment a.jsonl --index x.idx
head -n 1 stderr
expect_exit 2 unecho clean a.jsonl --index-read-only
head -n 1 stderr
absent x.idx corpus.jsonl
expect_exit 1 unecho clean a.jsonl --index x.idx --index-read-only -o corpus.jsonl
cat stderr
expect_exit 1 unecho clean a.jsonl --index a.jsonl -o corpus.jsonl
cat stderr
mkdir letters
touch letters/from_home
expect_exit 1 unecho clean a.jsonl --index letters -o corpus.jsonl
cat stderr
equal from_home "$(ls letters)"
unecho clean -q a.jsonl --index x.idx --dedup-lines --inside -o corpus.jsonl
