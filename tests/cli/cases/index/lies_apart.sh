# Files of the index are neither inputs nor outputs.
echo '{"text":"one two three four five six"}' >a.jsonl
unecho clean -q a.jsonl --index x.idx -o /dev/null
for options in 'x.idx' 'a.jsonl -o x.idx/run-000002' 'a.jsonl -f -o ./x.idx/manifest' 'a.jsonl -o new --provenance x.idx/../x.idx/p' \
    'a.jsonl --output-dir x.idx'; do
  expect_exit 1 unecho clean $options --index x.idx
  cat stderr
done
equal "lock manifest run-000001" "$(ls x.idx | xargs)"
# A slash behind the name of a folder that is not there yet changes nothing.
expect_exit 1 unecho clean -q a.jsonl --index new.idx/ -o new.idx/run-000002
says stderr 'lies in the index'
# Nor do exports and merged indexes go there.
expect_exit 1 unecho index export x.idx -o x.idx/run-000002
says stderr 'lies in the index'
unecho clean -q a.jsonl --threshold 0.7 --index y.idx -o /dev/null
expect_exit 1 unecho index merge x.idx y.idx -o y.idx/z
says stderr 'lies in the index y.idx'
unecho index merge -q x.idx y.idx -o z.idx/
unecho index check z.idx | cut -d, -f1
expect_exit 2 unecho index check --json x.idx
expect_exit 2 unecho index info -f x.idx
