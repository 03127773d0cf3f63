#!/usr/bin/env bash
# From a bare Debian 12 to a clean corpus: installs what is missing, builds, cleans sample_data and proves the result.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
install_packages "${build_packages[@]}"
build "$root/build" unecho -- -DCMAKE_BUILD_TYPE=Release

cd "$root"
unecho=build/unecho
inputs=(sample_data/*.txt sample_data/*.jsonl)
out=sample_data/out
mkdir -p "$out"

run() { printf '\n$ %s\n' "$*"; "$@" 2>&1; }
run "$unecho" clean --force "${inputs[@]}" -o "$out/corpus.jsonl" --provenance "$out/provenance.jsonl" --report "$out/report.json" \
  --rejects "$out/rejects.jsonl"
run "$unecho" audit --recall --provenance "$out/provenance.jsonl" --corpus "$out/corpus.jsonl" --report "$out/report.json" \
  "${inputs[@]}"
cat <<END

The program is $root/build/unecho, the files are in $root/$out:
  corpus.jsonl      what was kept, one record per line
  provenance.jsonl  one line per input record: where it was, what became of it, and because of which record
  rejects.jsonl     what could not be used, as it was, with the reason
  report.json       parameters and statistics
END
