# Whoever names an output like a packed file takes it for one.
echo '{"text": "a b c d e f"}' >in.jsonl
for output in "-o corpus.jsonl.zst" "-o - --provenance p.jsonl.gz" "-o - --rejects r.xz" "-o - --removed r.bz2" "-o - --report r.json.lz4"; do
  expect_exit 1 unecho clean -q in.jsonl $output
  says stderr "outputs are not compressed"
done
absent corpus.jsonl.zst p.jsonl.gz
# A source that is packed is not written so.
gzip -k in.jsonl
unecho clean -q in.jsonl.gz --output-dir out
equal "in.jsonl" "$(ls out)" "name of the output"
