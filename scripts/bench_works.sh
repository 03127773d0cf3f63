#!/usr/bin/env bash
# Bibliographies: what `--compare works` finds on sets that people labelled, beside `--compare words` and bib-dedupe, and
# what it costs on made-up ones that grow. Writes scripts/bench/results/works.json.
#   scripts/bench_works.sh [--unecho FILE] [--records N[,N...]] [--output FILE] [PART...]
#     PART       sets growth; default: both. The rows of the other part stay as they are in the results file.
#     --unecho   a Release binary; default: it is built
#     --records  sizes of the made-up bibliographies; default: 100000,300000,1000000,3000000 (5 GB and ten minutes)
# The labelled sets are not part of this repository: UNECHO_BENCH_LABELLED names their folder, with NAME/records.jsonl and
# NAME/clusters.tsv. bib-dedupe comes from PyPI, into a virtual environment under ${XDG_CACHE_HOME:-~/.cache}/unecho-bench/.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

output=$root/scripts/bench/results/works.json
records=100000,300000,1000000,3000000
unecho=
parts=()
while [ $# -gt 0 ]; do
  case $1 in
    --unecho) unecho=$(realpath "$2"); shift 2 ;;
    --records) records=$2; shift 2 ;;
    --output) output=$(realpath -m "$2"); shift 2 ;;
    sets|growth) parts+=("$1"); shift ;;
    *) say "unknown argument $1"; exit 2 ;;
  esac
done
[ ${#parts[@]} -gt 0 ] || parts=(sets growth)

install_packages "${bench_packages[@]}"
build_directory=$root/build-bench
if [ -z "$unecho" ]; then
  install_packages "${build_packages[@]}"
  build "$build_directory" unecho -- -DCMAKE_BUILD_TYPE=Release -DUNECHO_BUILD_TESTS=OFF -DUNECHO_BUILD_BENCHMARKS=ON
  unecho=$build_directory/unecho
fi

options=()
for part in "${parts[@]}"; do
  if [ "$part" = growth ]; then options+=(--records "$records"); continue; fi
  labelled=${UNECHO_BENCH_LABELLED:-$root/../shared/data/labelled}
  if [ ! -e "$labelled" ]; then say "no labelled sets (UNECHO_BENCH_LABELLED)"; exit 1; fi
  wanted=bib-dedupe==0.11.0
  venv=${XDG_CACHE_HOME:-$HOME/.cache}/unecho-bench/bib-dedupe
  if [ "$(cat "$venv/installed" 2>/dev/null)" != "$wanted" ]; then
    say "installing $wanted"
    rm -rf "$venv"
    python3 -m venv "$venv"
    "$venv/bin/pip" install -q --disable-pip-version-check "$wanted"
    echo "$wanted" > "$venv/installed"
  fi
  options+=(--labelled "$labelled" --venv "$venv")
done

work=$build_directory/works
mkdir -p "$work" "$build_directory/inputs"
python3 "$root/scripts/bench/works.py" "${options[@]}" --unecho "$unecho" --inputs "$build_directory/inputs" --work "$work" --output "$output"
rm -rf "$work"
python3 "$root/scripts/bench/render.py" --show "$output"
say "wrote $output"
