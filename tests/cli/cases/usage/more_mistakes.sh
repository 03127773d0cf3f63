# What people type beside commonest_mistakes, and what each is told.
dumps
try() {
  local code=0
  echo "\$ unecho $*"
  unecho "$@" >out 2>&1 </dev/null || code=$?
  sed "s|$PWD/||g; s/^/  /" out
  echo "  exit $code"
}
echo '{"id":1,"title":"a","text":"b c d e f","tags":["x","y"]}' >in.jsonl
echo '{"id":2,"title":"b","text":"g h i j k","tags":["x"]}' >>in.jsonl
# --- where the words stand
try in.jsonl
try --threads 2 clean in.jsonl
try -v
try clean in.jsonl -threshold .8
try clean in.jsonl $'\u2013threshold' .8
try clean in.jsonl '--threshold .8'
try clean 'in.jsonl dumps/page_1.txt'
try clean in.jsonl '>out.jsonl'
# --- names from elsewhere
try clean --in in.jsonl
try clean in.jsonl -O x.jsonl
try clean in.jsonl --no-progress
try clean in.jsonl --as csv
try clean in.jsonl --keep last --keep first
# --- fields
try clean in.jsonl --match-fields 'title text'
try clean in.jsonl --match-fields titel,txt
try clean in.jsonl --match text:80%
try clean -q in.jsonl --key id:int -o x
try clean -q in.jsonl --within tilte -o x
try clean in.jsonl --id-field ids
printf '{"text":"a b","tags":["x","y"]}\n' >lists.jsonl
try clean lists.jsonl --id-field tags
# --- what is left out, or not there
try audit
try stats
try explain
try index
try shard plan
try layouts in.jsonl
try clean in.jsonl --tmpdir nowhere
try clean in.jsonl --explain in.jsonl
head -c 1100000 /dev/zero >large.toml
try clean in.jsonl --layout large.toml
try clean in.jsonl --quality gopher --rules large.toml
# --- outputs
try tune in.jsonl --report tune.html
unecho clean -q in.jsonl -o done.jsonl --provenance done.p --report done.json
for command in "inspect in.jsonl" "explain in.jsonl#1 --provenance done.p in.jsonl" "stats done.p" "tune in.jsonl" "clean in.jsonl --explain in.jsonl#1"; do
  file=in.jsonl
  [ "$command" != "stats done.p" ] || file=done.p
  cp $file before
  got=0
  unecho $command >>$file 2>stderr </dev/null || got=$?
  equal 1 $got "exit code: $command >>$file"
  says stderr "standard output is also an input"
  same before $file
done
# --- a file that is read twice
cp in.jsonl dumps
for inputs in "in.jsonl in.jsonl" "dumps dumps/in.jsonl" "in.jsonl --reference in.jsonl"; do
  unecho clean $inputs --dry-run 2>&1 </dev/null | grep warning
done
ln in.jsonl other.jsonl
unecho clean in.jsonl other.jsonl --dry-run 2>&1 </dev/null | grep warning
