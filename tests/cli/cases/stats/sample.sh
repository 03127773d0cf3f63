dumps
unecho clean dumps/*.txt -o corpus.jsonl --provenance provenance.jsonl 2>table
unecho stats provenance.jsonl
# The books are those that the run gave at its end.
unecho stats provenance.jsonl | head -n 6 >again
head -n 6 table | cmp - again
gzip provenance.jsonl
unecho stats provenance.jsonl.gz | head -n 6 | cmp - again
echo --- what is none
for text in '' '{"a":1}' 'no JSON' '{"source":"a","fate":"lost","bytes":1}'; do
  printf '%s' "$text" >bad
  unecho stats bad 2>error && fail "passed: $text"
  cat error
done
