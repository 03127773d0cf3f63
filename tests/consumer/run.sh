#!/usr/bin/env bash
# Installs a build of unecho into an empty prefix, and builds and runs a project against what is there.
#   run.sh BUILD_DIRECTORY SCRATCH_DIRECTORY COMPILER [COMPILER_AND_LINKER_FLAGS]
set -euo pipefail
build=$1 scratch=$2 compiler=$3 flags=${4-}
source=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
rm -rf "$scratch"
mkdir -p "$scratch"
cmake --install "$build" --prefix "$scratch/prefix" >/dev/null
"$scratch/prefix/bin/unecho" --version
# Moved: nothing in the package may point to where it was installed.
mv "$scratch/prefix" "$scratch/moved"
cmake -S "$source" -B "$scratch/build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_COMPILER="$compiler" \
  -DCMAKE_CXX_FLAGS="$flags" -DCMAKE_PREFIX_PATH="$scratch/moved" --log-level=WARNING
cmake --build "$scratch/build"
"$scratch/build/consumer"
