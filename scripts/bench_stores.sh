#!/usr/bin/env bash
# The files of a run beyond memory, RocksDB and LMDB on the same job (scripts/bench/stores.cc says which). Writes to build-bench/stores,
# which it makes anew, and scripts/bench/results/stores.json, which scripts/bench/render.py puts into docs/benchmarks.md.
#   scripts/bench_stores.sh [RECORDS]
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

install_packages "${build_packages[@]}" "${bench_packages[@]}" librocksdb-dev liblmdb-dev
build_directory=$root/build-bench
build "$build_directory" unecho_stores -- -DCMAKE_BUILD_TYPE=Release -DUNECHO_BUILD_TESTS=OFF -DUNECHO_BUILD_BENCHMARKS=ON
python3 "$root/scripts/bench/stores.py" "$build_directory/scripts/bench/unecho_stores" "${1:-1000000}" "$build_directory/stores" \
  "$root/scripts/bench/results/stores.json"
"$root/scripts/bench/render.py" --show "$root/scripts/bench/results/stores.json"
