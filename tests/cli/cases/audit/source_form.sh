# A corpus that was written with --as input or --output-dir: the kept records stand there with what stands around them,
# and nothing else. What was lost, doubled, changed or smuggled in is named.
audits() { unecho audit -q --report r.json --provenance p.jsonl --corpus "$@"; }
run() { unecho clean -qf "$@" --provenance p.jsonl --report r.json; }
printf '[{"text":"a b c d e f"},\n {"text":"a b c d e f"},\n {"text":"x y z"}, {"text":"x y z"},{"text":"p q"}]\n' >list.json
printf '{"a":{"text":"a b c"},"b\\"":{"text":"a b c"},"c":{"text":"x y z"}}' >object.json
printf '{"p":[{"text":"x"},{"text":"a b"}],\n"q":[{"text":"a b"}]}' >lists.json
printf '[{"text":"a"},{"text":"b"}]' >none.json
printf 'title,text,url\r\nA,"a, b",1\r\nA,"a, b",2\r\nC,c,3\r\n' >rows.csv
printf '\357\273\277title,text,url\nD,d,4\nA,"a, b",5\nE,e,6' >more.csv
printf '<?xml version="1.0" encoding="iso-8859-1"?>\n<list>\n<item><title>\351t\351</title></item>\n<!-- -->\n<item><title>\351t\351</title></item>\n</list>\n' >list.xml
printf '@article{a, title={One}}\n\n%% a note\n@book{b, title={One}}\n\n@article{c, title={Two}, year=2001}\n' >list.bib
printf 'Mar 3\n\nA title\n\nThe text of it, which is longer.\n\nA title\n\nThe text of it, which is longer.\n\nAnother\n\nAnd its text.\n' >page.txt
printf 'one line\n\none line\nlast line' >lines.txt
printf '{"text":"a b c"}\n\n{"text":"a b c"}\n{"text":"q r s"}' >n1.jsonl
printf '\357\273\277{"text":"x y z"}\n{"text":"a b c"}\n' >n2.jsonl
: >empty.csv
for files in list.json object.json lists.json rows.csv list.xml list.bib page.txt lines.txt "rows.csv more.csv" \
    "empty.csv more.csv rows.csv" "n1.jsonl n2.jsonl" "n2.jsonl n1.jsonl"; do
  for keep in first last; do
    run $files --as input --keep $keep -o corpus
    audits corpus || fail "$files --keep $keep"
  done
done
run none.json --as input --min-length 5 -o corpus
audits corpus
gzip -kf corpus
audits corpus.gz
run n1.jsonl --as input -o corpus
unecho audit -q --as input --provenance p.jsonl --corpus corpus n1.jsonl

# What is done to the corpus, and what the audit says.
tell() {
  cmp -s corpus "$1" && fail "nothing was changed"
  expect_exit 1 audits "$1"
  cat stderr
}
run list.json --as input -o corpus
sed 's/ {"text":"x y z"},//' corpus >lost && tell lost
sed 's/{"text":"x y z"},/& {"text":"x y z"},/' corpus >doubled && tell doubled
sed 's/x y z/x Y z/' corpus >changed && tell changed
sed 's/{"text":"x y z"},/& {"text":"smuggled in"},/' corpus >foreign && tell foreign
sed 's/, {"text":"p q"}//' corpus >last && tell last
head -c -1 corpus >cut && tell cut
(cat corpus; echo more) >longer && tell longer
(cat corpus; echo) >blank && tell blank
: >nothing && tell nothing
run rows.csv more.csv --as input -o corpus
sed 's/title,text,url/title,text,link/' corpus >header && tell header
sed 's/^E,e,6/E,e,7/' corpus >changed && tell changed
sed 's/^C,c,3\r/&\nA,"a, b",2\r/' corpus >removed && tell removed
sed '/^D/{h;d};/^E/{G}' corpus >swapped && tell swapped
(cat corpus; printf '\nE,e,6') >doubled && tell doubled

# A file for each source.
mkdir -p in/x in/y
cp rows.csv in/x/
gzip -c list.json >in/y/list.json.gz
: >in/y/empty.csv
run in --output-dir out
audits out
cp out/x/rows.csv rows.out
printf 'F,f,9\r\n' >>out/x/rows.csv
expect_exit 1 audits out
cat stderr
rm out/x/rows.csv
expect_exit 1 audits out
cat stderr
cp rows.out out/x/rows.csv
audits out
expect_exit 1 audits rows.out
# Aligned files.
printf 'eins\nzwei\neins\ndrei' >t.de
printf 'one\ntwo\none\nthree\n' >t.en
run --aligned t.de t.en --output-dir both
audits both
sed -i 's/two/too/' both/t.en
expect_exit 1 audits both
cat stderr
sed -i '/zwei/d' both/t.de
expect_exit 1 audits both
cat stderr
# How their lines end, and that the last one has no line end.
printf 'eins\r\nzwei\r\neins\r\ndrei' >t.de
run --aligned t.de t.en --output-dir both
audits both
echo >>both/t.de
expect_exit 1 audits both
cat stderr
sed -i 's/\r//' both/t.de
expect_exit 1 audits both
says stderr "both/t.de" "is not its text"
# A name that could be taken for bytes.
mv t.de caf%C3%A9.de
run --aligned caf%C3%A9.de t.en --output-dir both
audits both
# A corpus is no folder, and aligned files are in none.
expect_exit 1 audits both/t.de
says stderr "--output-dir"
run rows.csv -o corpus
expect_exit 1 audits out
says stderr "--as input"
