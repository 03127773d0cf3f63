#!/usr/bin/env bash
# Whole runs, timed with hyperfine: the floors (cat, wc -l, sort -u), the yardstick where it is present, and unecho,
# from plain and compressed files, to files and pipes, on one core and two; and the bad cases. Writes
# scripts/bench/results/runs.json; about fifteen minutes.
#   scripts/bench.sh [--runs N] [--quick] [--slow] [--options | --index | --memory] [--output FILE]
#     --runs N   runs a row, default 5
#     --records N  how many, of --index and --memory
#     --quick    inputs of a tenth, one run; the results go to build-bench/ and not into the tree
#     --options  only what --key, --differ, --within and --mark cost, on the real records: scripts/bench/results/options.json
#     --index    only what an index costs (--index): scripts/bench/results/index.json
#     --memory   only what it costs that an index is some ten times as large as --memory: scripts/bench/results/memory.json; on disk, 25 GB
#     --slow     also 100,000 records just below the threshold, one run: ten minutes more
#   UNECHO_YARDSTICK     the yardstick's binary; without it, its rows are left out, and so are the ratios to it
#   UNECHO_BENCH_INPUT   real records: JSONL with the string fields "id" and "text", plain or .zst; default: the arxiv
#                        listings if they are there; without it, its rows are left out
#   UNECHO_BENCH_OUT     where the runs write; default: memory (/dev/shm) if it has 4 GB, else build-bench/. The results
#                        say which.
# Inputs are made in build-bench/inputs (3 GB).
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

build_directory=$root/build-bench
options=()
output=$root/scripts/bench/results/runs.json
wanted=
only_options= only_index= only_memory=
inputs=$build_directory/inputs
while [ $# -gt 0 ]; do
  case $1 in
    --runs) options+=(--runs "$2"); shift 2 ;;
    --slow) options+=(--slow); shift ;;
    --options) only_options=1; shift ;;
    --index) only_index=1; shift ;;
    --memory) only_memory=1; shift ;;
    --records) options+=(--records "$2"); shift 2 ;;
    --output) wanted=$(realpath -m "$2"); shift 2 ;;
    --quick) options+=(--quick); output=$build_directory/runs.json; inputs=$build_directory/inputs-quick; shift ;;
    *) say "unknown option $1"; exit 2 ;;
  esac
done
if [ -n "$only_options" ]; then output=$(dirname "$output")/options.json; fi
if [ -n "$only_index" ]; then output=$(dirname "$output")/index.json; fi
if [ -n "$only_memory" ]; then output=$(dirname "$output")/memory.json; fi
output=${wanted:-$output}

install_packages "${build_packages[@]}" "${bench_packages[@]}"
build "$build_directory" unecho unecho_quality -- -DCMAKE_BUILD_TYPE=Release -DUNECHO_BUILD_TESTS=OFF -DUNECHO_BUILD_BENCHMARKS=ON

shared=$root/../shared
real=${UNECHO_BENCH_INPUT:-$shared/data/bench/arxiv_100k.jsonl.zst}
[ ! -e "$real" ] || options+=(--real "$real")
if [ -n "$only_options" ] && [ ! -e "$real" ]; then say "no real records (UNECHO_BENCH_INPUT)"; exit 1; fi
yardstick=${UNECHO_YARDSTICK:-}
if [ -z "$yardstick$only_options" ] && [ -e "$shared/yardstick/build.sh" ]; then
  yardstick=$build_directory/yardstick
  [ -e "$yardstick" ] || bash "$shared/yardstick/build.sh" "$yardstick"
fi
[ -z "$yardstick" ] || options+=(--yardstick "$yardstick")

out=${UNECHO_BENCH_OUT:-}
if [ -z "$out" ]; then
  out=$build_directory/out
  if [ -z "$only_memory" ] && [ "$(df --output=avail -B1000000 /dev/shm 2>/dev/null | tail -n 1)" -gt 4000 ] 2>/dev/null; then out=/dev/shm/unecho-bench.$$; fi
  trap 'rm -rf "$out"' EXIT
fi
mkdir -p "$out" "$inputs"

if [ -n "$only_index" ]; then
  python3 "$root/scripts/bench/index.py" "${options[@]}" --unecho "$build_directory/unecho" --inputs "$inputs" --out "$out" --output "$output"
  python3 "$root/scripts/bench/render.py" --show "$output"
  say "wrote $output"
  exit
fi
if [ -n "$only_memory" ]; then
  python3 "$root/scripts/bench/memory.py" "${options[@]}" --unecho "$build_directory/unecho" --inputs "$inputs" --out "$out" --output "$output"
  python3 "$root/scripts/bench/render.py" --show "$output"
  say "wrote $output"
  exit
fi
if [ -n "$only_options" ]; then
  python3 "$root/scripts/bench/options.py" "${options[@]}" --unecho "$build_directory/unecho" --inputs "$inputs" --out "$out" --output "$output"
  python3 "$root/scripts/bench/render.py" --show "$output"
  say "wrote $output"
  exit
fi
python3 "$root/scripts/bench/runs.py" "${options[@]}" --unecho "$build_directory/unecho" \
  --quality "$build_directory/scripts/bench/unecho_quality" --inputs "$inputs" --out "$out" --output "$output"
python3 "$root/scripts/bench/render.py" --show "$output"
say "wrote $output"
