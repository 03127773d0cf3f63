# Tasks may be run in any order within a step, twice, and killed; a step waits for the one before it.
for i in 1 2 3; do for j in $(seq 30); do echo "the rain fell on hill $((j % 11)) and the snow came at noon on day $((i * j % 5))"; done >part$i.txt; done
unecho clean -q --layout lines part?.txt -o corpus.txt --provenance p.jsonl
unecho shard plan job part?.txt --layout lines --shards 3 -o corpus.txt --provenance p.jsonl 2>&1
unecho shard plan -q job part?.txt --layout lines --shards 3 -o corpus.txt --provenance p.jsonl  # the same: nothing is to be done
expect_exit 1 unecho shard plan job part?.txt --layout lines --shards 2 -o corpus.txt
says stderr "job: has a plan of other inputs or options"
expect_exit 1 unecho shard pairs job 0
says stderr "task 0 of the step sign is not done: unecho shard sign"
for task in 2 0 1; do unecho shard sign job $task 2>&1; done
unecho shard sign job 1 2>&1
equal '{"name":"sign","tasks":3,"done":[0,1,2]}' "$(unecho shard status --json job | jq -c '.steps[0]')"
mkdir elsewhere && cd elsewhere
for task in 1 2 0; do unecho shard pairs -q ../job $task & done; unecho shard pairs -q ../job 1; wait
unecho shard resolve -q ../job
unecho shard decide -q --threads 1 ../job
unecho shard write -q ../job 2
cd ..
equal false "$(unecho shard status --json job | jq .complete)"
unecho shard status job
unecho shard run -q job
cat job/out/corpus-*.txt | same - corpus.txt
cat job/out/p-*.jsonl | same - p.jsonl
unecho shard status --json job | jq -c '.complete, .records'
# Killed wherever it may be, and begun again.
unecho shard plan -q killed part?.txt --layout lines --shards 3 -o corpus.txt --provenance p.jsonl
for tenths in 0 1 2 3 4 5 6 8 10 12 14; do
  unecho shard run -q killed &
  sleep "$(printf '0.0%02d' $((tenths * 5)))"
  { kill -9 $! && wait $! || true; } 2>/dev/null
done
unecho shard run -q killed
cat killed/out/corpus-*.txt | same - corpus.txt
cat killed/out/p-*.jsonl | same - p.jsonl
rm -r killed  # with what was left by the killed ones
# What is damaged is found where it is read.
try() { cp -r job bad; "$@"; expect_exit 1 unecho shard run -q bad; sed "s|$PWD/||g" stderr; rm -r bad; }
unread() { rm -r bad/write bad/decide; }
try eval 'unread; printf x | dd of=bad/resolve/00000/group-00001 bs=1 seek=9 conv=notrunc status=none'
try eval 'unread; printf x | dd of=bad/sign/00001/records bs=1 seek=99 conv=notrunc status=none'
try eval 'unread; printf x | dd of=bad/sign/00001/words bs=1 seek=9 conv=notrunc status=none'
try eval 'unread; truncate -s -4 bad/sign/00002/words'
try eval 'rm -r bad/pairs bad/resolve bad/decide bad/write; printf x | dd of=bad/sign/00001/sketches bs=1 seek=9 conv=notrunc status=none'
try eval 'rm -r bad/resolve bad/decide bad/write; printf x | dd of=bad/sign/00001/keys.sections bs=1 seek=0 conv=notrunc status=none; rm -r bad/pairs'
try eval 'rm -r bad/write; printf x | dd of=bad/decide/00001/fates bs=1 seek=9 conv=notrunc status=none'
try eval 'sed -i "s/\"bytes\": /\"bytes\":  /" bad/plan.json'
try eval 'sed -i "s/\(known_answer.*\)................\",/\10123456789abcdef\",/" bad/plan.json' | sed 's/ (.*, and this/ (..., and this/; s/([0-9a-f]*):/(...):/; s/[0-9][0-9]*\.[0-9][0-9]*\.[0-9][0-9]*/VERSION/g'
try eval 'rm -r bad/write; rm bad/decide/00002/done.json'
try eval 'rm -r bad/write; sed -i "s/\"plan\":/\"plam\":/" bad/sign/00001/done.json'
# A folder of the machine is where it is named, and not where the plan was made.
mkdir elsewhere/tmp
rm -r job/write && (cd elsewhere && unecho shard write -q ../job --tmpdir tmp)
# Files that say how, and have changed.
printf 'off = []\n' >rules.toml
echo '{"text":"a sentence of an evaluation set that is long enough to be found again in a corpus"}' >sets.jsonl
unecho shard plan -q how part?.txt --layout lines --against sets.jsonl --quality c4 --rules rules.toml --shards 2
unecho shard sign -q how 0
echo '# what goes' >>rules.toml
expect_exit 1 unecho shard sign how 1
cat stderr
# Inputs that have changed.
echo more >>part2.txt
rm -r job/write
expect_exit 1 unecho shard write job 1
says stderr "part2.txt: has changed since the plan was made"
unecho shard write -q job 0
rm part2.txt
expect_exit 1 unecho shard write job 1
cat stderr
