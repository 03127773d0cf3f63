# `pairs` keeps to --memory: what does not fit is taken in slices, which changes nothing, and what no slice can hold is said. `resolve` says
# what it needs before it takes it.
awk 'BEGIN {
  srand(5)
  for (i = 0; i < 90000; ++i) {
    for (j = 0; j < 12; ++j) words[j] = "w" int(rand() * 5000)
    for (copies = i % 50 == 0 ? 3 : 1; copies > 0; --copies) {
      line = ""
      for (j = 0; j < 12; ++j) line = line " " words[j]
      print line
      words[0] = "x" copies
    }
  }
}' >lines.txt
unecho clean -q lines.txt --layout lines --threshold .5 -o corpus.txt --provenance p.jsonl
unecho shard plan -q job lines.txt --layout lines --threshold .5 --shards 1 -o corpus.txt --provenance p.jsonl
unecho shard sign -q job
cp -r job little
unecho shard pairs -q job
peak_of() { /usr/bin/env python3 -c 'import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)' "$@"; }
peak=$(peak_of unecho shard pairs -q little --memory 46M)
[ "$peak" -le 52 ] || fail "$peak MiB under --memory 46M"
numbers() { jq -c ".numbers | $2" "$1/pairs/00000/done.json"; }
equal 1 "$(numbers job .slices)"
[ "$(numbers little .slices)" -gt 1 ] || fail "it did fit"
equal "$(numbers job '[.entries, .links]')" "$(numbers little '[.entries, .links]')"
[ "$(numbers job .links)" -gt 1000 ] || fail "nothing was to be linked"
unecho shard run -q little
cat little/out/corpus-*.txt | same - corpus.txt
cat little/out/p-*.jsonl | same - p.jsonl
rm -r little/resolve
expect_exit 1 unecho shard resolve -q little --memory 8M
says stderr 'distinct records does not fit into --memory: raise it to '
unecho shard resolve -q little --memory "$(sed 's/.*raise it to \([0-9]*\) MiB.*/\1M/' stderr)"
rm -r little/pairs
expect_exit 1 unecho shard pairs -q little --memory 18M
says stderr 'shard pairs 0: the records that have one key do not fit into --memory: raise it to '
