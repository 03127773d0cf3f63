dumps
unecho clean -q --annotate dumps/*.txt --provenance provenance.jsonl >corpus.jsonl
equal 67 "$(wc -l <corpus.jsonl)"
equal 25 "$(jq -s 'map(.unecho.copies | length) | add' corpus.jsonl)" "removed records"
jq -e -s 'all(.[]; .unecho.ref == .ref and .unecho.id == .id)' corpus.jsonl >/dev/null || fail "ref and id differ"
