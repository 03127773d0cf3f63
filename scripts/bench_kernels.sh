#!/usr/bin/env bash
# Every kernel and stage by itself, under every instruction set of this machine, and in the same run what the machine
# can do at all. Writes scripts/bench/results/kernels.json; about four minutes.
#   scripts/bench_kernels.sh [--quick] [FILTER]     FILTER: a regular expression of benchmark names
# With --quick or FILTER the results go to build-bench/ and not into the tree.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

build_directory=$root/build-bench
output=$root/scripts/bench/results/kernels.json
options=(--benchmark_repetitions=5 --benchmark_min_time=0.1 --benchmark_enable_random_interleaving=true)
for argument; do
  output=$build_directory/kernels.json
  case $argument in
    --quick) options=(--benchmark_repetitions=1 --benchmark_min_time=0.02) ;;
    *) options+=("--benchmark_filter=$argument") ;;
  esac
done

install_packages "${build_packages[@]}" "${bench_packages[@]}"
build "$build_directory" unecho_microbench -- -DCMAKE_BUILD_TYPE=Release -DUNECHO_BUILD_TESTS=OFF -DUNECHO_BUILD_BENCHMARKS=ON
microbench=$build_directory/scripts/bench/unecho_microbench

measured=()
for kernels in $("$microbench" --kernel-sets); do
  say "measuring $kernels"
  UNECHO_KERNELS=$kernels "$microbench" "${options[@]}" --benchmark_out="$build_directory/micro_$kernels.json" \
    --benchmark_out_format=json > "$build_directory/micro_$kernels.log" 2>&1 || { tail -n 3 "$build_directory/micro_$kernels.log" >&2; exit 1; }
  measured+=("$kernels=$build_directory/micro_$kernels.json")
done
python3 "$root/scripts/bench/kernels.py" "$output" "${measured[@]}"
python3 "$root/scripts/bench/render.py" --show "$output"
say "wrote $output"
