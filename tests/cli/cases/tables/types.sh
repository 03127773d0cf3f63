# Rows are lines of JSON: every type of Parquet and Arrow, nulls, slices, and all compressions.
tables
rows() { unecho segment -q --layout lines --as input "$1" -o rows.jsonl; }
same_rows() { rows "$1"; same "$2" rows.jsonl; rm rows.jsonl; }
same_rows "$TABLES/types.parquet" "$TABLES/types.jsonl"
same_rows "$TABLES/types.arrow" "$TABLES/types_arrow.jsonl"
same_rows "$TABLES/types_stream.arrow" "$TABLES/types_arrow.jsonl"
for file in "$TABLES"/codecs/*.parquet; do same_rows "$file" "$TABLES/codecs.jsonl"; done
same_rows "$TABLES/no_rows.parquet" /dev/null
# Known by its first bytes, whatever it is called.
cp "$TABLES/types.parquet" types.txt
same_rows types.txt "$TABLES/types.jsonl"
jq -e . "$TABLES/types.jsonl" "$TABLES/types_arrow.jsonl" >/dev/null

expect_exit 1 unecho segment "$TABLES/interval.arrow"
says stderr "interval.arrow: the column span is of a type of Arrow that cannot be shown as JSON"

# Two columns of one name: which is meant nobody can say, and most readers of the lines would see one of them.
expect_exit 1 unecho segment "$TABLES/one_name.arrow"
says stderr "one_name.arrow: two columns have the name text"
