#!/usr/bin/env bash
# Installs the package into a fresh Debian 12 (debootstrap, below build-package/chroot) and runs it there.
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
echo "1 passed, 0 failed"
