# Where the system gives no memory, or no threads, a run fails with a message, and takes nothing with it.
[ -z "${ASAN_OPTIONS-}${TSAN_OPTIONS-}${MSAN_OPTIONS-}" ] || skip "a sanitizer takes all addresses there are"
make_records 3000 | gzip >records.jsonl.gz
ends_well() {
  local code=0
  "$@" >stdout 2>stderr || code=$?
  [ $code -ne 127 ] || return 0   # the libraries could not even be loaded
  [ $code -le 1 ] || { cat stderr >&2; fail "exit code $code: $*"; }
  [ $code -eq 0 ] || grep -q -e '^unecho: error: ' stderr || fail "exit code 1 and no message: $*"
  [ $code -eq 0 ] || absent corpus.jsonl
  [ -z "$(ls "$TMPDIR")" ] || fail "a temporary file is left: $*"
  rm -f corpus.jsonl
}
for threads in 1 8; do
  for mib in 64 72 80 88 96 112 128 144 160 192 224 256 320 512; do
    ends_well bash -c "ulimit -v $((mib * 1024)); exec unecho dedup -q --threads $threads records.jsonl.gz -o corpus.jsonl"
  done
  # As somebody whose processes are counted.
  for processes in 1 2 3 4 6 8 12; do
    ends_well with_few_processes $processes unecho dedup -q --threads $threads <records.jsonl.gz
  done
done
