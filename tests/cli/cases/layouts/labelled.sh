# Records whose parts have labels, in formats that no layout names: what the labels call a text is compared, and no id.
for i in 1 2 3 4; do
  case $i in
  2) title='On Snow' text='Snow lies on the passes until May.' ;;
  3) title='On Wind' text='Wind breaks the masts of boats.' ;;
  *) title='On Rain' text='Rain falls on nine towns.' ;;
  esac
  printf 'Record #%d of 4\nID: C%d\nAU: Q\nTI: %s\nAB: %s\n\n' $i $i "$title" "$text" >>counted.txt
  printf '<%d>\nUnique Identifier\n  9%d\nTitle\n  %s\nAbstract\n  %s\n\n' $i $i "$title" "$text" >>above.txt
  printf 'a/id: B%d\nb/summary: %s\nb/text: %s\n\n' $i "$title" "$text" >>paths.txt
  printf '[[paper]]\nid = %d\ntitle = "%s"\nabstract = """\n%s"""\n\n' $i "$title" "$text" >>tables.toml
  printf 'Title: %s\nURL: http://e.example/%d\n----------\n\n%s\n\nAnd more of it.\n\n' "$title" $i "$text" >>ruled.txt
done
for file in counted.txt above.txt paths.txt tables.toml ruled.txt; do
  unecho dedup -qf $file -o kept.jsonl --provenance p.jsonl --report r.json
  equal '[4,3,1]' "$(jq -c '.ledger.records | [.read, .kept, .exact]' r.json)" $file
  unecho audit -q --provenance p.jsonl --corpus kept.jsonl --report r.json $file || fail "audit of $file"
done
equal '["On Rain","Rain falls on nine towns.\n\nAnd more of it."]' "$(unecho segment -q ruled.txt | head -1 | jq -c '[.title, .text]')" ruled
equal '["On Snow","Snow lies on the passes until May."]' "$(unecho segment -q counted.txt | sed -n 2p | jq -c '[.title, .text]')" counted
# An event of a log has the lines below it that have no time.
printf '2026-03-01 10:00:00,1 ERROR a\n\tat x.Y(Z:1)\n2026-03-01 10:00:01,1 ERROR b\n\tat x.Y(Z:1)\n' >trace.log
equal 2 "$(unecho segment -q trace.log | wc -l)" log
# What nobody can cut is refused, with what to do.
for i in 1 2 3 4 5; do printf 'Cat: %d\nDog: On Rain\nCow: Q\n' $i; done >run.txt
expect_exit 1 unecho dedup -q run.txt -o none.jsonl
says stderr "Cat:, Dog:, Cow:" "--record-separator" "--layout lines"
printf 'It rains.<|endoftext|>It rained.<|endoftext|>It will.' >joined.txt
expect_exit 1 unecho dedup -q joined.txt -o none.jsonl
says stderr "<|endoftext|>" "sed" "--layout text"
# Lines above the header of a table are no rows, but furniture.
printf 'Export of rain\n2026-03-01\n\nnr,title,text\n1,A,It rains.\n2,B,It rained.\n3,A,It rains.\n' >export.csv
unecho dedup -qf export.csv -o kept.jsonl --provenance p.jsonl --report r.json --rejects rejects.jsonl
equal '[3,2,1,0,35]' "$(jq -c '.ledger | (.records | [.read, .kept, .exact, .rejected // 0]) + [.bytes.furniture]' r.json)" export
[ ! -s rejects.jsonl ] || fail "rejects"
unecho audit -q --provenance p.jsonl --corpus kept.jsonl --report r.json export.csv || fail "audit of export"
# What differs in a row of a listing is compared; a sentence is no label.
printf '| Name | What it does |\n|---|---|\n| Saw | cuts wood |\n| Saw | cuts steel |\n' >saws.md
equal 2 "$(unecho segment -q saws.md | wc -l)" saws
equal '{"kept":2}' "$(unecho dedup -qf saws.md -o kept.jsonl --report r.json && jq -c '.ledger.records | {kept}' r.json)" "saws kept"
printf '## Rain\n\nRain falls on nine towns.\n\nUpdated: the town changed its rules, and the boats left.\n\n## Snow\n\nSnow lies on the passes.\n\nScore: 9\n' >said.md
equal '"Rain falls on nine towns.\n\nUpdated: the town changed its rules, and the boats left.""Snow lies on the passes."' \
  "$(unecho segment -q said.md | jq .text | tr -d '\n')" said
# Lines with tags that no layout knows are no records: blocks are, or all is one record, or nobody knows.
tagged() { for i in 1 2; do printf "$1" "TI" "On Rain $i" AU "Lee, Ann" PU "Port: Press" YR 200$i; printf "$2"; done; }
tagged '%s- %s\n%s- %s\n%s- %s\n%s- %s\n' '\n' >copac.txt
equal 2 "$(unecho segment -q copac.txt | wc -l)" "blocks of tags"
tagged '%s ~ %s\n%s ~ %s\n%s ~ %s\n%s ~ %s\n' '' >inspec.txt
if unecho segment -q inspec.txt >out 2>err; then fail "tags were read as $(cat out)"; fi
says err "it is not known where a record begins" "--record-separator"
printf -- '--AU-- Lee, A.\n--AU-- Hill, B.\n--TI-- On Rain\n--YP-- 1999\n--AB-- It rains.\n' >one.txt
equal 1 "$(unecho segment -q one.txt | wc -l)" "one record of tags"
printf 'US - United States\nUK - United Kingdom\nDE - Germany\nFR - France\n' >codes.txt
equal 4 "$(unecho segment -q codes.txt | wc -l)" "codes of countries"
# Ovid: a number above the tags, which have a dash.
for i in 1 2; do printf '<%d>\nVN  - Ovid Technologies\nUI  - 1%d\nTI  - On Rain %d\nAB  - It rains on the town\n      and the hills.\n\n' $i $i $i; done >ovid.txt
equal 'On Rain 2: It rains on the town and the hills.' "$(unecho segment -q ovid.txt | tail -1 | jq -r '"\(.title): \(.text)"' | paste -sd ' ')" "Ovid"
