#!/usr/bin/env bash
# How fast tables are read, cleaned and written, beside pyarrow and DuckDB reading the same column: the bench corpus as Parquet, by three
# compressions. Writes to build/bench_tables, which it makes anew; prints a table.
#   scripts/bench_tables.sh [CORPUS.jsonl.zst]
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

corpus=${1:-$root/../shared/data/bench/arxiv_100k.jsonl.zst}
folder=$root/build/bench_tables
install_packages zstd python3-venv
"$root/scripts/parquet.sh"
rm -rf "$folder"
mkdir -p "$folder"
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check "pyarrow==$(cat "$root/build/arrow/version")" duckdb >&2
exec "$folder/venv/bin/python" "$root/scripts/bench/tables.py" "$root/build/unecho" "$corpus" "$folder"
