# Where nothing reads tables, duckdb does, and writes lines into a pipe. Python's module stands in for its shell.
TABLES=$(dirname "${BASH_SOURCE[0]}")/../../tables
python3 -c 'import duckdb' 2>/dev/null || skip "no module duckdb of Python"
duckdb() { python3 -c 'import duckdb, sys; duckdb.execute(sys.argv[1])' "$2"; }
duckdb -c "COPY (SELECT id, text FROM '$TABLES/reviews/*.parquet') TO '/dev/stdout' (FORMAT json)" | unecho clean -q - --id-field id -o corpus.jsonl
unecho clean -q "$TABLES/reviews.jsonl" --id-field id | jq -r .id | cmp - <(jq -r .id corpus.jsonl)
