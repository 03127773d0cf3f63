# Furniture that no profile names: the first stays, in every layout that has lines; the rest of a JSONL line keeps its bytes.
cat >in.jsonl <<'END'
{"url": "a",  "text": "Skip to the main content of this page\nThe first article says this and that.\nAbstract\nAll rights reserved by us, 2024"}
{"text": "Skip to the main content of this page!\nThe second article says something else.\nAbstract\nAll rights reserved by us; 2024\n", "url": "\u0062"}
{"text": "SKIP to the main content of this page\n\nAll rights reserved by us 2024"}
END
unecho dedup -f in.jsonl --dedup-lines --provenance provenance.jsonl -o corpus.jsonl --report report.json 2>stderr
cat corpus.jsonl provenance.jsonl
grep -E '^(rejected|rewritten)' stderr
jq -c '.cleaning' report.json
unecho audit -q --recall --provenance provenance.jsonl --corpus corpus.jsonl --report report.json in.jsonl
expect_exit 1 unecho audit -q --provenance provenance.jsonl --corpus corpus.jsonl in.jsonl
for options in "--keep last" --annotate --exact-join "--threads 1 --batch-size 1KiB"; do
  # shellcheck disable=SC2086
  unecho dedup -f -q in.jsonl --dedup-lines $options --provenance again.jsonl >again.corpus
  same provenance.jsonl again.jsonl
done
# A page: the paragraphs that listings share; titles stay.
cat >page.txt <<'END'
A title of the first paper

The abstract of the first paper goes here, with words enough to be counted.

Sign in to see the comments of your colleagues.

Another title, of the second one

The abstract of the second paper goes here, with words enough to be counted, too.

Sign in to see the comments of your colleagues.

A third title, so that nothing hangs behind

The abstract of the third paper goes here; it has words enough to be counted as well as the others have.
END
unecho clean -f -q page.txt --layout page --dedup-paragraphs --provenance provenance.jsonl | jq -c '[.title, .text]'
unecho audit -q --layout page --dedup-paragraphs --provenance provenance.jsonl page.txt
