# Without the library that reads them, a table is an error that says what to do.
TABLES=$(dirname "${BASH_SOURCE[0]}")/../../tables
mkdir alone
cp "$(readlink -f "$(command -v unecho)")" alone/unecho
expect_exit 1 alone/unecho clean -q "$TABLES/types.parquet"
says stderr "types.parquet: a table (Parquet or Arrow), and the library that reads them is not here" "scripts/parquet.sh builds it" "duckdb -c"
expect_exit 1 alone/unecho clean -q "$TABLES/types_stream.arrow"
says stderr "types_stream.arrow: a table"
printf 'PAR1 is four letters, and no table.\n' >text.txt
alone/unecho clean -q text.txt -o /dev/null
expect_exit 1 alone/unecho clean -q text.txt -o corpus.jsonl --provenance provenance.parquet
says stderr "provenance.parquet: a table, and the library that writes them is not here" "or write FILE.jsonl"
absent corpus.jsonl provenance.parquet
# The library of another version.
if command -v cc >/dev/null; then
  echo 'struct { unsigned version; } tables = {0}; void* unecho_tables(void) { return &tables; }' >other.c
  cc -shared -fPIC other.c -o alone/libunecho_parquet.so
  expect_exit 1 alone/unecho clean -q "$TABLES/types.parquet"
  says stderr "libunecho_parquet.so is of another version of unecho"
fi
