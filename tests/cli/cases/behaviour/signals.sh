# SIGINT and SIGTERM: 130 and 143, and neither a final nor a temporary file is left.
mkfifo in
for signal in INT TERM; do
  # A background command of a script ignores SIGINT, unless told otherwise.
  env --default-signal=INT unecho clean -q <in -o corpus.jsonl --provenance provenance.jsonl --report report.json &
  pid=$!
  exec 3>in
  cat "$DATA/page_1.txt" >&3
  started() { compgen -G 'provenance.jsonl.tmp.*' >/dev/null; }
  wait_for 60 started
  kill -$signal $pid
  code=0
  wait $pid || code=$?
  exec 3>&-
  equal $((128 + $(kill -l $signal))) "$code" "exit code"
  absent corpus.jsonl provenance.jsonl report.json
  equal "" "$(compgen -G '*.tmp.*' || true)" "temporary files"
done
