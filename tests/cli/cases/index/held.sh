# While one run adds to an index, a second one is told which process that is; one that only reads does not wait.
echo '{"text":"one two three four five six"}' >a.jsonl
unecho clean -q a.jsonl --index x.idx -o /dev/null
mkfifo pipe
unecho clean -q --layout jsonl --index x.idx -o first.jsonl <pipe &
first=$!
exec 3>pipe
wait_for 20 grep -qx $first x.idx/lock
expect_exit 1 unecho clean a.jsonl --index x.idx -o second.jsonl
says stderr "x.idx: process $first adds to it; wait until that has ended, or give --index-read-only"
absent second.jsonl
unecho clean -q a.jsonl --index x.idx --index-read-only -o second.jsonl
equal 0 "$(wc -l <second.jsonl)"
echo '{"text":"six five four three two one"}' >&3
exec 3>&-
wait $first
equal 1 "$(wc -l <first.jsonl)"
# It is free again.
unecho clean -q a.jsonl --index x.idx -o /dev/null
