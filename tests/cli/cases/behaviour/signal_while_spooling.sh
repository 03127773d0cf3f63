# Deferred output keeps a copy of standard input under $TMPDIR until it is done, or stopped.
mkfifo in
env --default-signal=INT unecho clean -q --keep last <in -o corpus.jsonl --provenance provenance.jsonl &
pid=$!
exec 3>in
cat "$DATA/page_1.txt" >&3
# Until it has read what is in the pipe.
wait_for 60 grep -q '^State:.S' "/proc/$pid/status"
sleep 0.5
kill -INT $pid
code=0
wait $pid || code=$?
exec 3>&-
equal 130 "$code" "exit code"
absent corpus.jsonl provenance.jsonl
equal "" "$(ls "$TMPDIR")" "temporary files"
