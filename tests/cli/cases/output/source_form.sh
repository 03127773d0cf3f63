# --as input: what is kept, in the format of its source; --output-dir: a file for each source.
printf '[{"text":"a b c d e f"},\n {"text":"a b c d e f"},\n {"text":"x y z"}, {"text":"x y z"}]\n' >list.json
equal '[{"text":"a b c d e f"},
 {"text":"x y z"}]' "$(unecho clean -q list.json --as input)" "an array"
printf '{"a":{"text":"a b c"},"b":{"text":"a b c"},"c":{"text":"x y z"}}' >object.json
equal '{"a":{"text":"a b c"},"c":{"text":"x y z"}}' "$(unecho clean -q object.json --as input)" "an object of objects"
printf '{"p":[{"text":"x"},{"text":"a b"}],\n"q":[{"text":"a b"}]}' >lists.json
equal '{"p":[{"text":"x"},{"text":"a b"}],
"q":[]}' "$(unecho clean -q lists.json --as input)" "two arrays"
printf 'title,text,url\r\nA,"a, b",1\r\nA,"a, b",2\r\nC,c,3\r\n' >rows.csv
equal "$(printf 'title,text,url\r\nA,"a, b",1\r\nC,c,3\r')" "$(unecho clean -q rows.csv --as input)" "rows"
printf '<?xml version="1.0" encoding="iso-8859-1"?>\n<list>\n<item><title>\351t\351</title></item>\n<item><title>\351t\351</title></item>\n</list>\n' >list.xml
equal '<?xml version="1.0" encoding="UTF-8"?>
<list>
<item><title>été</title></item>
</list>' "$(unecho clean -q list.xml --as input)" "elements"
printf '@article{a, title={One}}\n\n@book{b, title={One}}\n\n@article{c, title={Two}, year=2001}\n' >list.bib
equal '@article{a, title={One}}

@article{c, title={Two}, year=2001}' "$(unecho clean -q list.bib --as input)" "entries"
# The same bytes whatever the batches, also with what must see everything first.
for options in --batch-size=1KiB --keep=first --keep=longest; do
  unecho clean -q list.json --as input $options | cmp - <(unecho clean -q list.json --as input) || fail "$options"
done
for i in 1 2 3 4 5 6 7 8; do expect_exit 1 unecho clean -q list.xml list.xml --as input -o out; done
says stderr "list.xml" "--output-dir"
# Tables of the same columns go into one file, with one header; others do not, and neither do two lists.
printf 'title,text,url\r\nD,d,4\r\n' >more.csv
equal 2 "$(unecho clean -q rows.csv more.csv --as input | grep -c '^[AD]')" "rows of both"
equal 1 "$(unecho clean -q rows.csv more.csv --as input | grep -c '^title')" "headers"
printf 'name,text\nE,e\n' >other.csv
expect_exit 1 unecho clean rows.csv other.csv --as input -o out
says stderr "other.csv" "--output-dir"
expect_exit 1 unecho clean list.json object.json --as input -o out
says stderr "object.json" "--output-dir"
absent out
# A file for each source, in the folders that they do not have in common.
mkdir -p in/x in/y
cp rows.csv in/x/
gzip -c list.json >in/y/list.json.gz
unecho clean -q in --output-dir out --provenance p.jsonl --report r.json
equal "out/x/rows.csv out/y/list.json.gz" "$(find out -type f | sort | tr '\n' ' ' | sed 's/ $//')" "files"
equal "$(unecho clean -q rows.csv --as input)" "$(cat out/x/rows.csv)" "of a folder"
unecho audit -q --provenance p.jsonl --report r.json
expect_exit 1 unecho clean in --output-dir out
says stderr "out/x/rows.csv" "--force"
expect_exit 2 unecho clean in --output-dir out -o corpus
expect_exit 2 unecho clean in --as input --annotate
expect_exit 2 unecho clean in --as input --repair all
# No name can be a file and a folder, whichever comes first; it is said before anything is read.
mkdir -p sub/same
echo one >sub/same/x.txt
echo two >same
for files in "same/x.txt ../same" "../same same/x.txt"; do
  (cd sub && expect_exit 1 unecho clean $files --output-dir out3)
  says sub/stderr "same would be the file out3/same, and same/x.txt a file in a folder"
done
absent sub/out3
# Into one file: no line is glued, no mark and no second header stand in it; an empty source changes nothing.
printf '{"text":"a b c"}' >n1.jsonl
printf '\357\273\277{"text":"x y z"}\n' >n2.jsonl
equal '{"text":"a b c"}
{"text":"x y z"}' "$(unecho clean -q n1.jsonl n2.jsonl --as input)" "lines"
: >empty.csv
equal 1 "$(unecho clean -q empty.csv rows.csv more.csv --as input | grep -c '^title')" "behind an empty one"
printf '\357\273\277title,text,url\nE,e,5\n' >lf.csv
equal 1 "$(unecho clean -q rows.csv lf.csv --as input | grep -c 'title')" "with a mark and other line ends"
printf 'title,url\n' >head.csv
expect_exit 1 unecho clean head.csv rows.csv --as input -o out2
says stderr "rows.csv" "--output-dir"
expect_exit 1 unecho clean n2.jsonl rows.csv --as input -o out2
says stderr "rows.csv" "csv" "jsonl"
printf '[{"text":"a"},{"text":"a"}]' >all.json
equal '[]' "$(cat all.json | unecho clean -q --min-length 5 --as input)" "all of an array"
# Where personal data is to go no field comes out: any may hold it.
printf 'title,text,email\nA,write to bob@example.org,carol@example.org\n' >pii.csv
equal null "$(unecho clean -q pii.csv --pii mask | jq -c .fields)" "fields"
printf '<list><item><a>write to bob@example.org now</a><b>x</b></item></list>' >pii.xml
if unecho clean -q pii.xml --repair all --pii mask | grep -q bob; then fail "it is there"; fi
