# The five dumps this started from: the golden numbers.
[ -d "$SHARED/seeds" ] || skip "no seeds in $SHARED"
unecho clean "$SHARED"/seeds/*.txt -o corpus.jsonl --provenance provenance.jsonl --report report.json 2>talk
says talk 'read 359 kept 268 exact 91 near 0 rejected 0'
jq -c '[.sources[].records.read]' report.json
equal 268 "$(wc -l <corpus.jsonl)"
unecho audit -q --recall --provenance provenance.jsonl --corpus corpus.jsonl --report report.json "$SHARED"/seeds/*.txt
