# JSON over several lines whose first one has a title and does not end, and lines of JSON of which one is cut off.
printf '{"title": "Talks of May",\n"talks": [\n{"title": "Ann on rain", "text": "Ann spoke about rain and its causes."},\n{"title": "Bob on snow", "text": "Bob spoke about snow for an hour."}\n]}\n' >talks.json
unecho segment talks.json -q | jq -c '[.title, .text]'
printf '{"title": "Talks", "talks": [{"title": "Ann", "text": "Rain falls."},\n  {"title": "Bob", "text": "Snow lies."}]}\n' >begun.json
unecho segment begun.json -q | jq -c '[.title, .text]'
printf '{"title": "Ann",\n "text": "Rain falls."}\n{"title": "Bob",\n "text": "Snow lies."}\n' >several.json
unecho segment several.json -q | jq -c '[.title, .text]'
for cut in '{"title": "Ann", "text": "Rain fa' '{"title": "Ann",' '{"title": "Ann", "tags": ["a",' '{"title": "Ann", "meta":'; do
  printf '%s\n{"title": "Bob", "text": "Snow lies."}\n{"title": "Eve", "text": "Wind blows."}\n' "$cut" >cut.jsonl
  equal 'Bob Eve' "$(unecho segment cut.jsonl -q --report r.json -f | jq -r .title | paste -sd ' ')" "lines behind $cut"
  equal 1 "$(jq '.ledger.reasons.invalid_json' r.json)" "rejected of $cut"
done
# Prose beside the list of records is rejected, before and behind it.
about='All talks were held in the old town hall on the hill.'
printf '{"name": "Talks", "about": "%s", "talks": [{"title": "Ann", "text": "Rain."}, {"title": "Bob", "text": "Snow."}], "last": "%s", "short": "no prose"}\n' "$about" "$about" >beside.json
printf 'name: Talks\nabout: %s\ntalks:\n- title: Ann\n  text: Rain.\n- title: Bob\n  text: Snow.\nlast: >\n  %s\nshort: no prose # but a comment of as many words as prose has\n' "$about" "$about" >beside.yaml
for file in beside.json beside.yaml; do
  equal 'Ann Bob' "$(unecho segment $file -q --rejects rejects.jsonl -f --report r.json | jq -r .title | paste -sd ' ')" "records of $file"
  equal 2 "$(jq '.ledger.reasons.orphan_body' r.json)" "prose beside those of $file"
done
# The authors of one document are no records, nor are the servers of one interface.
printf 'cff-version: 1.2.0\ntitle: Rain\nabstract: We look at how rain falls on the nine towns.\nauthors:\n- name: Ann\n  affiliation: Here\n- name: Bob\n  affiliation: There\n' >rain.cff
printf 'openapi: 3.0.0\ninfo:\n  title: Rain\n  description: It says how rain falls on the nine towns.\nservers:\n- url: a\n  description: main one\n- url: b\n  description: other one\n' >api.yaml
printf '<work><title>Rain</title><abstract>We look at how rain falls on the nine towns.</abstract><persons><person><name>Ann Lee of the Northern Town</name><affiliation>The Institute of Weather, the University of the Coast, Port</affiliation></person><person><name>Bob Lee of the Southern Town</name><affiliation>Port</affiliation></person></persons></work>\n' >work.xml
for file in rain.cff api.yaml work.xml; do
  equal 1 "$(unecho segment $file -q | jq -r .text | tee text.txt | grep -c 'rain falls on the nine towns')" "text of $file"
  equal 1 "$(unecho segment $file -q | wc -l)" "records of $file"
done
# A person has phones and an invoice has lines; of records in a list with less of a frame each is one.
printf '{"firstName": "Ann", "lastName": "Lee", "phones": [{"type": "home", "number": "12 34"}, {"type": "fax", "number": "12 35"}]}\n' >person.json
printf '{"person": {"first": "Ann", "last": "Lee", "phones": [{"type": "home", "number": "12 34"}, {"type": "fax", "number": "12 35"}]}}\n' >wrapped.json
printf '{"invoice": "A-17", "buyer": "Ann Lee", "lines": [{"what": "Lamp", "price": "100"}, {"what": "Oil", "price": "30"}]}\n' >invoice.json
printf '{"company": "Lamps and Sons", "place": "Oslo", "staff": [{"name": "Ann", "task": "lead"}, {"name": "Bob", "task": "sell"}]}\n' >company.json
printf 'first: Ann\nlast: Lee\nphones:\n- type: home\n  number: 12 34\n- type: fax\n  number: 12 35\n' >person.yaml
printf 'title: Rain\npersons:\n- name: Ann Lee\n  affiliation: Here\n- name: Bob Ray\n  affiliation: There\ntext: We look at how rain falls on the nine towns.\n' >work.yaml
for file in person.json wrapped.json invoice.json company.json person.yaml work.yaml; do
  equal 1 "$(unecho segment $file -q | wc -l)" "records of $file"
done
printf '{"library": "Main", "place": "Oslo", "holdings": [{"title": "A book on lamps", "by": "Ann"}, {"title": "A book on doors", "by": "Bob"}]}\n' >library.json
printf '{"a": 1, "b": [{"x": "one", "y": "two words"}, {"x": "three", "y": "four words"}]}\n' >framed.json
printf 'title: Mine\nabout: This is a list of all that I like to read.\nmarks:\n- name: A mark on lamps and on their oil\n  url: a\n- name: A mark on doors and on their keys\n  url: b\n' >marks.yaml
for file in library.json framed.json marks.yaml; do
  equal 2 "$(unecho segment $file -q 2>/dev/null | wc -l)" "records of $file"
done
# A word that is part of another text is a text all the same.
printf '[{"src": "Lamp", "tgt": "Lampe"}, {"src": "Lam", "tgt": "Lampe"}, {"src": "Oil", "tgt": "Öl"}]\n' >pairs.json
jq -c '.[]' pairs.json >pairs.jsonl
for file in pairs.json pairs.jsonl; do
  unecho dedup -q $file -o kept.jsonl -f --provenance p.jsonl
  equal 3 "$(wc -l <kept.jsonl)" "kept of $file"
  unecho audit -q --provenance p.jsonl --corpus kept.jsonl $file || fail "audit of $file"
done
# Of a document that is made of texts under one name, short ones are text, too.
printf '<resources><string name="save">Save</string><string name="open">Open the file that you want to read <b>now</b>, please</string><string name="description">Quit</string></resources>\n' >strings.xml
equal 'Save|Open the file that you want to read now, please|Quit' "$(unecho segment strings.xml -q | jq -r .text | paste -sd '|')" "text of strings"
# YAML behind a line of --- that nothing closes is no front matter, and none of its keys is left out.
printf -- '---\ngem: rain\ntitle: Rain may fall\ndescription: |\n  It rains on the town and on all of the hills.\n\n  Impact\n  ------\n  All is wet.\npatched:\n- "> 1.0"\n' >advice.yml
equal 1 "$(unecho segment advice.yml -q | jq -r .text | grep -c 'all of the hills')" "text of advice"
printf -- '---\ntitle: Rain\n---\n\nIt rains on the town.\n' >post.md
equal Rain "$(unecho segment post.md -q | jq -r .title)" "title of a post"
# A document whose sections have lists of bold words is one text.
printf '# Editors\n\n## Context\n\nWe write code all day and in the night, too.\n\n## Decision\n\n- **Speed**: It opens within a second or two of them.\n- **Price**: It costs nothing at all for any of us.\n- **Looks**: It looks as good as all the others do.\n\n## Consequences\n\nNone.\n' >editors.md
equal 1 "$(unecho segment editors.md -q | wc -l)" "records of a decision"
