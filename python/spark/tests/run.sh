#!/usr/bin/env bash
# Installs the package into an environment that has PySpark, and runs its tests on a cluster in this machine.
#   run.sh BUILD_DIRECTORY SCRATCH_DIRECTORY [PYTEST_ARGUMENT...]
# Exit code 77: no Python, no Java, or the package index cannot be reached. The environment stays for the next time.
set -euo pipefail
build=$(realpath "$1")
mkdir -p "$2"
scratch=$(realpath "$2")
shift 2
source=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
skip() { echo "skipped: $*"; exit 77; }

java=${JAVA_HOME:+$JAVA_HOME/bin/}java
"$java" -version > "$scratch/log" 2>&1 || skip "there is no Java (openjdk-17-jre-headless)"
version=$(sed -nE '1s/.*"([0-9]+).*/\1/p' "$scratch/log")
[ "${version:-0}" -ge 17 ] || skip "Spark 4 needs Java 17; this is $version"
python=$scratch/venv/bin/python
[ -x "$python" ] || python3 -m venv "$scratch/venv" > "$scratch/log" 2>&1 || skip "python3 cannot make a virtual environment (python3-venv)"
pip=("$python" -m pip -q --disable-pip-version-check)

# PySpark is sources of 450 MB, of which pip makes a wheel, in minutes. Unpacked they are all that is needed, in seconds.
spark=$scratch/spark
if [ ! -e "$spark/complete" ]; then
  rm -rf "$spark" && mkdir -p "$spark"
  "${pip[@]}" install pytest py4j numpy hatchling > "$scratch/log" 2>&1 && "${pip[@]}" download --no-deps --no-binary :all: -d "$spark" 'pyspark==4.*' >> "$scratch/log" 2>&1 ||
    skip "pip cannot fetch PySpark: $(tail -n 1 "$scratch/log")"
  tar xzf "$spark"/pyspark-*.tar.gz -C "$spark" --strip-components=1
  rm "$spark"/pyspark-*.tar.gz
  touch "$spark/complete"
fi
"${pip[@]}" install --no-build-isolation --no-deps --force-reinstall "$source"

cd "$scratch"   # what is imported is what was installed
export SPARK_HOME=$spark/deps PYTHONPATH=$spark SPARK_WORKER_DIR=$scratch/work SPARK_LOCAL_IP=127.0.0.1 UNECHO_REPOSITORY=$source/../.. UNECHO_BINARY=$build/unecho
rm -rf "$scratch/work"
PATH=$scratch/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 "$python" -m pytest -q -p no:cacheprovider "$@" "$source/tests"
