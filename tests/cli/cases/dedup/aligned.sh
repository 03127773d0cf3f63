# Line i of both files is one record; what stays, stays in both.
cat >src.de <<'END'
Der Hund bellt, und das Boot liegt die ganze Nacht im Hafen.
Die Katze schläft den ganzen Tag auf dem alten Ofen im Haus.
Der Hund bellt, und das Boot liegt die ganze Nacht im Hafen!
Der Hund bellt, und das Boot liegt die ganze Nacht im Hafen.

END
cat >trg.en <<'END'
The dog barks, and the boat lies in the harbour all night long.
The cat sleeps on the old stove in the house all day long.
The dog barks and the boat lies in the harbour all night long.
Who can say what this may mean, and whether it means anything?

END
unecho clean -q --aligned src.de trg.en --match de:.7,en:.7 --output-dir kept --provenance p.jsonl --report r.json
paste -d'|' kept/src.de kept/trg.en
jq -c '[.ref, .fate, .witness, .similarities]' p.jsonl
unecho audit -q --recall --report r.json --provenance p.jsonl
unecho audit -q --aligned --match de:.7,en:.7 --recall --provenance p.jsonl src.de trg.en
jq -c '[.parameters.aligned, .parameters.match, .run.inputs]' r.json
jq -c .ledger.balances r.json
# Compressed files, in another order of priority, exactly joined: the same lines.
gzip -k src.de && zstd -q trg.en
for options in '' '--keep last' '--exact-join' '--keep last --exact-join'; do
  # shellcheck disable=SC2086
  unecho clean -q -f --aligned src.de trg.en --match de:.7,en:.7 $options --output-dir plain --provenance q.jsonl
  # shellcheck disable=SC2086
  unecho clean -q -f --aligned src.de.gz trg.en.zst --match de:.7,en:.7 $options --output-dir zipped --provenance z.jsonl
  cmp plain/src.de <(gzip -dc zipped/src.de.gz)
  cmp plain/trg.en <(zstd -qdc zipped/trg.en.zst)
  same q.jsonl z.jsonl
  wc -l <plain/src.de
done
# Without --output-dir pairs are objects; without --match both sides are one text; one side may be all that counts.
unecho dedup -q --aligned src.de trg.en --annotate | jq -c '[.de, (.unecho | .copies)]'
unecho dedup -q --aligned src.de trg.en --match-fields de | wc -l
unecho explain 'src.de+trg.en#3' --report r.json --provenance p.jsonl | grep -E '^(src|source|witness|field|shingles)'
unecho explain 'src.de+trg.en#3' --aligned --match de,en src.de trg.en --provenance p.jsonl | head -1
# Lines come out as they were, whatever is in them.
printf 'a "b" \\ \tc\r\n\xff\xfe x\nlast' >odd.x
printf 'one\ntwo\nthree' >odd.y
unecho clean -q --aligned odd.x odd.y --output-dir odd
cmp odd.x odd/odd.x
cmp odd.y odd/odd.y
