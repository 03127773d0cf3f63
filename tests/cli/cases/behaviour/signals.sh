# Signals that end a run: 128 and their number, and neither a final nor a temporary file is left.
mkfifo in
for signal in INT TERM HUP QUIT; do
  # A background command of a script ignores SIGINT and SIGQUIT, unless told otherwise.
  env --default-signal=INT,QUIT unecho clean -q <in -o corpus.jsonl --provenance provenance.jsonl --report report.json &
  pid=$!
  exec 3>in
  cat "$DATA/page_1.txt" >&3
  started() { ls -l /proc/$pid/fd 2>/dev/null | grep -e '(deleted)' -e unecho- >/dev/null; }
  wait_for 60 started
  kill -$signal $pid
  code=0
  wait $pid || code=$?
  exec 3>&-
  equal $((128 + $(kill -l $signal))) "$code" "exit code"
  absent corpus.jsonl provenance.jsonl report.json
  equal "" "$(compgen -G '.*.unecho-*' || true)" "temporary files"
done
# What whoever started us has told us to ignore does not end it: nohup.
env --ignore-signal=HUP unecho clean -q <in -o corpus.jsonl &
pid=$!
exec 3>in
cat "$DATA/page_1.txt" >&3
wait_for 60 started
kill -HUP $pid
exec 3>&-
wait $pid
test -s corpus.jsonl
