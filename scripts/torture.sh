#!/usr/bin/env bash
# Tries to make unecho lose or invent something: failing system calls, short reads, signals, limits, damaged archives, and random records
# with random options against a naive program. See scripts/torture/torture.py.
#   scripts/torture.sh                100 seconds of it, with the program in build/
#   scripts/torture.sh --hours 8
#   scripts/torture.sh --only fault --seed 68
#   scripts/torture.sh --growth       hostile inputs of one size and of four times that size instead: scripts/torture/growth.py
#   scripts/torture.sh --index        several runs with one index against one run of all, and all that may happen to one: scripts/torture/index.py
#   scripts/torture.sh --shard        a run in shards against one run: scripts/torture/shard.py
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
install_packages "${build_packages[@]}" "${torture_packages[@]}"
build "$root/build" unecho -- -DCMAKE_BUILD_TYPE=Release
script=torture.py
case "${1-}" in
  --growth | --index | --shard) script=${1#--}.py; shift ;;
esac
exec python3 "$root/scripts/torture/$script" --unecho "$root/build/unecho" "$@"
