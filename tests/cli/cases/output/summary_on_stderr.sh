# Without -q: a short table on stderr, and nothing but records on stdout.
dumps
unecho clean dumps/*.txt >corpus.jsonl 2>talk
says talk 'read 93 kept 67 exact 22 near 3 rejected 1' page_2.txt orphan_body
jq empty corpus.jsonl
equal 67 "$(wc -l <corpus.jsonl)"
[ "$(wc -l <talk)" -le 24 ] || fail "more than one screen"
