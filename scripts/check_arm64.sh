#!/usr/bin/env bash
# On x86-64: builds unecho for AArch64 (Debian's cross compiler, arm64 packages unpacked below build-arm64), runs the tests of what has
# vector code under qemu, and compares what it writes with what the binary of this machine writes, byte for byte.
#   scripts/check_arm64.sh
# Needs root or sudo once, for `dpkg --add-architecture arm64` and the packages; about ten minutes.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

install_packages "${build_packages[@]}" g++-aarch64-linux-gnu qemu-user
if ! dpkg --print-foreign-architectures | grep -qx arm64; then
  say "adding the architecture arm64 to apt"
  as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo)
  "${as_root[@]}" dpkg --add-architecture arm64
  "${as_root[@]}" apt-get update >&2
fi
directory=$root/build-arm64
sysroot=$directory/sysroot
# The build packages, and what is linked with them. They are unpacked, not installed: beside those of amd64 apt would remove some.
packages=(libc6 libc6-dev libcrypt-dev linux-libc-dev libgcc-s1 libstdc++6 libstdc++-12-dev libabsl-dev libabsl20220623 libtbb-dev libtbb12
  libtbbmalloc2 libtbbbind-2-5 libhwloc15 libudev1 libcap2 libsimdjson-dev libsimdjson14 libicu-dev libicu72 libisal-dev libisal2 zlib1g-dev
  zlib1g libbz2-dev libbz2-1.0 liblzma-dev liblzma5 liblz4-dev liblz4-1 libzstd-dev libzstd1 libre2-dev libre2-9 libtomlplusplus-dev
  libtomlplusplus3 libcld2-dev libcld2-0 libgumbo-dev libgumbo1 libpugixml-dev libpugixml1v5 libgmime-3.0-dev libgmime-3.0-0 libglib2.0-dev
  libglib2.0-0 libgpgme11 libassuan0 libgpg-error0 libidn2-0 libunistring2 libffi-dev libffi8 libpcre2-dev libpcre2-8-0 libmount-dev libmount1
  libblkid-dev libblkid1 libselinux1-dev libselinux1 libsepol-dev libsepol2 libyaml-dev libyaml-0-2 libxxhash-dev libgtest-dev libgmock-dev)
if [ ! -e "$sysroot/complete" ]; then
  say "unpacking ${#packages[@]} arm64 packages"
  mkdir -p "$directory/debs" "$sysroot"
  (cd "$directory/debs" && apt-get download -qq "${packages[@]/%/:arm64}" libcli11-dev libsimde-dev)
  for package in "$directory"/debs/*.deb; do dpkg -x "$package" "$sysroot"; done
  touch "$sysroot/complete"
fi
cat > "$directory/toolchain.cmake" <<END
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_CXX_COMPILER aarch64-linux-gnu-g++)
set(CMAKE_C_COMPILER aarch64-linux-gnu-gcc)
set(CMAKE_SYSROOT $sysroot)
set(CMAKE_FIND_ROOT_PATH $sysroot)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
set(CMAKE_CROSSCOMPILING_EMULATOR qemu-aarch64 -L $sysroot)   # the build runs what it has made
set(CMAKE_LIBRARY_ARCHITECTURE aarch64-linux-gnu)
set(ENV{PKG_CONFIG_LIBDIR} $sysroot/usr/lib/aarch64-linux-gnu/pkgconfig:$sysroot/usr/share/pkgconfig)
set(ENV{PKG_CONFIG_SYSROOT_DIR} $sysroot)
END

tests=(base_test kernels_test match_test store_test text_test clean_test)
build "$root/build" unecho -- -DCMAKE_BUILD_TYPE=Release
build "$directory/build" unecho "${tests[@]}" -- -DCMAKE_TOOLCHAIN_FILE="$directory/toolchain.cmake" -DCMAKE_BUILD_TYPE=Release

emulate=(qemu-aarch64 -L "$sysroot")
passed=0 failed=0
judge() {   # WHAT COMMAND...
  local what=$1
  shift
  if "$@" > "$directory/log" 2>&1; then passed=$((passed + 1)); else failed=$((failed + 1)); say "$what failed:"; tail -n 20 "$directory/log" >&2; fi
}
for test in "${tests[@]}"; do judge "$test" "${emulate[@]}" "$directory/build/tests/$test"; done
cd "$root/sample_data"
here=("$root/build/unecho") there=("${emulate[@]}" "$directory/build/unecho")
run() { "${@:2}" clean -q --provenance "$directory/$1.provenance" -o "$directory/$1.corpus" --repair all --quality gopher,fineweb --pii mask page_*.txt messy.jsonl; }
run here "${here[@]}"
for kernels in baseline neon; do
  UNECHO_KERNELS=$kernels run "$kernels" "${there[@]}"
  judge "the corpus of $kernels" cmp "$directory/here.corpus" "$directory/$kernels.corpus"
  judge "the provenance of $kernels" cmp "$directory/here.provenance" "$directory/$kernels.provenance"
done
# An index that one machine has begun and the other goes on with, and tasks of one plan on both. All but the time and the command line
# of a run are the same bytes.
with_index() {   # NAME FIRST SECOND: names of arrays
  local folder=$directory/$1
  local -n first=$2 second=$3
  rm -rf "$folder"
  mkdir "$folder"
  "${first[@]}" clean -q --index "$folder/index" -o "$folder/old" page_1.txt page_2.txt
  "${second[@]}" clean -q --index "$folder/index" -o "$folder/new" --provenance "$folder/provenance" page_2.txt page_3.txt messy.jsonl
  "${second[@]}" index check -q "$folder/index" >/dev/null || return
  rm "$folder/index"/{lock,manifest}
}
in_shards() {   # NAME FIRST SECOND
  local folder=$directory/$1
  local -n first=$2 second=$3
  rm -rf "$folder" "$directory/plan"
  "${first[@]}" shard plan -q "$directory/plan" --shards 2 -o corpus --provenance provenance page_*.txt messy.jsonl
  "${first[@]}" shard sign -q "$directory/plan" 0
  "${second[@]}" shard run -q "$directory/plan"
  mv "$directory/plan/out" "$folder"
  rm -r "$directory/plan"
}
for job in with_index in_shards; do
  $job $job-here here here
  for order in 'here there' 'there here' 'there there'; do
    # shellcheck disable=SC2086
    judge "$job: $order" $job $job-other $order
    judge "$job: $order: the bytes" diff -r "$directory/$job-here" "$directory/$job-other"
  done
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
