# The whole job. The counts are those of a reader with pen and paper (scripts/make_sample_data.py says what is in there).
clean_sample
equal "67 22 3 1" "$(fates provenance.jsonl)"
equal 67 "$(wc -l <corpus.jsonl)"
equal 93 "$(wc -l <provenance.jsonl)"
equal 1 "$(wc -l <rejects.jsonl)"
jq -se 'all(.[]; (.id | test("^[0-9a-f]{32}$")) and (keys | sort) == ["id", "ref", "snapshot", "text", "title"])' corpus.jsonl >/dev/null ||
  fail "the corpus does not have the documented fields"
equal '"Mar 11" "Mar 14" "May 5"' "$(jq .snapshot corpus.jsonl | uniq | xargs -d '\n')"
jq empty report.json
