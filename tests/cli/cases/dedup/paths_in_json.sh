# Fields inside objects, by their paths, in lines and in an array.
cat >papers.jsonl <<'E'
{"title":"Sea fog and sleep","meta":{"id":"a","doi":"10.5555/FOG.1","year":1999},"text":"One text that says a few things about fog and ships."}
{"title":"Quite another","meta":{"id":"b","doi":"doi:10.5555/fog.1","year":2001},"text":"Another text that says nothing about ships at all today."}
{"title":"Third","meta":{"id":"c","doi":null,"year":2002},"text":"A third text with words in it that nobody else has used."}
{"title":"Third","meta":{"id":"d","year":2003},"text":"A third text with words in it that nobody else has used."}
E
(echo '['; paste -sd, papers.jsonl; echo ']') >papers.json
for file in papers.jsonl papers.json; do
  for how in "--key meta.doi" "--key meta/doi:exact --keep meta.year:max --id-field meta.id" "--id-field meta/id --differ meta.year" "--within meta.year"; do
    echo "== $how"
    unecho clean -qf $file $how -o corpus --provenance p.jsonl --report r.json
    jq -c '[.ref, .fate, .witness, .by, .id]' p.jsonl
    unecho audit -q --report r.json --provenance p.jsonl --corpus corpus --recall
  done
  ! unecho clean -q $file --key meta.nope >nothing
  ! unecho clean -q $file --id-field meta.nope >nothing
done
