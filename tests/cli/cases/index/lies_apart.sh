# Files of the index are neither inputs nor outputs.
echo '{"text":"one two three four five six"}' >a.jsonl
unecho clean -q a.jsonl --index x.idx -o /dev/null
for options in 'x.idx' 'a.jsonl -o x.idx/run-000002' 'a.jsonl -f -o ./x.idx/manifest' 'a.jsonl -o new --provenance x.idx/../x.idx/p' \
    'a.jsonl --output-dir x.idx'; do
  expect_exit 1 unecho clean $options --index x.idx
  cat stderr
done
equal "lock manifest run-000001" "$(ls x.idx | xargs)"
