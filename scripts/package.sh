#!/usr/bin/env bash
# Builds build-package/unecho_VERSION_ARCHITECTURE.deb: program, man pages, completions; the libraries come from Debian.
#   scripts/package.sh
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
install_packages "${build_packages[@]}" "${man_packages[@]}" dpkg-dev file
directory=$root/build-package
build "$directory" unecho unecho_texts -- -DCMAKE_BUILD_TYPE=Release -DUNECHO_BUILD_TESTS=OFF -DCMAKE_INSTALL_PREFIX=/usr
(cd "$directory" && rm -f ./*.deb && cpack -G DEB >&2)
ls "$directory"/*.deb
