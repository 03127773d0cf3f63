#!/usr/bin/env bash
# Tries to make unecho lose or invent something: failing system calls, short reads, signals, limits, damaged archives, and random records
# with random options against a naive program. See scripts/torture/torture.py.
#   scripts/torture.sh                100 seconds of it, with the program in build/
#   scripts/torture.sh --hours 8
#   scripts/torture.sh --only fault --seed 68
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
install_packages "${build_packages[@]}" "${torture_packages[@]}"
build "$root/build" unecho -- -DCMAKE_BUILD_TYPE=Release
exec python3 "$root/scripts/torture/torture.py" --unecho "$root/build/unecho" "$@"
