# What a record says deeper inside is compared where it is a text, and what is not compared is not passed over in silence.
look() { unecho dedup -q "$@" 2>&1 >/dev/null; }
# The articles of a data set, their paragraphs inside.
paragraph() { printf '{"context": "The %s of the town was built by people whose names are forgotten.", "qas": [{"id": "%s", "question": "Who built it?"}]}' "$1" "$1"; }
printf '{"title": "Town", "paragraphs": [%s]}\n' "$(paragraph mill)" "$(paragraph tower)" "$(paragraph mill)" >squad.jsonl
jq -s '{version: "1", data: .}' squad.jsonl >squad.json
for file in squad.jsonl squad.json; do unecho dedup -q $file | wc -l | grep -qx 2 || fail $file; done
# Steps that are short, and a text under a name of its own.
printf '{"title": "Cake", "steps": [{"n": 1, "text": "%s"}, {"n": 2, "text": "Bake"}]}\n' "Mix eggs" "Mix flour" "mix eggs!" >steps.jsonl
jq -s . steps.jsonl >steps.json
for file in steps.jsonl steps.json; do unecho dedup -q $file | wc -l | grep -qx 2 || fail $file; done
unecho dedup -q steps.jsonl -o o.jsonl --provenance p.jsonl --report r.json
unecho audit -q steps.jsonl --corpus o.jsonl --provenance p.jsonl --report r.json || fail audit
# What is inside and no text is a word at the end, and in the report; --differ keeps such records.
printf '{"title": "Evening concert", "details": {"id": %d, "seat": {"row": "%s", "place": %d}}}\n' 1 A 1 2 A 2 3 B 1 >seats.jsonl
jq -s . seats.jsonl >seats.json
for file in seats.jsonl seats.json; do
  look $file --report $file.r >said
  says said "$file: 2 of 2 exact copies differ from their witnesses in fields that are not compared: details"
  jq -e '.sources[0].look_at[0] | startswith("2 of 2 exact copies")' $file.r >/dev/null || fail "$(cat $file.r)"
  equal "" "$(look $file --differ details)" "said under --differ"
  equal 3 "$(unecho dedup -q $file --differ details | wc -l)" "records kept apart"
done
equal "" "$(look seats.jsonl --differ details.seat)" "said of a path"
# Of records that are made apart by another field what is left is said.
printf '{"title": "Bus %d", "date": "%s", "seat": %d}\n' 1 2024-01-02 1 1 "2 Jan 2024" 2 >bus.jsonl
look bus.jsonl >said
says said "date, seat"
look bus.jsonl --differ seat >said
equal "" "$(cat said)" "said of what is kept apart"
