# A field that is in no record is an error, not a run in which nothing is the same; and nothing is written.
printf '{"title":"A first title","doi":"10.5/a"}\n{"title":"Another title here","text":"Its text."}\n' >in.jsonl
printf '{"title":"cut off\n{"title":"A title","text":"and its text."}\n{"title":"Another one"}\n' >broken.jsonl
printf 'one line\nanother one\n' >in.txt
try() {
  local code=0
  echo "\$ unecho $*"
  unecho "$@" -q -o corpus.jsonl >out 2>&1 || code=$?
  sed 's/^/  /' out
  echo "  exit $code"
}
try dedup in.jsonl --key isbn
try dedup in.jsonl --key doi,year
try dedup broken.jsonl --key isbn
try dedup in.jsonl --differ edition --keep last
try clean in.jsonl --within dois
try dedup in.txt --layout lines --key doi
try segment in.jsonl --key doi
try dedup in.jsonl --key doi --key doi:exact
try dedup in.jsonl --key doi,,title
absent corpus.jsonl
# One source has it: that is enough.
try dedup in.txt in.jsonl --key doi
# Where a command compares otherwise, it says so.
expect_exit 2 unecho tune in.jsonl --key doi
says stderr '--key: tune has no such option'
expect_exit 2 unecho inspect in.jsonl --within doi
