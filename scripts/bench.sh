#!/usr/bin/env bash
# Whole runs, timed: floors (cat, wc, sort -u), the yardstick where it is present, unecho, and the bad cases. Writes a Markdown table
# with machine, compiler, commit and commands to scripts/bench/results/.
#   scripts/bench.sh [RUNS]      runs per row, default 5; the table gives the median and the minimum
# Besides the packages of setup.sh: hyperfine, time, jq, zstd, gzip. Inputs are written to build-bench/ (about 1.5 GB).
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
runs=${1:-5}

install_packages "${build_packages[@]}" hyperfine time jq zstd gzip python3
build_directory=$root/build-bench
build "$build_directory" -- -DCMAKE_BUILD_TYPE=Release -DUNECHO_BUILD_TESTS=OFF
unecho=$build_directory/unecho
work=$build_directory/work
mkdir -p "$work" "$root/scripts/bench/results"
shared=$root/../shared

make_input() {   # NAME KIND RECORDS
  [ -e "$work/$1.jsonl" ] || { python3 "$root/scripts/bench/make_data.py" "$2" "$3" > "$work/$1.tmp" && mv "$work/$1.tmp" "$work/$1.jsonl"; }
}
make_input all_new all_new 108000
make_input identical identical 100000
make_input template_90 template_90 100000
make_input template_60 template_60 10000
make_input short short 1000000
make_input long long 8
make_input titles titles 2000000
real=
if [ -e "$shared/data/bench/arxiv_100k.jsonl.zst" ]; then
  real=arxiv
  [ -e "$work/arxiv.jsonl" ] || zstd -dqf "$shared/data/bench/arxiv_100k.jsonl.zst" -o "$work/arxiv.jsonl"
  [ -e "$work/arxiv.jsonl.gz" ] || gzip -k "$work/arxiv.jsonl"
  [ -e "$work/arxiv.jsonl.zst" ] || zstd -qk "$work/arxiv.jsonl"
fi
yardstick=
if [ -x "$shared/yardstick/build.sh" ] || [ -e "$shared/yardstick/build.sh" ]; then
  [ -e "$work/yardstick" ] || bash "$shared/yardstick/build.sh" "$work/yardstick"
  yardstick=$work/yardstick
fi

commit=$(git -C "$root" rev-parse --short HEAD 2>/dev/null || echo unknown)
result=$root/scripts/bench/results/$(date -u +%Y-%m-%d)-$commit.md
rows=$work/rows.md
: > "$rows"

row() {          # LABEL INPUT COMMAND: one line of the table. MB/s is of the plain bytes of INPUT.
  local label=$1 input=$2 command=$3 bytes median minimum rss kept
  bytes=$(stat -c %s "$work/$input.jsonl")
  (cd "$work" && hyperfine -N --warmup 1 --runs "$runs" --export-json "$work/times.json" "bash -c '$command'" > /dev/null 2>&1)
  median=$(jq '.results[0].median' "$work/times.json")
  minimum=$(jq '.results[0].min' "$work/times.json")
  rss=$(cd "$work" && command time -f '%M' -o "$work/rss" bash -c "$command" > /dev/null 2> "$work/stderr"; tail -n 1 "$work/rss")
  kept=$(grep -oE 'kept [0-9]+' "$work/stderr" | grep -oE '[0-9]+' | tail -n 1 || true)
  printf '| %s | %s | %.3f | %.3f | %.0f | %.0f | %s | `%s` |\n' "$label" "$input" "$median" "$minimum" \
    "$(jq -n "$bytes / 1000000 / $median")" "$(jq -n "$rss / 1024")" "${kept:--}" "${command//$work\//}" | tee -a "$rows"
}

for input in $real all_new; do
  row cat "$input" "cat $input.jsonl > /dev/null"
  row "wc -l" "$input" "wc -l < $input.jsonl"
  row "sort -u" "$input" "LC_ALL=C sort -u $input.jsonl > out"
  for threads in 1 2; do
    [ -z "$yardstick" ] || row "yardstick, $threads threads" "$input" "$yardstick $input.jsonl out prov t=0.7 j=$threads"
    row "unecho, $threads threads" "$input" \
      "$unecho dedup --match-fields text --threads $threads $input.jsonl -o out --provenance prov"
  done
  row "unecho, to a pipe" "$input" "$unecho dedup --match-fields text $input.jsonl | cat > /dev/null"
done
if [ -n "$real" ]; then
  for suffix in gz zst; do
    row "unecho, from $suffix" "$real" "$unecho dedup --match-fields text $real.jsonl.$suffix -o out --provenance prov"
  done
  row "unecho, --keep last" "$real" "$unecho dedup --match-fields text --keep last $real.jsonl -o out --provenance prov"
fi
head -n 10000 "$work/all_new.jsonl" > "$work/evaluation.jsonl"   # shares nothing with the real records
for input in $real all_new; do
  [ "$input" = all_new ] || row "unecho, --against 10,000 records" "$input" "$unecho dedup --match-fields text --against evaluation.jsonl $input.jsonl -o out --provenance prov"
  row "unecho, --dedup-lines" "$input" "$unecho dedup --match-fields text --dedup-lines $input.jsonl -o out --provenance prov"
done
for input in identical template_90 template_60 short long titles; do
  row "unecho, 2 threads" "$input" "$unecho dedup --match-fields text --threads 2 $input.jsonl -o out --provenance prov"
done

# The quality of the answer beside its price: every removal has its witness, and no pair is left.
audit=
if [ -n "$real" ]; then
  (cd "$work" && "$unecho" dedup -q --match-fields text "$real.jsonl" -o out --provenance prov --report report.json)
  audit=$(cd "$work" && "$unecho" audit --recall --report report.json --provenance prov --corpus out "$real.jsonl" 2>&1)
fi

{
  echo "# Whole runs, commit $commit"
  echo
  echo "- machine: $(lscpu | sed -n 's/^Model name: *//p'), $(nproc) cores, $(free -g | awk '/^Mem/ {print $2}') GiB; kernel $(uname -r)"
  echo "- compiler: $(c++ --version | head -n 1); Release; run-time dispatch"
  echo "- $runs runs a row after a warm-up, by hyperfine; warm page cache; output to the same disk"
  [ -z "$audit" ] || printf -- '- quality on %s at .7: %s\n' "$real" "$(tr '\n' ' ' <<< "$audit")"
  echo
  echo "| run | input | median s | min s | MB/s | peak MB | kept | command |"
  echo "|---|---|---|---|---|---|---|---|"
  cat "$rows"
} > "$result"
echo "wrote ${result#"$root"/}"
