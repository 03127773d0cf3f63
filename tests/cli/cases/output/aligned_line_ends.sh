# How lines of aligned files end is no text, and comes out as it came.
printf 'Der Hund bellt.\r\nGuten Tag!\r\nDer Hund bellt.\r\nEnde\n' >a.de
printf 'The dog barks.\nGood day!\nThe dog barks.\nThe end' >a.en
unecho clean -q --aligned a.de a.en --match de,en --output-dir out --provenance p.jsonl --report r.json
equal "$(sed 3d a.de | od -c)" "$(od -c out/a.de)" "CRLF"
equal "$(printf 'The dog barks.\nGood day!\nThe end' | od -c)" "$(od -c out/a.en)" "no line end"
unecho audit -q --provenance p.jsonl --report r.json
equal '["Der Hund bellt.","The dog barks."]' "$(unecho clean -q --aligned a.de a.en | sed -n 1p | jq -c '[.de,.en]')" "an object"
unecho clean -q --aligned a.de a.en -f -o out.jsonl --provenance q.jsonl --report r.json -f
unecho audit -q --provenance q.jsonl --report r.json --corpus out.jsonl
# The last line is removed: what is left ends as it did.
printf 'one\ntwo\none' >b.x
printf 'eins\r\nzwei\r\neins' >b.y
unecho clean -q --aligned b.x b.y --output-dir b
equal "$(printf 'one\ntwo\n' | od -c)" "$(od -c b/b.x)" "without the last line"
equal "$(printf 'eins\r\nzwei\r\n' | od -c)" "$(od -c b/b.y)" "CRLF without the last line"
