# A file that shows too little by itself is read like the files beside it, in any order and by any number of threads.
entry() { printf '## %s\n\nWe count %s in the gardens of the coast, and find more of them than before.\n\n' "$1" "$2"; }
mkdir papers notes
{ printf '# March\n\n'; entry Beans beans; entry Peas peas; entry Leeks leeks; } >papers/a.md
{ printf '# April\n\n'; entry Peas peas; } >papers/b.md
entry Beans beans >papers/c.md
printf 'We went out, and it rained all day on the lakes.\n\n## Later\n\nIt stopped.\n' >papers/d.md
cp papers/b.md notes/b.md
unecho clean -q -f papers -o one.jsonl --provenance p.jsonl --report r.json
equal 'papers/b.md#1 exact papers/a.md#2;papers/c.md#1 exact papers/a.md#1;' \
  "$(jq -r 'select(.witness) | "\(.ref) \(.fate) \(.witness);"' p.jsonl | tr -d '\n')" copies
equal 4 "$(wc -l <one.jsonl)" kept
unecho audit -q --provenance p.jsonl --corpus one.jsonl --report r.json || fail "audit by the report"
unecho audit -q --provenance p.jsonl --corpus one.jsonl papers/*.md || fail "audit without it"
unecho clean -q --threads 1 --batch-size 1KiB papers | cmp - one.jsonl
unecho segment -q papers/c.md papers/b.md papers/a.md | jq -r '"\(.ref) \(.title);"' | tr -d '\n' >titles
equal 'papers/c.md#1 Beans;papers/b.md#1 Peas;papers/a.md#1 Beans;papers/a.md#2 Peas;papers/a.md#3 Leeks;' "$(cat titles)" order
unecho inspect papers/*.md >told
says told 'it is read like the files beside it (papers/*.md)'
# So does whatever reads a record again.
unecho explain 'papers/b.md#1' --provenance p.jsonl --report r.json >told
says told 'papers/b.md (markdown-headings), bytes 9 to 95'
unecho explain 'papers/b.md#1' --provenance p.jsonl papers/*.md | cmp - told
# What does not fit stays what it is, and so does what has no such files beside it.
equal text "$(jq -r '.sources[] | select(.name == "papers/d.md") | .layout' r.json)" "another document"
# Files that show another layout for sure count against it, and anything could be a text between markers.
mkdir sure texts
for i in 1 2 3; do printf 'title,text\nBeans,We count %s beans today.\nPeas,We count %s peas today.\n' $i $i >sure/$i.txt; done
printf '[12.03.26, 09:14:02] Ana: We count beans.\n[12.03.26, 09:15:02] Ben: And peas.\n' >sure/4.txt
printf 'Beans of the coast\nPeas of the coast\nLeeks of the coast\n' | tee sure/5.txt >texts/3.txt
for i in 1 2; do printf 'We count %s beans.\n<|endoftext|>\nWe count peas.\n<|endoftext|>\n' $i >texts/$i.txt; done
unecho segment -q sure texts | jq -r .ref | cut -d'#' -f1 | uniq -c | tr -s ' ' | grep -E '[53].txt' >told
equal ' 2 sure/3.txt; 3 sure/5.txt; 3 texts/3.txt;' "$(tr '\n' ';' <told)" "lines stay lines"
equal '["","# April"]' "$(unecho segment -q notes papers/a.md | jq -c '[.title, (.text | split("\n")[0])]' | head -1)" "another folder"
