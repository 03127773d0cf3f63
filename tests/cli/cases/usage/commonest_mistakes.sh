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

# --- names of options and commands, as other programs have them
try deduplicate dumps/page_1.txt
try help layout
try clean dumps/page_1.txt --jobs 4
try clean dumps/page_1.txt --ngram 5
try clean dumps/page_1.txt --num-perm 128
try clean dumps/page_1.txt --field text
try clean dumps/page_1.txt -n 5
try clean -i dumps/page_1.txt
try clean dumps/page_1.txt --thresh .8
try clean dumps -r
try clean dumps/page_1.txt --gzip
try clean --version
try segment dumps/page_1.txt --threshold .8
try clean dumps/page_1.txt -o
# --- values
try clean dumps/page_1.txt -t 80%
try clean dumps/page_1.txt -t 0,8
try clean dumps/page_1.txt -j many
try clean dumps/page_1.txt --shingle 0
try clean dumps/page_1.txt --memory 8
try clean dumps/page_1.txt --memory 8X
try clean dumps/page_1.txt --min-length -1
try clean dumps/page_1.txt --layout jsnol
try clean dumps/page_1.txt --repair mojibak
try clean dumps/page_1.txt --quality gophr
try clean dumps/page_1.txt --languages english
try clean dumps/page_1.txt --languages en-US
try clean dumps/page_1.txt --pii msak
try clean dumps/page_1.txt --compare word
try clean dumps/page_1.txt --ignore cases
try clean dumps/page_1.txt --encoding utf-9
try clean dumps/page_1.txt --as inptu
try clean dumps/page_1.txt --keep longst
try clean dumps/page_1.txt --rules nowhere.toml
# --- inputs
try clean https://example.org/dump.jsonl.gz
try clean s3://bucket/dump.jsonl
try clean hf://datasets/me/mine/data/train.jsonl
try clean ftp://example.org/dump.txt
try clean file:///data/dump.txt
try clean 'dumps/*.text'
try clean '~me/dump.txt'
try clean dumps/page_1.text
try clean dmps/page_1.txt
try clean dumps --glob '*.text'
try clean - -
try clean ''
# --- outputs
try clean dumps/page_1.txt -o corpus.zip
try clean dumps/page_1.txt -o corpus.orc
try clean dumps/page_1.txt -o corpus.jsonl.br
try clean dumps --output-dir dumps/out
try clean dumps/page_1.txt --provenance - -o -
try clean dumps/page_1.txt -o x --provenance p.csv
try clean dumps/page_1.txt -o x --rejects rejects.YAML.gz
try clean dumps/page_1.txt -o x --report report.md
ln -s nowhere/corpus.jsonl link
try clean dumps/page_1.txt -f -o link
# What stands behind the error has not been written in front of it.
try clean dumps/page_1.txt dumps/page_9.txt
try clean dumps/page_1.txt,dumps/page_3.txt
try clean dumps/page_1.txt --memory 50%
try clean dumps/page_1.txt --id nr
try clean dumps/page_1.txt --exact-only
try clean dumps/page_1.txt --min-words 5
try clean dumps/page_1.txt --layout jsonlines
try clean dumps/page_1.txt --report report.pdf
try layouts ris
try index create seen.idx
try --help-all
try help wroks
# --- names of fields
echo '{"title":"a","text":"b c d"}' >in.jsonl
try dedup in.jsonl --match-fields title,txet
try dedup in.jsonl --keep dat:max
try dedup in.jsonl --key isbn
try dedup in.jsonl --record papers
# --- of a finished run
unecho clean -q dumps -o done.jsonl --provenance done.p --report done.json
try stats dumps/page_1.txt
try report done.jsonl
try audit dumps --provenance done.jsonl
try audit dumps/page_1.txt dumps/page_3.txt --provenance done.p
try audit dumps in.jsonl --provenance done.p
try explain 'dumps/page_1.txt#999' --provenance done.p dumps
