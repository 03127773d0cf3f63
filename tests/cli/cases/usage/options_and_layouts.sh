# An option that cannot apply to a source is an error, not a wish that was granted; where it can it works in all layouts.
printf 'id,title,text\n1,A river song,The heron waits for the fish\n007,A lone title,\n1e5,A walnut tree,Nobody knows who planted it\n' >rows.csv
printf '{"title":"A river song","text":"The heron waits for the fish"}\n{"title":"A lone title","text":" "}\n{"title":"Another","year":1}\n{"text":"no title"}\n' >rows.jsonl
printf 'The heron waits for the fish\nNobody knows who planted it\n' >plain.txt
printf 'The heron waits\n%%\nNobody knows\n%%\n' >plain.fortunes
printf '<html><head><title>A river song</title></head><body><p>The heron waits for the fish</p></body></html>' >page.html
dumps
# --require-body
equal 2 "$(unecho clean -q rows.csv --require-body | wc -l)" "rows"
equal 2 "$(unecho clean -q rows.jsonl --require-body -o kept.jsonl --provenance p.jsonl --report r.json && cat kept.jsonl | wc -l)" "lines"
equal 2 "$(jq -c 'select(.reason == "title_without_body")' p.jsonl | wc -l)" "titles without a text"
unecho audit -q --provenance p.jsonl --report r.json --corpus kept.jsonl
for source in plain.txt plain.fortunes; do
  expect_exit 1 unecho clean "$source" --require-body -o out
  says stderr "$source" "--require-body" "have no title"
done
# A source without fields beside one that has them; its own fields are listed.
expect_exit 1 unecho clean rows.csv plain.txt --match-fields title -o out
says stderr "plain.txt" "--match-fields names title" "one text"
printf '{"name":"Ana","note":"Seven lanterns"}\n' >other.jsonl
expect_exit 1 unecho clean rows.csv other.jsonl --match-fields title -o out
says stderr "other.jsonl" "it has name, note"
expect_exit 1 unecho clean rows.jsonl --match-fields title,txet -o out
says stderr "'txet'" "there are title, text"
expect_exit 1 unecho clean dumps/page_1.txt --match title -o out
says stderr "dumps/page_1.txt" "--match names title" "a title and a text, compared as one"
expect_exit 1 unecho clean page.html --match-fields id -o out
says stderr "it has title and text"
absent out
equal '["A river song",""]' "$(unecho clean -q page.html --match-fields title | jq -c '[.title,.text]')" "the title of a page"
# Ids of a table are the strings they are.
unecho clean -q rows.csv --id-field id --provenance ids.jsonl -o kept.out --report ids.json
equal '1 "007" "1e5"' "$(jq -c .id ids.jsonl | tr '\n' ' ' | sed 's/ $//')" "ids"
unecho audit -q --provenance ids.jsonl --report ids.json --corpus kept.out
# An option that another command has.
expect_exit 2 unecho segment rows.csv --threshold 0.8
says stderr "--threshold: segment has no such option; clean, dedup, audit, explain, shard have it"
expect_exit 2 unecho tune rows.csv --dedup-lines --at-least 3
says stderr "--at-least: tune has no such option"
for option in --match= --key --differ --within --ignore-common --reference --keep --threshold --shingle; do
  ! unecho segment --help | grep -qe "^ *${option%=} \|, ${option%=} " || fail "segment lists $option"
done
! unecho tune --help | grep -q -e --at-least || fail "tune lists --at-least"
expect_exit 2 unecho clean rows.csv --stdin-name name -o out
says stderr "--stdin-name" "not read"
printf '[{"title":"A river song","text":"The heron stands in the shallow water and waits for the fish"}]' >list.json
expect_exit 1 unecho clean list.json --record papers -o out
says stderr "no place with objects in it called papers"
absent out
