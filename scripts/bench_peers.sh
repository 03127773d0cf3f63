#!/usr/bin/env bash
# unecho beside its peers on one input: time, memory, and how good the answer is. Writes
# scripts/bench/results/peers.json.
#   scripts/bench_peers.sh [--records N] [--output FILE] [TOOL...]
#     TOOL     unecho rensa gaoya datasketch text-dedup datatrove data-juicer; default: all
#     N        only the first N records
#   UNECHO_BENCH_INPUT   JSONL with the string fields "id" and "text" (.zst or plain); default: the arxiv listings if
#                        they are there, else generated text with planted copies
# The peers come from PyPI, each into a virtual environment of its own under ${XDG_CACHE_HOME:-~/.cache}/unecho-bench/.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

output=$root/scripts/bench/results/peers.json
records=
tools=()
while [ $# -gt 0 ]; do
  case $1 in
    --records) records=$2; shift 2 ;;
    --output) output=$(realpath -m "$2"); shift 2 ;;
    *) tools+=("$1"); shift ;;
  esac
done
[ ${#tools[@]} -gt 0 ] || tools=(unecho rensa gaoya datasketch text-dedup datatrove data-juicer)

# What pip is asked for. Extras that the tools need here and do not ask for themselves are named one by one.
requirements() {
  case $1 in
    rensa) echo rensa==0.5.0 ;;
    gaoya) echo gaoya==0.2.2 ;;
    datasketch) echo datasketch==2.0.0 ;;
    text-dedup) echo text-dedup==0.4.0 ;;
    datatrove) echo "datatrove==0.10.1 regex xxhash<4 orjson fasteners nltk tokenizers" ;;
    data-juicer) echo "py-data-juicer==1.6.1 aiohttp scipy ray==2.60.0" ;;
  esac
}

install_packages "${build_packages[@]}" "${bench_packages[@]}"
build_directory=$root/build-bench
build "$build_directory" unecho unecho_quality -- -DCMAKE_BUILD_TYPE=Release -DUNECHO_BUILD_TESTS=OFF -DUNECHO_BUILD_BENCHMARKS=ON

venvs=${XDG_CACHE_HOME:-$HOME/.cache}/unecho-bench
mkdir -p "$venvs"
for tool in "${tools[@]}"; do
  [ "$tool" != unecho ] || continue
  read -ra wanted <<< "$(requirements "$tool")"
  stamp=$venvs/$tool/installed
  [ "$(cat "$stamp" 2>/dev/null)" != "${wanted[*]}" ] || continue
  say "installing ${wanted[*]}"
  rm -rf "${venvs:?}/$tool"
  python3 -m venv "$venvs/$tool"
  if "$venvs/$tool/bin/pip" install -q --disable-pip-version-check "${wanted[@]}" > "$venvs/$tool/log" 2>&1; then
    echo "${wanted[*]}" > "$stamp"
  else
    tail -n 1 "$venvs/$tool/log" > "$venvs/$tool/failed"   # a row of the results says so
  fi
done

inputs=$build_directory/inputs
mkdir -p "$inputs"
source=${UNECHO_BENCH_INPUT:-$root/../shared/data/bench/arxiv_100k.jsonl.zst}
if [ ! -e "$source" ]; then
  source=$inputs/planted.jsonl
  [ -e "$source" ] || python3 "$root/scripts/bench/make_data.py" planted 100000 > "$source"
fi
name=$(basename "$source")
input=$inputs/${name%.jsonl*}${records:+_first_$records}.jsonl
if [ "$(realpath "$source")" != "$(realpath -m "$input")" ]; then
  (case $source in *.zst) zstd -dcq "$source" ;; *) cat "$source" ;; esac) 2>/dev/null |
    (if [ -n "$records" ]; then head -n "$records"; else cat; fi) > "$input" || [ -n "$records" ]
fi

python3 "$root/scripts/bench/peer_runs.py" --venvs "$venvs" --unecho "$build_directory/unecho" \
  --quality "$build_directory/scripts/bench/unecho_quality" --input "$input" --work "$build_directory/peers" --output "$output" "${tools[@]}"
say "wrote $output"
