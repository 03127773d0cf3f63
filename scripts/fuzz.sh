#!/usr/bin/env bash
# Runs the fuzzers of tests/fuzz under libFuzzer with AddressSanitizer and UndefinedBehaviorSanitizer.
#   scripts/fuzz.sh [--at-once N] SECONDS [NAME...]    each for that long of a processor, N beside one another (as many as there are cores)
#   scripts/fuzz.sh --minimise [NAME...]               the new inputs that reach code that no seed reaches become seeds
#
# New inputs stay in build-fuzz/corpus/NAME, what a fuzzer says in build-fuzz/NAME.log. What it finds is a file
# build-fuzz/found/NAME-crash-*, -timeout-* or -leak-*, to be replayed by build/tests/fuzz_NAME_replay FILE; that fuzzer ends there.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
usage() { echo "usage: scripts/fuzz.sh [--at-once N] SECONDS [NAME...] | --minimise [NAME...]" >&2; exit 2; }

at_once=$jobs each=fuzz seconds=0
if [ "${1-}" = --at-once ]; then at_once=${2-}; shift 2 || usage; fi
if [ "${1-}" = --minimise ]; then each=minimise; else seconds=${1-}; fi
[[ "$at_once" =~ ^[1-9][0-9]*$ && "$seconds" =~ ^[0-9]+$ ]] || usage
shift
export root seconds

install_packages "${build_packages[@]}" clang-14 libclang-rt-14-dev
build "$root/build-fuzz" fuzzers -- -DCMAKE_CXX_COMPILER=clang++-14 -DCMAKE_BUILD_TYPE=RelWithDebInfo \
  -DUNECHO_SANITIZE=address,undefined -DUNECHO_BUILD_FUZZERS=ON

if [ $# -eq 0 ]; then
  for source in "$root"/tests/fuzz/*_fuzz.cc; do set -- "$@" "$(basename "$source" _fuzz.cc)"; done
fi
cd "$root/build-fuzz"
# What was freed is kept from being taken again for 8 MB and not for 256: most of the time went into pages that were touched for the first
# time, where a reader takes memory for each line.
export ASAN_OPTIONS=quarantine_size_mb=8

# The input room may reserve a window of gigabytes and hardly touch it.
fuzz() {
  local name=$1 code=0 spent=0 round
  mkdir -p "corpus/$name" found
  : >"$name.log"
  # Where others work beside it, a minute of the clock is less of a processor: what is missing is made up for.
  while [ "$code" -eq 0 ] && [ $((100 * spent)) -lt $((95 * seconds)) ]; do
    round=$( { TIMEFORMAT='%U %S'; time "tests/fuzz_$name" -max_total_time=$((seconds - spent + 1)) -max_len=65536 -timeout=120 \
      -malloc_limit_mb=8192 -print_final_stats=1 -dict="$root/tests/fuzz/words.dict" -artifact_prefix="found/$name-" \
      "corpus/$name" "$root/tests/fuzz/corpus/$name" >>"$name.log" 2>&1; } 2>&1 ) || code=$?
    spent=$(awk -v spent=$spent '{ print int(spent + $1 + $2) }' <<<"$round")
  done
  awk -v name="$name" -v code=$code -v spent=$spent '/ cov: / { for (i = 1; i < NF; ++i) if ($i == "cov:") edges = $(i + 1) }
    /number_of_executed_units/ { runs += $2 }
    END { printf "%-10s %5d s, %9d inputs, %6d edges%s\n", name, spent, runs, edges, code == 0 ? "" : ", FOUND something: " name ".log" }' "$name.log"
  return $code
}
# Edges count, and not how often they are taken: of those there are too many for a repository. Longer inputs would be
# replayed with their mutations in every run of the suite.
minimise() {
  mkdir -p "corpus/$1"
  "tests/fuzz_$1" -set_cover_merge=1 -use_counters=0 -max_len=2048 -timeout=120 -malloc_limit_mb=8192 "$root/tests/fuzz/corpus/$1" "corpus/$1" >"$1.merge.log" 2>&1
  printf '%-8s %5d seeds, %7d bytes\n' "$1" "$(find "$root/tests/fuzz/corpus/$1" -type f | wc -l)" "$(cat "$root/tests/fuzz/corpus/$1"/* | wc -c)"
}
export -f fuzz minimise
printf '%s\0' "$@" | xargs -0 -n 1 -P "$at_once" bash -c "$each "'"$1"' _
