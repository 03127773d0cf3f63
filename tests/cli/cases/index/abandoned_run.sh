# A run that is killed leaves the index as it was. The next one gives what it would have given, and says what it removes.
echo '{"text":"one two three four five six"}' >a.jsonl
echo '{"text":"six five four three two one"}' >b.jsonl
unecho clean -q a.jsonl --index x.idx -o /dev/null
cp -r x.idx before.idx
mkfifo pipe
unecho clean -q --layout jsonl --index x.idx -o killed.jsonl <pipe &
killed=$!
exec 3>pipe
wait_for 20 test -e x.idx/run-000002.part
{ kill -9 $killed; wait $killed || equal 137 $?; } 2>/dev/null
exec 3>&-
absent killed.jsonl
same before.idx/manifest x.idx/manifest
same before.idx/run-000001 x.idx/run-000001
unecho clean a.jsonl b.jsonl --index x.idx -o new.jsonl 2>said
grep warning said
jq -r .text new.jsonl
ls x.idx
