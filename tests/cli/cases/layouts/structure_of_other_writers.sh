# What other writers of JSON, YAML and XML make is read, or refused by its name.
text() { unecho segment -q "$@" | jq -c '[.title, .text]'; }
# Numbers that no 64 bits hold do not cost the record.
printf '%s\n' '{"title": "Rain", "text": "It rained.", "n": 123456789012345678901234567890}' \
  '{"title": "Snow", "text": "It snowed.", "n": -1e400}' >numbers.jsonl
equal 2 "$(unecho clean -q numbers.jsonl | wc -l)" "lines with large numbers"
unecho clean -q numbers.jsonl | cmp - numbers.jsonl
jq -s . >/dev/null numbers.jsonl
{ echo '['; paste -sd, numbers.jsonl; echo ']'; } >numbers.json
equal '["123456789012345678901234567890","-1e400"]' \
  "$(unecho segment -q numbers.json | jq -c '.fields.n' | jq -sc .)" "large numbers"
unecho clean -q numbers.jsonl --provenance p.jsonl --report r.json -o c.jsonl && unecho audit -q --report r.json --provenance p.jsonl --corpus c.jsonl
# A number is broken as ever.
printf '{"title": "Rain", "n": 12x}\n{"title": "Snow"}\n' >broken.jsonl
equal 1 "$(unecho segment -q broken.jsonl | wc -l)" "of a broken line and a good one"
# JSON with comments, or with keys without quotes.
printf '// weather\n[\n  {title: "Rain", text: "It rained."},\n  {title: "Snow", text: "It snowed."},\n]\n' >a.json5
printf '[\n  // the first\n  {"title": "Rain", "text": "It rained."},\n  {"title": "Snow"}\n]\n' >b.json
for file in a.json5 b.json; do
  expect_exit 1 unecho segment $file
  says stderr "JSON with comments"
done
printf '[\n  {"title": "http://a.example // b", "text": "It rained."},\n  {"title": "Snow", "text": "It snowed."}\n]\n' >plain.json
equal 2 "$(text plain.json | wc -l)" "objects with slashes"
# Lists in several documents of YAML are one list.
printf -- '---\n- title: Rain\n  text: It rained.\n---\n- title: Snow\n  text: It snowed.\n' >lists.yaml
equal '["Rain","It rained."] ["Snow","It snowed."]' "$(text lists.yaml | paste -sd' ')" "lists in two documents"
# The descriptions of RDF are its records; the description of a book is none.
cat >dc.rdf <<'END'
<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/">
<rdf:Description rdf:about="a"><dc:title>Rain</dc:title><dc:description>It rained all night on the old roof.</dc:description></rdf:Description>
<rdf:Description rdf:about="b"><dc:title>Snow</dc:title><dc:description>It snowed all day on the fields.</dc:description></rdf:Description>
</rdf:RDF>
END
equal '["Rain","It rained all night on the old roof."]' "$(text dc.rdf | head -1)" "a description of RDF"
printf '<book><title>T</title><Description id="a">It rained all night on the old roof.</Description><chapter><p>It snowed.</p></chapter></book>' >book.xml
equal 1 "$(text book.xml | wc -l)" "a book"
# What is one record because its records are longer than what detection looks at, is said.
long() { for i in $(seq 4000); do printf 'words of rain %d and snow ' $i; done; }
printf '<letters>\n<brief><kop>A b</kop><tekst>%s</tekst></brief>\n<brief><kop>C d</kop><tekst>%s</tekst></brief>\n</letters>\n' "$(long)" "$(long)" >letters.xml
unecho segment letters.xml 2>err >/dev/null
says err "are one record" "--record"
unecho segment --record brief letters.xml 2>err >out
equal 2 "$(wc -l <out)" letters
# A text of strings and marks is one line.
printf '{"messages": [{"id": 1, "from": "Ann", "text": "It rained."}, {"id": 2, "from": "Ben", "text": ["See ", {"type": "link", "text": "page 3"}, ", please."]}]}' >chat.json
equal '["It rained.","See page 3, please."]' "$(unecho segment -q chat.json | jq -c .text | jq -sc .)" "a text with marks"
printf '[{"title": {"rendered": "Rain"}, "content": {"rendered": "It rained."}}, {"title": {"rendered": "Snow"}, "content": {"rendered": "It snowed."}}]' >posts.json
equal '["Rain","It rained."]' "$(text posts.json | head -1)" "a rendered title"
# Entities that a document type declares are read, but for those that grow without bound.
cat >entities.xml <<'END'
<!DOCTYPE set [<!ENTITY mill "the old mill"><!ENTITY co 'Hill &amp; Sons of &mill;'><!ENTITY % p "x"><!ENTITY far SYSTEM "far.txt">]>
<set>
<article><title>Rain at &co;</title><body>It rained on &mill;, &eacute; &far; &other;.</body></article>
<article><title>Snow</title><body>It snowed on &mill;.</body></article>
</set>
END
equal '["Rain at Hill & Sons of the old mill","It rained on the old mill, é &far; &other;."]' "$(text entities.xml | head -1)" "entities"
unecho clean -q entities.xml >file
unecho clean -q --threads 1 --batch-size 1KiB --stdin-name entities.xml <entities.xml | cmp - file
{ printf '<!DOCTYPE set [<!ENTITY a0 "lol of rain">'
  for i in $(seq 30); do printf '<!ENTITY a%d "&a%d;&a%d;&a%d;&a%d;">' $i $((i - 1)) $((i - 1)) $((i - 1)) $((i - 1)); done
  printf ']>\n<set><article><title>&a30;</title><body>It rained.</body></article><article><title>&a0;</title><body>It rained.</body></article></set>\n'; } >lol.xml
[ "$(unecho segment -q lol.xml | wc -c)" -lt 10000 ] || fail "entities grew"
