#!/usr/bin/env bash
# What it costs to cut a run into shards, step by step, beside one process; the same by Spark; and Spark's own MinHashLSH. Writes to
# build-bench/clusters, which it makes anew, and scripts/bench/results/clusters.json, which scripts/bench/render.py puts into
# docs/benchmarks.md.
#   scripts/bench_clusters.sh [CORPUS.jsonl.zst]
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

corpus=${1:-$root/../shared/data/bench/arxiv_100k.jsonl.zst}
install_packages "${build_packages[@]}" "${bench_packages[@]}" strace openjdk-17-jre-headless
build_directory=$root/build-bench
build "$build_directory" unecho unecho_quality -- -DCMAKE_BUILD_TYPE=Release -DUNECHO_BUILD_TESTS=OFF -DUNECHO_BUILD_BENCHMARKS=ON
# An environment with PySpark and the package, as the tests have it.
"$root/python/spark/tests/run.sh" "$build_directory" "$build_directory/spark" --collect-only -q >&2
folder=$build_directory/clusters
rm -rf "$folder"
mkdir -p "$folder"
SPARK_HOME=$build_directory/spark/spark/deps PYTHONPATH=$build_directory/spark/spark SPARK_WORKER_DIR=$folder/work SPARK_LOCAL_IP=127.0.0.1 \
  PYSPARK_PYTHON=$build_directory/spark/venv/bin/python \
  "$build_directory/spark/venv/bin/python" "$root/scripts/bench/clusters.py" "$build_directory/unecho" "$build_directory/scripts/bench/unecho_quality" \
  "$corpus" "$folder" "$root/scripts/bench/results/clusters.json"
"$root/scripts/bench/render.py" --show "$root/scripts/bench/results/clusters.json"
