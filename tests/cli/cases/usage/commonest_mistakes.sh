dumps
try() {
  local code=0
  echo "\$ unecho $*"
  unecho "$@" >out 2>&1 </dev/null || code=$?
  sed 's/^/  /' out
  echo "  exit $code"
}
try
try claen dumps/page_1.txt
try clean dumps/page_9.txt
try clean dumps/page_1.txt --layout ris
try clean dumps/page_1.txt --layout riss
try clean dumps/page_1.txt --threshold 80
try clean dumps/page_1.txt --treshold .8
echo precious >corpus.jsonl
try clean dumps/page_1.txt -o corpus.jsonl
grep -q precious corpus.jsonl || fail "it was replaced"
try clean dumps/page_1.txt -o dumps/page_1.txt
try clean dumps/page_1.txt -o nowhere/corpus.jsonl
try clean dumps/page_1.txt -o dumps
try clean dumps/page_1.txt -o a --provenance a
try dedup dumps/page_1.txt --keep newest
try audit dumps/page_1.txt
