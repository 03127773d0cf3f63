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
# Of nothing at all, too: an archive of an empty file is none.
for suffix in gz bz2 xz lz4 zst; do
  : >"empty.jsonl.$suffix"
  expect_exit 1 unecho clean -q "empty.jsonl.$suffix" -o out.jsonl
  says stderr "empty.jsonl.$suffix: is of 0 bytes, and not what its name says"
  absent out.jsonl
done
unecho clean -q --skip-unreadable empty.jsonl.gz - <<<'{"text":"one"}' 2>/dev/null | cmp - <(echo '{"text":"one"}')
