# What shards do not do is said before anything is read.
echo '{"title":"a","text":"one two three four five six"}' >a.jsonl
printf 'TY  - JOUR\nTI  - Sea fog and sleep\nAU  - Alund, M\nPY  - 2011\nER  - \n' >a.ris
try() { echo "\$ unecho shard $*"; code=0; unecho shard "$@" >out 2>&1 || code=$?; sed "s|$PWD/||g; s/^/  /" out; echo "  exit $code"; rm -rf job; }
try
try plan
try plan job
try plan job a.jsonl
try plan job a.jsonl --shards 0
try plan job - --shards 2
try plan job nothing.jsonl --shards 2
try plan job a.ris --shards 2
try plan job a.jsonl --shards 2 --key doi
mkdir job; touch job/x
try plan job a.jsonl --shards 2
for option in --dedup-lines '--ignore-common 3' --exact-join --annotate --merge '--compare works' '--index x.idx' '--report r.json' '--as input' \
  '--provenance p.parquet' '--provenance p.arrow' '-o c.parquet' '-o c.arrow' '-o c.feather' --dry-run \
  --force --json '--stdin-name x' '--rejects r.parquet' '--provenance -' '--rejects corpus.jsonl' \
  '-o out/p.jsonl --provenance p.jsonl' '-o out/'; do
  try plan job a.jsonl --shards 2 $option
done
try sign job
unecho shard plan -q job a.jsonl --shards 1
try sign job 1
unecho shard plan -q job a.jsonl --shards 1
try sign job a.jsonl
unecho shard plan -q job a.jsonl --shards 1
try sign job 0 --threshold .5
unecho shard plan -q job a.jsonl --shards 1
try run job 0
unecho shard plan -q job a.jsonl --shards 1
try sign job --json
unecho shard plan -q job a.jsonl --shards 1
try status job --threads 2
unecho shard plan -q job a.jsonl --shards 1
try sign job -j1 0
mkdir in; cp a.jsonl in
try plan in/job in --shards 2
# A field that no record of any shard has.
unecho shard plan -q job a.jsonl a.jsonl --shards 2 --key doi
expect_exit 1 unecho shard run -q job
cat stderr
