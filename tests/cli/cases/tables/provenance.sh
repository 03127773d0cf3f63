# --provenance FILE.parquet: a row a record; read again it is the lines, byte for byte, for the audit and all who read a provenance.
tables
dumps
same_as_lines() {
  unecho clean -q -f "$@" -o corpus --provenance lines --report report.json
  unecho clean -q -f "$@" -o corpus --provenance table.parquet
  unecho segment -q --layout lines --as input table.parquet | cmp - lines || fail "as lines and as a table: $*"
}
same_as_lines dumps/*.txt
equal PAR1 "$(head -c 4 table.parquet)"
unecho audit -q --recall dumps/*.txt --provenance table.parquet --corpus corpus --report report.json
unecho stats table.parquet | cmp - <(unecho stats lines)
unecho explain 'dumps/page_3.txt#27' --provenance table.parquet dumps/*.txt | cmp - <(unecho explain 'dumps/page_3.txt#27' --provenance lines dumps/*.txt)
unecho report -q report.json --provenance table.parquet -o page.html
expect_exit 1 unecho audit -q dumps/page_1.txt --provenance table.parquet
same_as_lines "$TABLES/reviews" --id-field id
same_as_lines "$TABLES/reviews" --id-field stars
same_as_lines "$TABLES/reviews" --match id:0.1,text:0.7 --key tags
same_as_lines "$TABLES/reviews" --dedup-lines --languages en,de
same_as_lines "$TABLES/reviews" --against "$TABLES/codecs.jsonl"
cp table.parquet once
unecho clean -q -f --threads 1 --batch-size 1KiB "$TABLES/reviews" --against "$TABLES/codecs.jsonl" -o corpus --provenance table.parquet
same once table.parquet
printf '{"id":%s,"text":"%s"}\n' '"a"' one 2 two null three '"a"' one 2 two null three >mixed.jsonl
printf '{"text":"four"}\n' >>mixed.jsonl
same_as_lines mixed.jsonl --id-field id
seq 65536 | sed 's/.*/{"id":"&\\"","text":"w&"}/' >many.jsonl
same_as_lines many.jsonl --id-field id
printf '{"id":2,"text":"another one"}\n' >>many.jsonl
expect_exit 1 unecho clean -q many.jsonl --id-field id -o c.jsonl --provenance c.parquet
says stderr "c.parquet: ids that are strings, and behind so many of them one that is none (2), do not go into one column"
absent c.parquet c.jsonl
expect_exit 1 unecho clean -q dumps -o c.jsonl --provenance c.parquet --provenance-format compact
says stderr "--provenance-format compact is for lines"
: >empty.txt
unecho clean -q empty.txt -o none.jsonl --provenance none.parquet
equal "" "$(unecho segment -q --layout lines --as input none.parquet)"
