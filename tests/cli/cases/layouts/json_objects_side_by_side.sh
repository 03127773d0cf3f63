# Objects side by side are records, and what is in them their parts; of several lists the one with most text is taken.
texts() { unecho segment -q "$@" | jq -r '[.title, .text] | map(select(. != null and . != "")) | join(": ") | gsub("\n"; " / ")'; }

for who in one two; do
  printf '{\n "id": "%s",\n "tale": [\n  {"by": "x", "said": "%s a"},\n  {"by": "y", "said": "%s b"}\n ]\n}\n' $who $who $who
done >one_after_another.json
jq -s . one_after_another.json >array.json
jq -s 'map({(.id): .}) | add' one_after_another.json >map.json
jq -c .tale one_after_another.json >lists.jsonl
mkdir folder
jq 'select(.id == "one")' one_after_another.json >folder/one.json
jq 'select(.id == "two")' one_after_another.json >folder/two.json
for each in one_after_another.json array.json map.json lists.jsonl folder; do
  echo "$each"
  texts "$each"
done

jq -cn '{includes: {users: [{name: "Ann", description: "Of boats."}]},
         data: [{text: "We count swans on the lake."}, {text: "And geese on the land."}]}' >side.json
echo side.json
texts side.json

# Before JSON.
for head in '// of 2024' ")]}'" '2024-01-02 INFO begin' 'var all ='; do
  { echo "$head"; jq . array.json; } >behind.txt
  unecho clean -q behind.txt -f -o kept.json --report report.json --provenance provenance.jsonl
  unecho audit -q --report report.json --provenance provenance.jsonl --corpus kept.json
  jq -c '[.sources[].layout, .ledger.records.kept, .ledger.bytes.furniture]' report.json
done
{ echo '# of 2024'; jq -c . one_after_another.json; } | texts -
jq -c . one_after_another.json | sed 's/$/,/' | texts -

# Questions and their answers.
printf '{\n "Why do swans sing?": "Because they can.",\n "Who counts the geese?": "We do."\n}\n' | texts -

# Tables have no records: the errors say how to get them, and that works.
jq -n '{title: ["A", "B"], text: ["a b", "c d"]}' >lists.json
jq -n '{title: {"0": "A", "2": "B"}, text: {"0": "a b", "2": "c d"}}' >indexed.json
jq -n '{columns: ["title", "text"], data: [["A", "a b"], ["B", "c d"]]}' >split.json
for each in lists indexed split; do
  ! unecho segment -q $each.json 2>error || exit 1
  grep -o 'it is a table [a-z ]*' error
done
jq -c '. as $t | range([.[] | length] | max) as $i | map_values(.[$i])' lists.json | texts -
jq -c '. as $t | ([.[] | keys_unsorted[]] | unique[]) as $i | map_values(.[$i])' indexed.json | texts -
