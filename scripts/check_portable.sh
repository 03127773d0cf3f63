#!/usr/bin/env bash
# Unpacks the tarball of scripts/portable.sh into roots of other systems, runs the program there, and compares every byte that it writes
# with what the dynamic program of the same build writes here: in Debian 11, 12 and 13 (debootstrap, below build-portable/roots), and in
# a root with nothing in it but the tarball, no C library and no shell.
#   scripts/check_portable.sh [ROOT...]      other roots, in place of those; as root, with network for debootstrap
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
[ "$(id -u)" -eq 0 ] || { say "debootstrap and chroot need root"; exit 1; }
install_packages debootstrap xz-utils zstd lz4 bzip2 gzip
tarball=$("$root/scripts/portable.sh" | tail -n 1)
name=$(basename "$tarball" .tar.gz)
directory=$root/build-portable
work=$directory/check
roots=("$@")
if [ $# -eq 0 ]; then
  for suite in bullseye bookworm trixie; do
    fresh=$directory/roots/$suite
    roots+=("$fresh")
    [ ! -e "$fresh.whole" ] || continue
    say "Debian $suite in $fresh"
    rm -rf "$fresh"
    mkdir -p "$fresh"
    debootstrap --variant=minbase "$suite" "$fresh" "${DEBIAN_MIRROR:-http://deb.debian.org/debian}" >"$fresh.log" ||
      { tail "$fresh.log" >&2; exit 1; }
    touch "$fresh.whole"
  done
  rm -rf "$directory/roots/empty"
  mkdir -p "$directory/roots/empty/tmp"
  roots+=("$directory/roots/empty")
fi

# What is read, in all ways that a library of the program has a part in.
rm -rf "$work"
mkdir -p "$work/data"
cp "$root"/sample_data/page_*.txt "$root/sample_data/messy.jsonl" "$work/data/"
cd "$work/data"
seq 20000 | awk '{ printf "{\"id\":%d,\"text\":\"", $1
  for (i = 1; i <= 40; ++i) printf "w%d ", int($1 * 2 / 3) * i % 9973
  print "\"}" }' >many.jsonl
for tool in gzip xz zstd lz4 bzip2; do "$tool" -c page_1.txt >"page_1.txt.$tool"; done
gzip -c many.jsonl >many.jsonl.gz
mail() { printf 'From a@b.c Mon Jan  1 00:00:00 2024\nFrom: %s <a@b.c>\nDate: Mon, 1 Jan 2024 00:00:00 +0000\nSubject: %s\n%s\n\n%b\n\n' "$@"; }
mail '=?iso-8859-2?B?o/Nk vA==?=' '=?windows-1251?B?z/Do4uXyLCDs6PA=?=' 'Content-Type: text/plain; charset=windows-1251' '\xCF\xF0\xE8\xE2\xE5\xF2' >mail.mbox
mail 'A' '=?iso-8859-2?Q?=A3=F3d=BC?=' 'Content-Type: text/plain; charset=iso-8859-2' '\xA3\xF3d\xBC' >>mail.mbox
mail 'B' '=?ISO-2022-JP?B?GyRCRnxLXBsoQg==?= =?koi8-r?Q?=F0=D2?=' 'Content-Type: text/html; charset=shift_jis' '<p>\x93\xFA\x96\x7B</p>' >>mail.mbox
mail 'B' 'plain' 'Content-Type: text/plain; charset=gb2312' '\xC4\xE3\xBA\xC3' >>mail.mbox
printf 'id,title,text\n1,One,"It rained for nine days."\n2,Two,"It rained, for nine days!"\n3,Three,Then it snowed.\n' >table.csv
printf '<?xml version="1.0" encoding="windows-1252"?>\n<rss version="2.0"><channel><title>Feed</title><item><title>Caf\xE9</title><description>It rained.</description></item><item><title>Two</title><description>It snowed.</description></item></channel></rss>\n' >feed.xml
printf -- '- title: One\n  text: It rained.\n- title: Two\n  text: It snowed.\n' >list.yaml
printf 'Dieser Satz ist ganz auf Deutsch geschrieben, und er ist lang genug, damit man das sieht.\nThis sentence is written in English, and it is long enough for anyone to see that it is.\n' >languages.txt
printf 'TY  - JOUR\nTI  - It rained for nine days\nAU  - Doe, J.\nPY  - 2020\nER  - \n\nTY  - JOUR\nTI  - It Rained for Nine Days.\nAU  - Doe, Jane\nPY  - 2020\nER  - \n' >works.ris
for number in 1 2; do
  response=$(printf 'HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><body><p>It rained for %d days, and then it snowed.</p></body></html>' "$number")
  printf 'WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/%d\r\nWARC-Date: 2024-01-01T00:00:00Z\r\n' "$number"
  printf 'WARC-Record-ID: <urn:uuid:%d>\r\nContent-Type: application/http; msgtype=response\r\n' "$number"
  printf 'Content-Length: %d\r\n\r\n%s\r\n\r\n' "${#response}" "$response"
done >pages.warc

# runs COMMAND...: of the program, whose folder has data/ in it and an empty out/. Called in that folder. What fails
# leaves a file out, or another one, and that is seen when they are compared.
runs() {
  local file base
  "$@" --version >out/version
  for file in data/*; do
    base=out/$(basename "$file")
    "$@" clean -q "$file" -o "$base.corpus" --provenance "$base.provenance" --report "$base.json"
    "$@" audit -q --report "$base.json" --provenance "$base.provenance" --corpus "$base.corpus" >/dev/null && echo proven >"$base.audit"
    rm "$base.json"   # it has the time in it
  done
  "$@" clean -q data/many.jsonl -o out/spilled.jsonl --memory 48M --threads 2
  "$@" clean -q data/many.jsonl -o out/many.jsonl.zst --as input
  "$@" clean -q data/page_1.txt -o out/new_1.jsonl --index out/index
  "$@" clean -q data/page_2.txt -o out/new_2.jsonl --index out/index
  "$@" index check out/index >/dev/null && echo whole >out/index.check
  "$@" index export out/index -o out/index.jsonl
  rm -r out/index
  "$@" clean -q data/languages.txt --layout lines --languages de --repair all -o out/german.jsonl
  # Ctrl-C, of a run that has no end: nothing half-written is left.
  local status=0
  { while printf '{"text":"It rained for nine days, the %d th time"}\n' "$RANDOM"; do :; done 2>/dev/null || true; } |
    timeout --foreground --preserve-status -s INT 2 "$@" clean -q - -o out/interrupted.jsonl 2>/dev/null || status=$?
  echo "$status" >out/status
  [ "$status" -eq 130 ] && [ ! -e out/interrupted.jsonl ]
}

here=$work/here
mkdir -p "$here/out"
cp -r "$work/data" "$here/"
(cd "$here" && runs "$directory/unecho")
passed=0 failed=0
for fresh in "${roots[@]}"; do
  there=$fresh/unecho_check
  rm -rf "$there"
  mkdir -p "$there/out"
  tar -xzf "$tarball" -C "$there"
  cp -r "$work/data" "$there/"
  if (cd "$there" && runs unshare --root="$fresh" --wd=/unecho_check "/unecho_check/$name/bin/unecho") &&
    diff -r "$here/out" "$there/out" >&2; then
    say "the same bytes in $(basename "$fresh"): $(find "$there/out" -type f | wc -l) files"
    passed=$((passed + 1))
  else
    say "FAILED in $(basename "$fresh")"
    failed=$((failed + 1))
  fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
