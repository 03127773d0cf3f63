# A run that is killed goes on by --resume: it writes what it would have written, and does not decide again what it had.
seq 9000 | awk '{ print "word" $1 * 7919 % 9001, "and", "word" $1 * 104729 % 9001, "or", "word" int($1 / 3) }' >all.txt
options=(--batch-size 16KiB --layout lines --stdin-name all.txt --index x.idx --provenance p.jsonl -o o.txt)
run() { unecho clean "${options[@]}" --threshold 0.5 "$@"; }
run -q --report whole.json <all.txt
mv x.idx whole.idx; mv p.jsonl whole.p; mv o.txt whole.o
killed() {
  rm -rf x.idx pipe; mkfifo pipe
  unecho clean -qf "${options[@]}" --threshold 0.5 <pipe &
  killed=$!
  exec 3>pipe
  head -n 8000 all.txt >&3
  wait_for 20 eval 'test "$(stat -c %s x.idx/run-000001.part 2>/dev/null || echo 0)" -gt 20000'
  { kill -9 $killed; wait $killed || equal 137 $?; } 2>/dev/null
  exec 3>&-
}
killed
ls x.idx
unecho index info x.idx | tail -n 1 | sed 's/[0-9,]* distinct/N distinct/'
# Not with what decides otherwise, or other records: nothing is lost by that.
unecho clean "${options[@]}" --threshold 0.6 --resume <all.txt || equal 1 $?
tail -n 8999 all.txt >fewer.txt
run --resume <fewer.txt || equal 1 $?
sed '1s/and/AND/' all.txt >otherwise.txt  # the same words: the index knows how they were written
expect_exit 1 run --resume <otherwise.txt
says stderr "inputs, or options, are not those of"
run --resume --report resumed.json <all.txt 2>said
sed 's/decided [0-9,]*/decided N/' said | head -n 1
same whole.o o.txt
same whole.p p.jsonl
same whole.idx/run-000001 x.idx/run-000001
ls x.idx
same <(jq 'del(.run)' whole.json) <(jq 'del(.run)' resumed.json)
# Without it the next run begins anew, and says what was there to go on with. With nothing there --resume just runs.
killed
unecho clean "${options[@]}" --threshold 0.5 -f <all.txt 2>said
grep warning said
same whole.idx/run-000001 x.idx/run-000001
rm -rf x.idx
run -qf --resume <all.txt
same whole.o o.txt
# A run with --resume that fails leaves what it had.
rm -rf x.idx
{ cat all.txt; printf '\377\n'; } >faulty.txt
run -qf --strict --resume <faulty.txt || equal 1 $?
ls x.idx
run -qf --resume <all.txt
same whole.idx/run-000001 x.idx/run-000001
unecho clean -q --resume all.txt || equal 2 $?
unecho clean -q --resume --index x.idx --index-read-only all.txt || equal 2 $?
# Nor with other evaluation sets, of which the index says nothing.
options+=(--against sets.txt --against-layout lines)
echo 'word1 word2 word3 word4 word5 word6 word7 word8' >sets.txt
killed
echo 'word8 word7 word6 word5 word4 word3 word2 word1' >sets.txt
expect_exit 1 run -qf --resume <all.txt
says stderr "the run that was killed had --against sets.txt (" "ask for the same, or leave --resume out"
