# What is empty, null or stands where nobody knew a value is none, for all options that ask for values; a field that is
# called exactly so and says nothing hides no other.
text="the quick brown fox jumps over the lazy dog again and again until dawn"
cat >a.jsonl <<END
{"text":"$text","score":"N/A","lang":"-","year":"2009///","doi":null,"DOI":"10.1/x"}
{"text":"$text","score":5,"lang":"unknown","year":"2009","doi":"","Doi":["10.1/x"]}
{"text":"$text","score":0,"lang":"en","year":2009,"doi":"10.1/X"}
{"text":"$text","score":null,"SCORE":7,"lang":null,"year":"n.d.","doi":"10.1/y"}
END
for how in "--differ score" "--differ lang" "--differ year" "--within lang" "--within year" "--key doi --differ doi" "--keep score:max" "--keep score:min" \
  "--keep year:max" "--id-field doi" "--id-field score"; do
  echo "== $how"
  unecho dedup -qf a.jsonl $how --match-fields text -o corpus --provenance p.jsonl --report r.json 2>said
  cat said
  jq -c '[.ref, .fate, .witness, .id]' p.jsonl
  jq -c '.placeholders // empty' r.json
  unecho audit -q --report r.json --provenance p.jsonl --corpus corpus --recall
done
