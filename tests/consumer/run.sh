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
mkdir -p "$scratch/build"
sed -n '/^```cpp$/,/^```$/p' "$source/../../README.md" | sed '/^```/d' > "$scratch/build/example.cc"
cmake -S "$source" -B "$scratch/build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_COMPILER="$compiler" \
  -DCMAKE_CXX_FLAGS="$flags" -DCMAKE_PREFIX_PATH="$scratch/moved" --log-level=WARNING
cmake --build "$scratch/build"
"$scratch/build/consumer"

# What the example keeps and removes is what the tool does.
cd "$source/../../sample_data"
"$scratch/build/example" page_*.txt > "$scratch/kept" 2> "$scratch/removed"
"$scratch/moved/bin/unecho" clean -q --dry-run --provenance "$scratch/provenance.jsonl" page_*.txt
jq -r 'select(.fate == "kept").ref' "$scratch/provenance.jsonl" | cmp - <(cut -f1 "$scratch/kept")
jq -r 'select(.witness) | "\(.ref) repeats \(.witness)"' "$scratch/provenance.jsonl" | cmp - <(sed 's/ ([0-9.]*)$//' "$scratch/removed")
echo "the example agrees: $(wc -l < "$scratch/kept") kept, $(wc -l < "$scratch/removed") removed"
