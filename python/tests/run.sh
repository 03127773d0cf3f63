#!/usr/bin/env bash
# Builds the wheel against a build of unecho, installs it into a virtual environment, and runs the tests there.
#   run.sh BUILD_DIRECTORY SCRATCH_DIRECTORY [PYTEST_ARGUMENT...]
# Exit code 77: no Python, or the package index cannot be reached. Environment, prefix and objects stay for the next time.
set -euo pipefail
build=$(realpath "$1")
mkdir -p "$2"
scratch=$(realpath "$2")
shift 2
source=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
skip() { echo "skipped: $*"; exit 77; }

python=$scratch/venv/bin/python
[ -x "$python" ] || python3 -m venv "$scratch/venv" > "$scratch/log" 2>&1 || skip "python3 cannot make a virtual environment (python3-venv)"
"$python" -c 'import sys, sysconfig, os; sys.exit(not os.path.exists(sysconfig.get_paths()["include"] + "/Python.h"))' ||
  skip "there are no headers of Python (python3-dev)"
packages=(scikit-build-core nanobind pytest pyarrow pandas polars)
if ! "$python" -c 'import scikit_build_core, nanobind, pytest, pyarrow, pandas, polars' 2>/dev/null; then
  "$python" -m pip install -q --disable-pip-version-check "${packages[@]}" > "$scratch/log" 2>&1 ||
    skip "pip cannot install ${packages[*]}: $(tail -n 1 "$scratch/log")"
fi

cmake --install "$build" --prefix "$scratch/prefix" > /dev/null
"$python" -m pip install -q --disable-pip-version-check --no-build-isolation --no-deps --force-reinstall \
  -C build-dir="$scratch/objects" -C cmake.define.UNECHO_PREFIX="$scratch/prefix" "$source"
cd "$scratch"   # what is imported is what was installed
PATH=$scratch/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 "$python" -m pytest -q -p no:cacheprovider "$@" "$source/tests"
