# Records of several lines in plain text: by a separator that is named, or by what shows.
printf '\xef\xbb\xbfFirst, of\r\n  two lines.\r\n---\r\n\r\n---  \r\nSecond.\r\n' >notes.txt
unecho segment -q notes.txt --record-separator '^-+$' -o notes.jsonl --provenance p.jsonl --report r.json
equal '["","First, of\n  two lines."]["","Second."]' "$(jq -c '[.title, .text]' notes.jsonl | tr -d '\n')" records
equal '{"read":51,"record":30,"left_out":0,"furniture":0,"separator":21,"rejected":0}' "$(jq -c .ledger.bytes r.json)" bytes
# The report has the separator, and the audit reads by it, or by the option.
equal separated "$(jq -r .parameters.layout r.json)" layout
jq -r .parameters.layout_profile r.json | grep -qF 'separator = ["^-+$"]' || fail "$(jq .parameters r.json)"
unecho audit -q --provenance p.jsonl --corpus notes.jsonl --report r.json notes.txt || fail "audit by the report"
unecho audit -q --provenance p.jsonl --corpus notes.jsonl --record-separator '^-+$' notes.txt || fail "audit by the option"
unecho explain 'notes.txt#2' --provenance p.jsonl --report r.json | grep -qF 'Second.' || fail explain
# However it arrives.
{ head -c 9 notes.txt; sleep .05; tail -c +10 notes.txt; } | unecho segment -q --stdin-name notes.txt --record-separator '^-+$' | cmp - notes.jsonl
printf 'a\nb\n\n \n\nc\n' >paragraphs.txt
for layout in auto lines text; do
  equal '"a\nb""c"' "$(unecho segment -q --layout $layout --record-separator '^$' paragraphs.txt | jq .text | tr -d '\n')" $layout
done
expect_exit 2 unecho segment --record-separator '^a(b' notes.txt
says stderr "--record-separator" "missing )" "character 3"
expect_exit 2 unecho segment --record-separator '' notes.txt
says stderr "--record-separator" "its value is empty"
expect_exit 2 unecho segment --record-separator 'x*' notes.txt
says stderr "--record-separator" "matches every line"
expect_exit 2 unecho segment --layout ris --record-separator '^-' notes.txt
says stderr "--record-separator" "auto, lines or text" "ris"
# Fortunes, and records with labels between rulers.
printf 'A lamp.\n    -- A keeper\n%%\nA lichen.\n%%\n' >fortunes
equal '"A lamp.\n    -- A keeper""A lichen."' "$(unecho segment -q fortunes | jq .text | tr -d '\n')" fortunes
for i in 1 2 3 4; do printf 'Name: lamp %d\nPlace: pier %d\n\nIt is lit\nat night.\n========\n' $i $i; done >lamps.txt
unecho segment -qf lamps.txt -o lamps.jsonl --provenance p.jsonl --report r.json
equal '4 "Name: lamp 1\nPlace: pier 1\n\nIt is lit\nat night."' "$(wc -l <lamps.jsonl) $(head -1 lamps.jsonl | jq .text)" lamps
unecho audit -q --provenance p.jsonl --corpus lamps.jsonl --report r.json lamps.txt || fail "audit of lamps"
unecho inspect lamps.txt | grep -qF "lines of '========' part texts that begin with 'Name:'" || fail "$(unecho inspect lamps.txt)"
# The scenes of a story are none.
for i in 1 2 3 4; do printf 'Ann: It rains.\n\nBob said nothing, %d times.\n\n*****\n\n' $i; done >story.txt
[ "$(unecho inspect story.txt | grep -c separated)" = 0 ] || fail "a story was torn at its scenes"
# Where auto takes the first marker that comes again, the audit does, too.
printf '\\id A\n\n' >text.sfm
for i in 1 2 3; do printf '\\ref A.%d\n\\tx ka nu %d\n\\ge the boat\n\n' $i $i; done >>text.sfm
unecho segment -qf text.sfm -o sfm.jsonl --provenance p.jsonl --report r.json
equal '["A.2","ka nu 2\nthe boat"]' "$(sed -n 2p sfm.jsonl | jq -c '[.title, .text]')" marker
unecho audit -q --provenance p.jsonl --corpus sfm.jsonl --report r.json text.sfm || fail "audit of markers"
# A pattern that matches nothing, and fields of what has none, are no wishes granted.
printf 'one\ntwo\n' >plain.txt
expect_exit 1 unecho dedup -q --record-separator '^@@$' plain.txt -o none.jsonl
says stderr "--record-separator: no line of plain.txt matches '^@@\$'"
absent none.jsonl
expect_exit 1 unecho dedup -q --match-fields text plain.txt -o none.jsonl
says stderr "plain.txt: --match-fields names text" "the layout lines has no fields"
absent none.jsonl
