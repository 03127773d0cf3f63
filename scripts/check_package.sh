#!/usr/bin/env bash
# Installs the package into a fresh Debian 12 (debootstrap, below build-package/chroot) and runs it there; then the libraries, and builds
# and runs the project of tests/consumer against them.
#   scripts/check_package.sh      as root, with network; about five minutes
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
[ "$(id -u)" -eq 0 ] || { say "debootstrap and chroot need root"; exit 1; }
install_packages debootstrap
package=$("$root/scripts/package.sh" | tail -n 1)
fresh=$root/build-package/chroot
rm -rf "$fresh"
debootstrap --variant=minbase bookworm "$fresh" "${DEBIAN_MIRROR:-http://deb.debian.org/debian}" >&2
cp "$package" "$fresh/tmp/"
mkdir "$fresh/tmp/dumps"
cp "$root"/sample_data/page_*.txt "$fresh/tmp/dumps/"
chroot "$fresh" apt-get install -y --no-install-recommends "/tmp/$(basename "$package")" jq >&2
chroot "$fresh" bash -euo pipefail -c '
  cd /tmp
  unecho --version
  unecho clean dumps -o corpus.jsonl --provenance provenance.jsonl --report report.json
  unecho audit --recall --report report.json --provenance provenance.jsonl --corpus corpus.jsonl
  test "$(wc -l < corpus.jsonl)" = "$(jq -s "map(select(.fate == \"kept\")) | length" provenance.jsonl)"
  for page in man1/unecho.1 man5/unecho-layouts.5 man5/unecho-report.5 man5/unecho-rules.5; do test -s "/usr/share/man/$page"; done
  unecho help report | grep PROVENANCE
  dpkg -L unecho | grep -E "man1|man5|completion"
  apt-get remove -y unecho > /dev/null 2>&1
  test ! -e /usr/bin/unecho'

# The libraries and headers, of the same build, where no Abseil, no TBB and no other header of a library is: what is there has to do.
cmake --build "$root/build-package" --target unecho_shared >&2
for component in library development; do
  DESTDIR=$fresh cmake --install "$root/build-package" --component "$component" --prefix /usr >&2
done
cp -r "$root/tests/consumer" "$fresh/tmp/"
cp "$root/README.md" "$fresh/tmp/consumer/"
chroot "$fresh" apt-get install -y --no-install-recommends "/tmp/$(basename "$package")" g++ cmake ninja-build pkg-config >&2
chroot "$fresh" bash -euo pipefail -c '
  test ! -e /usr/include/absl
  test ! -e /usr/include/tbb
  ldconfig
  cd /tmp/consumer
  ./examples.sh README.md .
  cmake -S . -B build -G Ninja -DCMAKE_BUILD_TYPE=Release >/dev/null
  cmake --build build
  build/consumer
  g++ -std=c++20 main.cc -o by_pkg_config $(pkg-config --cflags --libs unecho)
  ./by_pkg_config
  cd /tmp/dumps && /tmp/consumer/build/example2 page_*.txt'
echo "2 passed, 0 failed"
