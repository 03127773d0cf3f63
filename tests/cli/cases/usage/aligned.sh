# What --aligned does not take, and files that are no pair.
printf '1\n2\n3\n' >a.de
printf '1\n2\n' >b.en
mkdir folder
for options in 'a.de' 'a.de -' 'a.de a.de' 'a.de b.en --layout lines' 'a.de b.en --encoding latin-1' 'a.de b.en --skip-unreadable' \
  'a.de b.en --as input' 'a.de b.en --record-separator ^$'; do
  got=0
  # shellcheck disable=SC2086
  unecho clean -q --aligned $options -o out.jsonl >/dev/null 2>stderr || got=$?
  echo "$got $(head -1 stderr)"
done
expect_exit 1 unecho clean -q --aligned a.de b.en --output-dir out
head -1 stderr
ls out 2>/dev/null || true
expect_exit 2 unecho clean -q --aligned a.de folder -o out.jsonl
head -1 stderr
expect_exit 1 unecho clean -q --aligned a.de none.en -o out.jsonl
head -1 stderr
# A field that there is not.
printf '1\n2\n' >a.de
expect_exit 1 unecho clean -q --aligned a.de b.en --match de,fr -o out.jsonl
head -1 stderr
# The files that are read are not replaced.
expect_exit 1 unecho clean -q -f --aligned a.de b.en --output-dir .
head -1 stderr
