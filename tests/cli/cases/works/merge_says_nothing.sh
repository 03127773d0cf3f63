# A member that is there and says nothing is replaced, however it says that, and by the names that a profile has: no object
# gets a second member of a name. The audit comes to the same bytes, and nothing is missing when they are read again.
printf '%s\n' 'name = "own"' 'engine = "jsonl"' '[jsonl]' 'title = ["title"]' 'body = ["abstract"]' '[names]' 'doi = ["identifier"]' >own.toml
printf '%s\n' '{"title":"Sea fog and the sleep of harbour cats","author":"Alund, M.","issued":{"date-parts":[[null]]},"identifier":"","volume":[""],"container-title":{"title":null}}' \
  '{"title":"Sea fog and the sleep of harbour cats","author":"Alund, M.","issued":{"date-parts":[[2011]]},"identifier":"10.5555/jcm.314","volume":"12","container-title":"Journal of Coastal Medicine","page":"314-320"}' >a.jsonl
unecho clean -q --compare works --merge a.jsonl --layout own.toml -o out.jsonl --provenance p.jsonl --report r.json
cat out.jsonl
unecho audit -q --report r.json --provenance p.jsonl --corpus out.jsonl
printf '@article{a,\n  title = {Sea fog and the sleep of harbour cats},\n  author = {Alund, M.},\n  year = 2011,\n  doi={{}}\n}\n' >b.bib
sed 's/identifier/doi/' a.jsonl >c.jsonl
unecho clean -q --compare works --merge b.bib c.jsonl --output-dir out --provenance p.jsonl --report r.json -f
cat out/b.bib
unecho audit -q --report r.json --provenance p.jsonl --corpus out
