# U+FFFD in what is written, counted and located in the report.
{ printf '{"title": "a good title", "text": "one two three"}\n'
  printf '{"title": "a bad\xff title", "text": "four\xe2\x82 five six"}\n'; } >bad.jsonl
unecho dedup -q bad.jsonl --report report.json >corpus.jsonl
sed -n 2p corpus.jsonl | jq -r '.title + "|" + .text'
jq -c .invalid_utf8 report.json
