dumps
unecho clean dumps/*.txt -o corpus.jsonl --provenance provenance.jsonl 2>table
unecho stats provenance.jsonl
# The books are those that the run gave at its end; sizes are those of the records.
books() { head -n 6 "$1" | sed 's/  *[0-9.]* [KMG]*B / /; s/  */ /g; s/ size / /'; }
unecho stats provenance.jsonl >again
cmp <(books table) <(books again)
gzip -k provenance.jsonl
unecho stats provenance.jsonl.gz | cmp - again
# For machines all of it.
unecho stats provenance.jsonl --json >stats.json
equal "$(fates provenance.jsonl)" "$(jq -r '.total | "\(.kept) \(.exact) \(.near) \(.rejected)"' stats.json)" "fates"
jq -c '.sources[2] | del(.name)' stats.json
jq -c '.groups.largest |= length | .groups, .similarity, .overlap' stats.json
rm provenance.jsonl
echo --- what is none
for text in '' '{"a":1}' 'no JSON' '{"source":"a","fate":"lost","bytes":1}'; do
  printf '%s' "$text" >bad
  unecho stats bad 2>error && fail "passed: $text"
  cat error
done
