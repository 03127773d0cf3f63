# Two books that balance (P1), and what a person asks first.
clean_sample
jq -r '"\(.schema) \(.version) \(.command)"' report.json
jq -c '.ledger.records' report.json
jq -c '.sources[] | [.name, .layout, .records.read]' report.json
jq -e '[.ledger, .sources[]] | all(.balances and
  (.bytes | .read == .record + .left_out + .furniture + .separator + .rejected) and
  (.records | .read == .kept + .exact + .near + .rejected) and
  ([.reasons[]] | add) == .records.rejected)' report.json >/dev/null || fail "the books do not balance"
equal "$(cat dumps/*.txt | wc -c)" "$(jq .ledger.bytes.read report.json)" "bytes read"
equal 25 "$(jq '[.overlap[].records] | add' report.json)" "removed records in the overlap"
equal 67 "$(jq '[.group_sizes[].groups] | add' report.json)" "groups"
equal 3 "$(jq '[.similarities[].records] | add' report.json)" "similarities of near copies"
jq -e '.largest_groups[0] | .copies == 2 and (.title | length > 0)' report.json >/dev/null || fail "largest groups"
jq -e '.parameters | .threshold == 0.7 and .shingle == 5 and .keep == "first" and .bands > 0' report.json >/dev/null || fail "parameters"
jq -e '.run | .threads > 0 and .seconds > 0 and .peak_rss_bytes > 0 and .planned_bytes > 0' report.json >/dev/null || fail "run"
