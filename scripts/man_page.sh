#!/usr/bin/env bash
# A page of docs/ as a man page, on standard output. Needs lowdown.
#   scripts/man_page.sh FILE.md NAME.SECTION VERSION        scripts/man_page.sh docs/unecho-layouts.5.md unecho-layouts.5 0.1.0
set -euo pipefail
page=$1 name=${2%.*} section=${2##*.} version=$3
case $section in
  1) volume='User Commands' ;;
  5) volume='File Formats' ;;
esac
# lowdown sets code in a typewriter font, which terminals do not have and mandoc does not know: bold, as man pages have it.
lowdown -s -Tman --out-no-smarty -M title="${name^^}" -M section="$section" -M source="unecho $version" -M volume="$volume" "$page" |
  sed -e 's/\\fC/\\fB/g' -e '/^\.S[HS]$/{N;s/\n/ /;}' | sed -e '/^\.S[HS] /{n;/^\.LP$/d;}'
