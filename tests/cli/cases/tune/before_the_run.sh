# What can be known before a run is said before it, and labels and reports in a folder are no dumps.
mkdir set && cp "$DATA/messy.jsonl" set/records.jsonl
printf 'c1\ta\tb\n' >set/clusters.tsv
touch there.json && printf x >there.json
expect_exit 1 unecho tune set --report there.json
says stderr "there.json" "--force"
expect_exit 1 unecho tune set --report nowhere/x.json
says stderr "nowhere"
printf '{"id":"a","text":"one two three four"}\n{"id":"a","text":"one two three four"}\n{"id":"b","text":"other words are here"}\n' >set/records.jsonl
unecho tune set --labels set/clusters.tsv >table
grep -qF "labels: 2 of 2 ids found, in 3 records" table || fail "$(head -3 table)"
printf 'c1\ta\t\n' >bad.tsv
expect_exit 1 unecho tune set --labels bad.tsv
says stderr "bad.tsv:1" "empty"
expect_exit 1 unecho tune set --labels set
says stderr "cannot be read"
