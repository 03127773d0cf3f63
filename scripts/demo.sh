#!/usr/bin/env bash
# From a bare Debian 12 to a clean corpus: installs what is missing, builds, cleans sample_data and proves the result.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

# Of the compiler, on all cores together (Release, g++ 12).
cpu_minutes=5
minutes=$(((cpu_minutes + jobs - 1) / jobs))
cat <<END
This installs the Debian packages that unecho needs, as far as they are missing: a minute or two, most of it the network's.
Then it compiles unecho into build/: about $minutes minutes on the $jobs cores here, nothing if it is compiled already.
Then it cleans sample_data/, proves the result, and makes a page of it for a browser: a second.
It writes to build/ and sample_data/out/ alone.

END
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
run "$unecho" report --force "$out/report.json" --provenance "$out/provenance.jsonl" -o "$out/report.html"
cat <<END

The program is $root/build/unecho, the files are in $root/$out:
  corpus.jsonl      what was kept, one record per line
  provenance.jsonl  one line per input record: where it was, what became of it, and because of which record
  rejects.jsonl     what could not be used, as it was, with the reason
  report.json       parameters and statistics
  report.html       all of it to look at, in a browser

On files of your own (a folder does, too):
  $root/build/unecho inspect FILE...
      what each file is, and what a run would read in it
  $root/build/unecho clean FILE... -o corpus.jsonl --provenance provenance.jsonl --report report.html
      what is kept, why the rest is not, and a page to look at
  $root/build/unecho audit --recall FILE... --provenance provenance.jsonl --corpus corpus.jsonl
      the proof of it
END
