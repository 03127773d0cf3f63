#!/usr/bin/env bash
# Builds unecho-VERSION-linux-MACHINE.tar.gz: a program that needs no library of the machine, not even its C library, with man pages,
# completions, and the licences of what is linked into it. It is unpacked where it is to be, or over /usr/local.
#   scripts/portable.sh [OUTPUT_FOLDER]      build-portable/ if none is named
#
# Most libraries are Debian's static ones. Those of which it has none, or a lesser one, are built from Debian's source packages. The objects
# are those of the program of the package: only the link is another. It reads and writes no Parquet: a static program loads no library.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
directory=$root/build-portable
output=$(realpath -m "${1:-$directory}")
libraries=$directory/libraries
machine=$(uname -m)
packages=("${build_packages[@]}" libunistring-dev)
[ "$machine" != x86_64 ] || packages+=(nasm)
install_packages "${packages[@]}" "${man_packages[@]}" dpkg-dev

sources=$libraries/sources
mkdir -p "$sources"
have() { [ -e "$libraries/lib$1.a" ]; }
# archive NAME OBJECT...
archive() { ar rcs "$libraries/lib$1.a" "${@:2}"; }

if ! have tbb; then
  fetch_sources "$sources" onetbb
  say "oneTBB"
  cmake -S "$sources"/onetbb-*/ -B "$sources/tbb" -G Ninja -DCMAKE_BUILD_TYPE=Release -DBUILD_SHARED_LIBS=OFF -DTBB_TEST=OFF \
    -DTBB_STRICT=OFF -DTBBMALLOC_BUILD=OFF -DTBBMALLOC_PROXY_BUILD=OFF -DTBB_DISABLE_HWLOC_AUTOMATIC_SEARCH=ON --log-level=WARNING >&2
  cmake --build "$sources/tbb" --parallel "$jobs" >&2
  cp "$sources"/tbb/*_release/libtbb.a "$libraries/"
fi
if ! have simdjson; then
  fetch_sources "$sources" simdjson
  say "simdjson"
  (cd "$sources"/simdjson-*/ && g++ -std=c++17 -O2 -DNDEBUG -Iinclude -Isrc -c src/simdjson.cpp -o "$sources/simdjson.o")
  archive simdjson "$sources/simdjson.o"
fi
if ! have isal; then
  fetch_sources "$sources" libisal
  say "ISA-L"
  (cd "$sources"/libisal-*/ && make -s -f Makefile.unx units="crc igzip" lib >&2 && cp bin/isa-l.a "$libraries/libisal.a")
fi
if ! have zstd; then   # Debian's static one is without threads
  fetch_sources "$sources" libzstd
  say "Zstandard"
  (cd "$sources"/libzstd-*/lib && make -s -j "$jobs" libzstd.a CPPFLAGS_STATLIB=-DZSTD_MULTITHREAD >&2 &&
    cp libzstd.a "$libraries/")
fi
if ! have cld2; then
  fetch_sources "$sources" --tar-only cld2
  say "CLD2"
  rm -rf "$sources/cld2"
  mkdir "$sources/cld2"
  tar -xf "$sources"/cld2_*.orig.tar.* -C "$sources/cld2" --strip-components=1
  # The sources of libcld2.so; those of libcld2_full.so come behind them. Its tables are of an age that narrows.
  (cd "$sources/cld2/internal" && sed -n '/^g++/,/-o libcld2.so/p; /-o libcld2.so/q' compile_libs.sh | grep -o '[a-z0-9_]*\.cc' |
    xargs -P "$jobs" -n 1 g++ -O2 -w -Wno-narrowing -c)
  archive cld2 "$sources"/cld2/internal/*.o
fi
if ! have tomlplusplus; then   # all of it is in its headers
  g++ -std=c++20 -O2 -DTOML_HEADER_ONLY=0 -DTOML_IMPLEMENTATION -include toml++/toml.h -x c++ -c /dev/null -o "$sources/toml.o"
  archive tomlplusplus "$sources/toml.o"
fi

build "$directory" unecho unecho_texts -- -DCMAKE_BUILD_TYPE=Release -DUNECHO_BUILD_TESTS=OFF -DCMAKE_INSTALL_PREFIX=/usr
version=$(sed -n 's/^CMAKE_PROJECT_VERSION:STATIC=//p' "$directory/CMakeCache.txt")
name=unecho-$version-linux-$machine
stage=$directory/$name
rm -rf "$stage"
cmake --install "$directory" --component program --prefix "$stage" >/dev/null

say "linking"
cc -O2 -c "$root/scripts/portable_stubs.c" -o "$directory/stubs.o"
static=()
for library in icui18n icuuc icudata z bz2 lzma lz4 re2 gumbo gmime-3.0 gobject-2.0 glib-2.0 ffi pcre2-8 idn2 unistring yaml pugixml; do
  static+=("$(g++ -print-file-name="lib$library.a")")
done
# The linker warns of functions of libc that load libraries: of those for names of users and hosts, which nothing here asks for.
g++ -static-pie -pthread -Wl,--wrap=dlopen,--wrap=dlerror,--wrap=iconv_open -Wl,-Map="$directory/link.map" \
  -o "$stage/bin/unecho" $(find "$directory/CMakeFiles/unecho.dir" -name '*.o') "$directory/stubs.o" \
  -Wl,--start-group "$directory/libunecho_program.a" "$directory/libunecho_core.a" "$libraries"/*.a \
  "$(dirname "${static[0]}")"/libabsl_*.a "${static[@]}" -Wl,--end-group 2>"$directory/link.log" ||
  { cat "$directory/link.log" >&2; exit 1; }
strip "$stage/bin/unecho"
if readelf -d "$stage/bin/unecho" | grep NEEDED >&2; then say "$stage/bin/unecho is not static"; exit 1; fi

# The packages that archives of the link are of; those whose archives were built here, or that are headers only, are among those of the build.
licences=$stage/share/doc/unecho/licences
mkdir -p "$licences"
for package in $(sed -n 's/^\(\/[^(]*\.a\)(.*/\1/p' "$directory/link.map" | sort -u | xargs realpath |
                   xargs dpkg -S 2>/dev/null | cut -d: -f1) "${packages[@]}"; do
  case $package in
    libgtest-dev | libgmock-dev) ;;   # of the tests
    *-dev) cp -L "/usr/share/doc/$package/copyright" "$licences/$package"; echo "$package $(dpkg-query -W -f='${Version}' "$package")" ;;
  esac
done | sort -u >"$directory/versions"
{
  echo "The program is linked statically with these, each under the licence that is in the file of its name. What they were built from are"
  echo "the source packages of Debian $(. /etc/os-release && echo "$VERSION_ID"); scripts/portable.sh, in the source of unecho, links it anew, also with others."
  echo
  cat "$directory/versions"
} >"$licences/README"

mkdir -p "$output"
tar -C "$directory" --sort=name --owner=0 --group=0 --numeric-owner --mtime="@${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct 2>/dev/null || date +%s)}" \
  -cf - "$name" | gzip -9n >"$output/$name.tar.gz"
echo "$output/$name.tar.gz"
