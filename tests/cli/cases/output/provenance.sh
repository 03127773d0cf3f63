# One line per input record, in input order, with the documented fields.
clean_sample
jq -cs 'map(.fate) | unique' provenance.jsonl
jq -rs 'group_by(.fate)[] | map(keys_unsorted | join(" ")) | unique | join(" / ")' provenance.jsonl
equal "$(jq -r '"\(.source)#\(.ordinal)"' provenance.jsonl)" "$(jq -r .ref provenance.jsonl)"
equal "$(for f in dumps/*.txt; do grep -o "\"ref\":\"$f#[0-9]*\"" provenance.jsonl; done)" "$(grep -o '"ref":"[^"]*"' provenance.jsonl)"
