dumps
unecho tune dumps/*.txt --report tune.json >text
cut -c1-100 text
jq -c '.thresholds[] | [.threshold, .kept, .exact, .near, (.borderline | length)]' tune.json
# Standard input is not read again: its pairs are named, without their texts.
cat dumps/*.txt | unecho tune >piped
grep -q 'name files to see how the pairs differ' piped || fail "nothing said about texts that cannot be read"
head -12 text >a; head -12 piped >b; cmp a b || fail "another table from a pipe"
unecho tune 2>/dev/null --threshold .7 dumps/*.txt && fail "a threshold was taken"
unecho tune dumps/*.txt --labels nothing.tsv 2>/dev/null && fail "no labels, no error"
true
