# A first run that fails leaves nothing that was not there.
echo '{"title":"a","text":"one two three four five six"}' >a.jsonl
echo '{"title":' >broken.jsonl
expect_exit 1 unecho clean -q nothing.jsonl --index x.idx -o out.jsonl
absent x.idx
expect_exit 1 unecho clean -q --strict a.jsonl broken.jsonl --index x.idx -o out.jsonl
absent x.idx out.jsonl
expect_exit 1 unecho clean -q --keep last --strict a.jsonl broken.jsonl --index x.idx -o out.jsonl --resume
absent x.idx
[ ! -w /dev/full ] || { expect_exit 1 unecho clean -q a.jsonl --index x.idx -o /dev/full; absent x.idx; }
# The page of the report is written before the index has the run.
ln -s /dev/full page.html
[ ! -w /dev/full ] || { expect_exit 1 unecho clean -q a.jsonl --index x.idx -o page.out --report page.html; absent x.idx; }
expect_exit 1 unecho clean -q a.jsonl --against nothing.jsonl --index x.idx -o out.jsonl
absent x.idx
mkdir x.idx
expect_exit 1 unecho clean -q --strict a.jsonl broken.jsonl --index x.idx -o out.jsonl
equal '' "$(ls -A x.idx)"
# What another run has begun stays, and the next one is as if nothing had been.
unecho clean -q a.jsonl --index x.idx -o out.jsonl
expect_exit 1 unecho clean -qf --strict broken.jsonl --index x.idx -o out.jsonl
unecho clean -qf a.jsonl --index x.idx | wc -l
# A page in the index is none of its files.
expect_exit 1 unecho clean -q a.jsonl --index x.idx --report x.idx/page.html
cat stderr
absent x.idx/page.html
expect_exit 1 unecho clean -q a.jsonl --index y.idx --report y.idx/page.html
absent y.idx
