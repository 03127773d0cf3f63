# What every case may use. Sourced before it.

fail() { printf 'wrong: %s\n' "$*" >&2; exit 1; }
skip() { printf 'skipped: %s\n' "$*" >&2; exit 77; }

# expect_exit CODE COMMAND...: stdout goes to ./stdout, stderr to ./stderr.
expect_exit() {
  local want=$1 got=0
  shift
  "$@" >stdout 2>stderr || got=$?
  [ "$got" -eq "$want" ] || { cat stderr >&2; fail "exit code $got, not $want: $*"; }
}

# says FILE TEXT...: each fixed text is in the file.
says() {
  local file=$1 text
  shift
  for text; do grep -qF -- "$text" "$file" || { cat "$file" >&2; fail "$file does not say: $text"; }; done
}

# same FILE FILE: byte for byte.
same() { cmp -- "$1" "$2" >&2 || fail "$1 and $2 differ"; }

# equal WANT GOT [WHAT]
equal() { [ "$1" = "$2" ] || fail "${3-value} is '$2', not '$1'"; }

# absent FILE...: none of them is there.
absent() { local f; for f; do [ ! -e "$f" ] || fail "$f should not be there"; done; }

# fates PROVENANCE: "kept exact near rejected", counted.
fates() { jq -rs '[["kept", "exact", "near", "rejected"][] as $f | map(select(.fate == $f)) | length] | join(" ")' "$1"; }

# wait_for SECONDS COMMAND...: until it succeeds. No test depends on how long this takes, unless it fails.
wait_for() {
  local tries=$(($1 * 20))
  shift
  until "$@"; do
    [ $((tries -= 1)) -gt 0 ] || fail "in vain: $*"
    sleep 0.05
  done
}

# The three page dumps of the sample, as the README has them.
dumps() { mkdir -p dumps; cp "$DATA"/page_*.txt dumps/; }

# The small tables (tables/make_tables.py) are in $TABLES. Skips where there is nothing to read them with.
tables() {
  TABLES=$(dirname "${BASH_SOURCE[0]}")/tables
  [ -e "$(dirname "$(readlink -f "$(command -v unecho)")")/libunecho_parquet.so" ] || skip "no libunecho_parquet.so: scripts/parquet.sh builds it"
}

# clean_sample [OPTION...]: the sample, cleaned: corpus.jsonl, provenance.jsonl, report.json, rejects.jsonl.
clean_sample() {
  dumps
  unecho clean -f -q dumps/*.txt -o corpus.jsonl --provenance provenance.jsonl --report report.json --rejects rejects.jsonl "$@"
}
