#!/usr/bin/env bash
# Builds what reads and writes Parquet and Arrow tables, build/libunecho_parquet.so, which unecho loads when it meets one. Arrow C++, of
# which Debian 12 has no package, is that of the Python package pyarrow: 55 MB are fetched, 62 MB stay in build/arrow. Nothing of Python
# is needed later.
#   scripts/parquet.sh [BUILD_FOLDER]
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

build_directory=${1:-$root/build}
version=26.0.1
arrow=$build_directory/arrow

if [ ! -e "$arrow/version" ] || [ "$(cat "$arrow/version")" != "$version" ]; then
  command -v pip3 >/dev/null || install_packages python3-pip
  case $(uname -m) in
    x86_64|aarch64) ;;
    *) say "pyarrow has no package for $(uname -m)"; exit 1 ;;
  esac
  # One for all versions of Python: what it has besides Arrow C++ is not used.
  say "fetching Arrow C++ (pyarrow $version)"
  rm -rf "$arrow"
  mkdir -p "$arrow/wheel"
  pip3 download -q --disable-pip-version-check --no-deps --only-binary=:all: --python-version 3.12 --implementation cp \
    --platform "manylinux_2_28_$(uname -m)" -d "$arrow/wheel" "pyarrow==$version" >&2
  python3 - "$arrow" <<'END'
import glob
import os
import re
import sys
import zipfile

arrow = sys.argv[1]
with zipfile.ZipFile(glob.glob(f"{arrow}/wheel/*.whl")[0]) as wheel:
    for name in wheel.namelist():
        if re.match(r"pyarrow/(include/(arrow|parquet)/.*\.h$|lib(arrow|parquet)\.so\.\d+$)", name) and "/python/" not in name:
            path = os.path.join(arrow, name.removeprefix("pyarrow/"))
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as file:
                file.write(wheel.read(name))
END
  rm -r "$arrow/wheel"
  echo "$version" >"$arrow/version"
fi
build "$build_directory" unecho unecho_parquet
say "unecho reads and writes Parquet: $build_directory/libunecho_parquet.so"
