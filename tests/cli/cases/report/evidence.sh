# A page shows the texts that the run had, or says why not.
data_of() { sed -n 's/.*id="data">\(.*\)<\/script>.*/\1/p' "$1"; }
# How many removed records are shown beside their witnesses; how many of a source.
texts() { data_of "$1" | jq '. as $d | [.removed.rows[] | select($d.texts[.[0]] and $d.texts[.[2]] and ([.[0]] | inside($d.unlike) | not))] | length'; }
texts_of() { data_of "$1" | jq --arg source "$2" '. as $d | [.removed.rows[] | select($d.names[.[0] | split("#")[0] | tonumber] == $source and $d.texts[.[0]])] | length'; }
clean_sample
page() { unecho report report.json --provenance provenance.jsonl -o - "$@"; }
page >page.html
equal "25 0" "$(texts page.html) $(data_of page.html | jq '.warnings + .notes | length')"

# A provenance of another run.
unecho clean -q -f dumps/*.txt --threshold .75 --provenance other.jsonl >/dev/null
expect_exit 1 unecho report report.json -o - --provenance other.jsonl
says stderr "other.jsonl and report.json are not of the same run: of dumps/page_2.txt the provenance has" "give the --provenance and the --report"
unecho clean -q -f dumps/page_[12].txt --provenance other.jsonl >/dev/null
expect_exit 1 unecho report report.json -o - --provenance other.jsonl
says stderr "of dumps/page_3.txt the provenance has 0 records"
cp "$DATA/page_1.txt" more.txt
unecho clean -q -f dumps/*.txt more.txt --provenance other.jsonl >/dev/null
expect_exit 1 unecho report report.json -o - --provenance other.jsonl
says stderr "the report knows no source more.txt"
unecho tune -q more.txt --report tune.json >/dev/null
expect_exit 1 unecho report report.json -o - --tune tune.json
says stderr "tune.json is of 32 records, and the report of 93"
# A pipe cannot be read twice.
expect_exit 1 unecho report report.json -o - --provenance - <provenance.jsonl
says stderr "give it as a file"
expect_exit 1 unecho report report.json -o - --provenance <(cat provenance.jsonl)
says stderr "give it as a file"

# A source that has other records now; one with other words at the same places; one that is gone.
cp dumps/page_2.txt page_2.txt
sed -i '40s/^/x/' dumps/page_2.txt
page >page.html 2>stderr
says stderr "warning: no text of dumps/page_2.txt is shown: dumps/page_2.txt#" "it has changed since"
data_of page.html | jq -r '.warnings[]' | sed 's/^/unecho: warning: /' | cmp - stderr
equal 0 "$(texts_of page.html dumps/page_2.txt)"
[ "$(texts page.html)" -gt 0 ] || fail "the texts of the other sources are gone, too"
sed '30,$s/ \([a-z]\)\([a-z]\)/ \2\1/g' page_2.txt >dumps/page_2.txt
page >page.html 2>stderr
says stderr "removed records are shown without texts" "do not have the similarity"
equal 0 "$(texts_of page.html dumps/page_2.txt)"
rm dumps/page_2.txt
page >page.html 2>stderr
says stderr "no text of dumps/page_2.txt is shown: dumps/page_2.txt: cannot be opened"
page -q >/dev/null 2>stderr
equal 0 "$(wc -c <stderr)"
# Other files than those of the run.
page page_2.txt >page.html 2>stderr
says stderr "no text of dumps/page_1.txt is shown: it is not among the files that were given"
equal 0 "$(texts page.html)"
expect_exit 1 unecho clean -f dumps -o corpus.jsonl --report page.html --provenance -
says stderr "give --provenance a file"
# Standard input is gone, which is no surprise.
unecho clean -q -f --provenance provenance.jsonl --report report.json --stdin-name dump <<<"$(cat page_2.txt page_2.txt)" >/dev/null
page >page.html 2>stderr
equal 0 "$(wc -c <stderr)"
data_of page.html | jq -c .notes

# Places are those of the source, not of the text that it was converted to.
printf '%s\n' 'Größe ist nicht alles, sagt man, aber es hilft doch sehr, wenn man in die Höhe will' 'Äpfel' \
  'Größe ist nicht alles, sagt man, aber es hilft doch sehr, wenn man in die Höhe muss' | iconv -t UTF-16 >wide.txt
unecho dedup -q wide.txt --threshold .5 --report wide.html >/dev/null
equal 1 "$(texts wide.html)"

# What --pii takes out does not come back.
for i in 1 2 3; do echo "{\"text\":\"a b c d e f g h i j k l m n write to somebody@example.org or not $((i / 2))\"}"; done >pii.jsonl
for mode in drop mask; do
  unecho clean -f -q pii.jsonl --pii $mode --min-length 5 --threshold .5 --report pii.html >/dev/null
  ! grep -q somebody@ pii.html || fail "--pii $mode: the address is in the page"
  data_of pii.html | jq -c '[.hides_rejected, .removed.total, .rejected.total, .texts]'
done

# Lines that --dedup-lines has removed were not compared, and are not shown as if they had been.
printf '%s\n' '{"text":"a line that all of the pages have at their top\nand one of another page"}' '{"text":"a line that all of the pages have at their top\nthe first and only page of them all to say so much"}' \
  '{"text":"a line that all of the pages have at their top\nthe first and only page of them all to say so little"}' >lines.jsonl
unecho clean -f -q lines.jsonl --dedup-lines --threshold .5 --report lines.html >/dev/null
data_of lines.html | jq -c '.warnings, .removed.rows, .texts'
# Texts that --pii took out do not come back with a table of thresholds; nor is one of other sources taken.
printf '{"text":"write to jane@secret.example.org about the red boats on the river %s"}\n' today now >named.jsonl
unecho clean -q named.jsonl --pii mask -o named.out --provenance named.p --report named.r
unecho tune -q named.jsonl --report named.t >/dev/null
unecho report named.r --provenance named.p --tune named.t -o named.html
if grep -q "secret.example" named.html; then fail "the address came back"; fi
cp named.jsonl other.jsonl
unecho tune -q other.jsonl --report other.t >/dev/null
expect_exit 1 unecho report named.r --provenance named.p --tune other.t -o other.html
says stderr "other.t is of other sources"
