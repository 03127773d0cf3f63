# -o FILE.parquet and FILE.arrow: the objects that unecho makes of records, a row each; read again they are the lines, byte for byte.
tables
dumps
same_as_lines() {
  unecho clean -q -f "$@" -o lines.jsonl --provenance provenance --report report.json
  for kind in parquet arrow; do
    unecho clean -q -f "$@" -o "table.$kind" --provenance "provenance.$kind" --report "$kind.json"
    unecho segment -q --layout lines --as input "table.$kind" | cmp - lines.jsonl || fail "as lines and as $kind: $*"
    unecho segment -q --layout lines --as input "provenance.$kind" | cmp - provenance || fail "provenance as $kind: $*"
    unecho audit -q "${inputs[@]}" --provenance "provenance.$kind" --corpus "table.$kind" --report "$kind.json"
  done
}
inputs=(dumps/*.txt)
same_as_lines dumps/*.txt
equal PAR1 "$(head -c 4 table.parquet)"
equal ARROW1 "$(head -c 6 table.arrow)"
same_as_lines dumps/*.txt --mark
same_as_lines dumps/*.txt --annotate
printf 'id,title,text,year\n7,"A ""B"" \\ C","two\nlines, and \xef\xbf\xbd",1999\n8,,,\n9,"A ""B"" \\ C","two lines, and \xef\xbf\xbd",\n' >rows.csv
inputs=(rows.csv)
same_as_lines rows.csv
: >empty.txt
unecho clean -q empty.txt -o none.parquet
equal "" "$(unecho segment -q --layout lines --as input none.parquet)"
cp table.parquet once
unecho clean -q -f --threads 1 --batch-size 1KiB rows.csv -o table.parquet
same once table.parquet
# Kept rows of Parquet files go into an Arrow file as well.
unecho clean -q "$TABLES/reviews" --as input -o rows.arrow --provenance provenance.jsonl --report report.json -f
unecho clean -q "$TABLES/reviews" --as input -o rows.parquet
unecho segment -q --layout lines --as input rows.arrow | cmp - <(unecho segment -q --layout lines --as input rows.parquet)
unecho audit -q "$TABLES/reviews" --provenance provenance.jsonl --corpus rows.arrow --report report.json
says rows.arrow huggingface
