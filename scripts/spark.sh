#!/usr/bin/env bash
# All tests of unecho-spark, also those that take the suite too long: two workers in this machine, which install PySpark (450 MB) from the
# package index into build/spark once.
#   scripts/spark.sh [PYTEST_ARGUMENT...]
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
install_packages "${build_packages[@]}" python3-venv openjdk-17-jre-headless zstd
build "$root/build" unecho
exec "$root/python/spark/tests/run.sh" "$root/build" "$root/build/spark" "$@"
