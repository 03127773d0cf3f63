#!/usr/bin/env bash
# What unecho.dedup() costs beside the program: builds both, with the environment of the Python package's tests in build/python. Writes
# scripts/bench/results/python.json, which scripts/bench/render.py puts into docs/benchmarks.md.
#   scripts/bench_python.sh [CORPUS.jsonl.zst]
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

corpus=${1:-$root/../shared/data/bench/arxiv_100k.jsonl.zst}
install_packages "${build_packages[@]}" "${python_packages[@]}" zstd time
build "$root/build" -- -DCMAKE_BUILD_TYPE=Release
"$root/python/tests/run.sh" "$root/build" "$root/build/python" -k test_the_program_is_of_the_same_version >&2
results=$root/scripts/bench/results/python.json
python3 "$root/scripts/bench/python.py" --unecho "$root/build/unecho" --python "$root/build/python/venv/bin/python" --input "$corpus" --runs 15 \
  --output "$results"
"$root/scripts/bench/render.py" --show "$results"
