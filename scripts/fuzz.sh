#!/usr/bin/env bash
# Runs every fuzzer of tests/fuzz under libFuzzer with AddressSanitizer and UndefinedBehaviorSanitizer.
#   scripts/fuzz.sh SECONDS [NAME...]
# New inputs stay in build-fuzz/corpus/NAME; a crash leaves its input as build-fuzz/crash-*, to be replayed by
# build/tests/fuzz_NAME_replay FILE.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
[[ "${1-}" =~ ^[0-9]+$ ]] || { echo "usage: scripts/fuzz.sh SECONDS [NAME...]" >&2; exit 2; }
seconds=$1
shift

install_packages "${build_packages[@]}" clang-14 libclang-rt-14-dev
build "$root/build-fuzz" fuzzers -- -DCMAKE_CXX_COMPILER=clang++-14 -DCMAKE_BUILD_TYPE=RelWithDebInfo \
  -DUNECHO_SANITIZE=address,undefined -DUNECHO_BUILD_FUZZERS=ON

if [ $# -eq 0 ]; then
  for source in "$root"/tests/fuzz/*_fuzz.cc; do set -- "$@" "$(basename "$source" _fuzz.cc)"; done
fi
cd "$root/build-fuzz"
# The input room may reserve a window of gigabytes and hardly touch it.
for name; do
  say "$name, $seconds s"
  mkdir -p "corpus/$name"
  "tests/fuzz_$name" -max_total_time="$seconds" -max_len=65536 -timeout=20 -malloc_limit_mb=8192 -print_final_stats=1 -verbosity=0 \
    "corpus/$name" "$root/tests/fuzz/corpus/$name"
done
