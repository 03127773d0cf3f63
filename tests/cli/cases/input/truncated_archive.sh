# An error with the source and the offset; nothing appears under a final name.
dumps
for tool in gzip zstd bzip2 xz lz4; do
  "$tool" -c dumps/page_1.txt >whole
  head -c $(($(stat -c %s whole) - 20)) whole >cut.txt
  expect_exit 1 unecho clean -q cut.txt -o corpus.jsonl --provenance provenance.jsonl --report report.json
  says stderr cut.txt
  grep -qE '[0-9]{2,}' stderr || fail "$tool: no offset in: $(cat stderr)"
  absent corpus.jsonl provenance.jsonl report.json
done
