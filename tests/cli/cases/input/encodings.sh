# The same records from UTF-8, UTF-16 and windows-1252; offsets point into the source as it is.
printf '{"title":"Caf\303\251","text":"na\303\257ve words to read \342\200\224 and more"}\n{"title":"Two","text":"other words, \303\251t\303\251"}\n' > utf8.jsonl
iconv -f utf-8 -t utf-16 utf8.jsonl > utf16.jsonl
iconv -f utf-8 -t utf-16be utf8.jsonl > utf16be.jsonl
iconv -f utf-8 -t windows-1252 utf8.jsonl > cp1252.jsonl
unecho dedup -q utf8.jsonl > want.jsonl
unecho dedup -q utf16.jsonl --provenance p16.jsonl --report r16.json > got16.jsonl
unecho dedup -q --encoding utf-16 utf16be.jsonl > got16be.jsonl
unecho dedup -q --encoding windows-1252 cp1252.jsonl --provenance p1252.jsonl > got1252.jsonl
unecho dedup -q --encoding windows-1252 --keep last cp1252.jsonl > got_deferred.jsonl
for got in got16 got16be got1252 got_deferred; do same want.jsonl $got.jsonl; done
equal UTF-16LE "$(jq -r '.sources[0].encoding' r16.json)" encoding
# The second record, cut out of the source by its provenance.
for run in "p16 utf16 utf-16le" "p1252 cp1252 windows-1252"; do
  set -- $run
  offset=$(sed -n 2p $1.jsonl | jq .offset) bytes=$(sed -n 2p $1.jsonl | jq .bytes)
  equal "$(sed -n 2p utf8.jsonl)" "$(tail -c +$((offset + 1)) $2.jsonl | head -c "$bytes" | iconv -f "$3" -t utf-8)" "$2"
done
unecho audit -q --provenance p16.jsonl --report r16.json utf16.jsonl || fail "audit by the report"
unecho audit -q --encoding windows-1252 --provenance p1252.jsonl cp1252.jsonl || fail "audit by the option"
expect_exit 2 unecho dedup --encoding gbk utf8.jsonl
says stderr "--encoding gbk" "iconv -f gbk"
