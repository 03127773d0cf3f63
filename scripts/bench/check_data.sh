#!/usr/bin/env bash
# Are the benchmark inputs still the bytes that the results in the tree were measured on?
#   check_data.sh WORK_DIR
# After a change that is meant: (cd WORK_DIR && sha256sum *.jsonl) > scripts/bench/make_data.sha256
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
cd "$1"
for kind in all_new planted identical template_90 template_60 short titles; do
  python3 "$here/make_data.py" "$kind" 300 > "$kind.jsonl"
done
python3 "$here/make_data.py" long 1 > long.jsonl
python3 "$here/make_bibliography.py" 300 > bibliography.jsonl
sha256sum --quiet -c "$here/make_data.sha256"
