#!/usr/bin/env bash
# What tables cost: a corpus as Parquet, read, cleaned and written, beside pyarrow and DuckDB reading its text. Writes to build/bench_tables,
# which it makes anew, and scripts/bench/results/tables.json, which scripts/bench/render.py puts into docs/benchmarks.md.
#   scripts/bench_tables.sh [CORPUS.jsonl.zst]
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

corpus=${1:-$root/../shared/data/bench/arxiv_100k.jsonl.zst}
folder=$root/build/bench_tables
install_packages zstd time python3-venv
"$root/scripts/parquet.sh"
rm -rf "$folder"
mkdir -p "$folder"
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check "pyarrow==$(cat "$root/build/arrow/version")" duckdb >&2
"$folder/venv/bin/python" "$root/scripts/bench/tables.py" "$root/build/unecho" "$corpus" "$folder" "$root/scripts/bench/results/tables.json"
"$root/scripts/bench/render.py" --show "$root/scripts/bench/results/tables.json"
