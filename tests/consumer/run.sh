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
library=$(find "$scratch/moved" -name libunecho.so.0)
# What the library shows is its API, and no more.
grep -q 'SONAME.*\[libunecho.so.0\]' <<<"$(readelf -d "$library")" || { echo "its soname is not libunecho.so.0"; exit 1; }
python3 "$source/exports.py" "$library" "$source/exports.txt"

# The headers take nothing but the standard library: no Abseil, no TBB.
for header in "$scratch"/moved/include/unecho/*.h; do echo "#include \"unecho/$(basename "$header")\""; done > "$scratch/headers.cc"
"$compiler" -std=c++20 -Wall -Wextra -Werror -fsyntax-only -MD -MF "$scratch/read" -I "$scratch/moved/include" "$scratch/headers.cc"
if grep -oE '[^ ]*/(absl|tbb|oneapi|simdjson|unicode|re2)[/.][^ ]*' "$scratch/read"; then
  echo "a header includes what a user need not have"
  exit 1
fi

mkdir -p "$scratch/build"
"$source/examples.sh" "$source/../../README.md" "$scratch/build"
configure() {   # BUILD_DIRECTORY CMAKE_ARGUMENT...
  cmake -S "$source" -B "$1" -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_COMPILER="$compiler" -DCMAKE_CXX_FLAGS="$flags" \
    -DUNECHO_EXAMPLES="$scratch/build" -DCMAKE_PREFIX_PATH="$scratch/moved" --log-level=WARNING "${@:2}"
}
# Whoever calls the library is the only one who talks.
silently() {
  "$@" > "$scratch/said" 2>&1 || { cat "$scratch/said"; exit 1; }
  [ ! -s "$scratch/said" ] || { echo "the library said by itself:"; cat "$scratch/said"; exit 1; }
}
configure "$scratch/build"
cmake --build "$scratch/build"
grep -q libunecho.so.0 <<<"$(ldd "$scratch/build/consumer")"
silently "$scratch/build/consumer"

# The static library, and pkg-config.
configure "$scratch/static" -DUNECHO_STATIC=ON
cmake --build "$scratch/static" --target consumer
silently "$scratch/static/consumer"
if command -v pkg-config >/dev/null; then
  export PKG_CONFIG_PATH=$(dirname "$library")/pkgconfig
  # shellcheck disable=SC2046,SC2086  # they are lists of arguments
  "$compiler" -std=c++20 $flags "$source/main.cc" -o "$scratch/by_pkg_config" $(pkg-config --cflags --libs unecho) -Wl,-rpath,"$(dirname "$library")"
  silently "$scratch/by_pkg_config"
fi

# What the first example keeps and removes is what the tool does.
cd "$source/../../sample_data"
"$scratch/build/example1" page_*.txt > "$scratch/kept" 2> "$scratch/removed"
"$scratch/moved/bin/unecho" clean -q --dry-run --provenance "$scratch/provenance.jsonl" page_*.txt
jq -r 'select(.fate == "kept").ref' "$scratch/provenance.jsonl" | cmp - <(cut -f1 "$scratch/kept")
jq -r 'select(.witness) | "\(.ref) repeats \(.witness)"' "$scratch/provenance.jsonl" | cmp - <(sed 's/ ([0-9.]*)$//' "$scratch/removed")
echo "the example agrees: $(wc -l < "$scratch/kept") kept, $(wc -l < "$scratch/removed") removed"

# The second is a run of the tool.
mkdir "$scratch/run"
cp page_*.txt "$scratch/run/"
cd "$scratch/run"
"$scratch/build/example2" page_*.txt > said
"$scratch/moved/bin/unecho" clean -q -o wanted.jsonl --provenance wanted.provenance.jsonl --threshold 0.8 page_*.txt
cmp wanted.jsonl clean.jsonl
cmp wanted.provenance.jsonl provenance.jsonl
[ "$(cat said)" = "kept $(wc -l < clean.jsonl) of $(wc -l < provenance.jsonl)" ] || { cat said; exit 1; }
