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
# A multi-byte encoding: places as well; one with states is refused.
printf '{"title":"\346\274\242\345\255\227","text":"\346\260\264 and words"}\n{"title":"Two","text":"other \344\270\255 words"}\n' > utf8.jsonl
iconv -f utf-8 -t gbk utf8.jsonl > gbk.jsonl
unecho dedup -q --encoding gbk gbk.jsonl --provenance pgbk.jsonl > gotgbk.jsonl
same utf8.jsonl gotgbk.jsonl
offset=$(sed -n 2p pgbk.jsonl | jq .offset) bytes=$(sed -n 2p pgbk.jsonl | jq .bytes)
equal "$(sed -n 2p utf8.jsonl)" "$(tail -c +$((offset + 1)) gbk.jsonl | head -c "$bytes" | iconv -f gbk -t utf-8)" gbk
unecho audit -q --encoding gbk --provenance pgbk.jsonl gbk.jsonl || fail "audit of gbk"
expect_exit 2 unecho dedup --encoding iso-2022-jp utf8.jsonl
says stderr "--encoding iso-2022-jp" "iconv -f iso-2022-jp"
# Where a character has two forms and the source has the longer one, places cannot be right: said, not guessed.
printf '{"title":"a","text":"\217\363\253 words"}\n' > long.jsonl
expect_exit 1 unecho dedup --encoding euc-jp long.jsonl -o out.jsonl
says stderr "long.jsonl" "longer form" "iconv -f EUC-JP"
[ ! -e out.jsonl ] || fail "an output was committed"
