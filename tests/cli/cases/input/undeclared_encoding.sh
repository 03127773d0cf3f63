# No mark, no declaration, not UTF-8: a guess by the letters, and the run says so; --strict does not guess.
printf '{"text":"L\351t\351 dernier, les \351l\350ves de la classe"}\n{"text":"Les r\350gles sont les m\352mes"}\n' >latin.jsonl
unecho dedup latin.jsonl -o got.jsonl --provenance p.jsonl 2>stderr
says stderr "encoding: latin.jsonl is not UTF-8" "read as windows-1252"
equal "Les règles sont les mêmes" "$(sed -n 2p got.jsonl | jq -r .text)" text
equal 49 "$(sed -n 2p p.jsonl | jq .offset)" "offset in the source"
unecho audit -q --provenance p.jsonl latin.jsonl || fail "audit"
expect_exit 1 unecho dedup --strict latin.jsonl -o none.jsonl
says stderr "latin.jsonl" "not UTF-8" "--strict"
# A first line of its own that is far from the letters changes nothing.
{ seq 20000 | sed 's%.*%{"text":"plain words &"}%'; cat latin.jsonl; } >far.jsonl
unecho segment -q far.jsonl | tail -n 2 | jq -r .text >far
unecho segment -q latin.jsonl | jq -r .text | cmp - far
# Read as UTF-8 all the same, letters are lost: the last line says so.
unecho dedup --encoding utf-8 latin.jsonl -o /dev/null 2>stderr
tail -n 1 stderr | grep -q 'U+FFFD stands for [0-9.]*% of latin.jsonl, read as UTF-8: name its encoding' || fail "last line: $(tail -n 1 stderr)"
# Cut in the middle of a character, UTF-16 is read up to there.
iconv -f utf-8 -t utf-16le <<<'some words and one more' | head -c 31 >cut.txt
unecho segment -q --encoding utf-16le cut.txt -o cut.jsonl
cat cut.jsonl | grep -q "some words and" || fail "$(cat cut.jsonl)"
