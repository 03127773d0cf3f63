#!/usr/bin/env bash
# check_sample_data.sh ROOT SCRATCH: the committed sample data are what scripts/make_sample_data.py writes.
set -euo pipefail
rm -rf "$2"
python3 "$1/scripts/make_sample_data.py" "$2"
diff -r --exclude=out "$1/sample_data" "$2"
