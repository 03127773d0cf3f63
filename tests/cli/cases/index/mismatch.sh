# What is the same has to be the same in all runs of an index. Where nothing is said of it, --compare works is what the index does.
echo '{"doi":"10.5/a","title":"Tides and lamps","author":"Vane, R.","year":1999,"text":"one two three four five six"}' >a.jsonl
unecho clean -q a.jsonl --key doi --index x.idx -o /dev/null
for options in '' '--key doi --threshold 0.70001' '--key doi --shingle 4' '--key doi --compare works' \
    '--key doi --ignore numbers' '--key doi --differ year' '--key doi --match title:0.7'; do
  for more in '' --index-read-only; do
    expect_exit 1 unecho clean a.jsonl $options --index x.idx $more -o new.jsonl
    absent new.jsonl
    [ -n "$more" ] || cat stderr
  done
done
unecho clean -q a.jsonl --key doi --threshold .7 --shingle 5 --threads 1 --index x.idx -o /dev/null
