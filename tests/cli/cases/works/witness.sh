# Of two papers with one title by one author in one volume, a copy goes to the one with which most of it agrees.
cat >w.jsonl <<'END'
{"title":"Tides and lamps of the outer harbour","author":"Vane, R.","journal":"Light","year":1999,"volume":"7","pages":"10-20","doi":"10.5555/a"}
{"title":"Tides and lamps of the outer harbour","author":"Vane, R.","journal":"Light","year":1999,"volume":"7","pages":"214-220","doi":"10.5555/b"}
{"title":"Tides and lamps of the outer harbour","author":"Vane, R.","journal":"Light","year":1999,"volume":"7","pages":"10-20"}
{"title":"Tides and Lamps of the Outer Harbour.","author":"Vane R","journal":"Light","year":1999,"volume":"7","pages":"214-20"}
{"title":"Tides and lamps of the outer harbour","author":"Vane, R.","journal":"Light","year":1999}
END
for options in '--threads 1' '--batch-size 1KiB'; do
  unecho clean -f -q --compare works w.jsonl $options --provenance p.jsonl --report r.json -o corpus.jsonl
  unecho audit -q --recall --report r.json --provenance p.jsonl --corpus corpus.jsonl
  jq -c '[.ordinal, .fate, .witness // "-", (.agree // [] | join(" "))]' p.jsonl
done
