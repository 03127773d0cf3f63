# The list of sources comes first, and all that reads a provenance reads it as the plain one.
dumps
unecho clean -q dumps/*.txt -o corpus.jsonl --provenance plain.jsonl --report plain.json
for name in compact.jsonl compact.jsonl.gz; do
  unecho clean -q -f dumps/*.txt -o corpus.jsonl --provenance $name --provenance-format compact --report compact.json
  unecho audit -q --recall --provenance $name --report compact.json --corpus corpus.jsonl
  equal "$(unecho stats plain.jsonl)" "$(unecho stats $name)" "stats $name"
  equal "$(unecho stats --json plain.jsonl)" "$(unecho stats --json $name)" "stats --json $name"
  for ref in dumps/page_3.txt#27 dumps/page_2.txt#11 dumps/page_3.txt#1; do
    equal "$(unecho explain "$ref" --provenance plain.jsonl dumps/*.txt)" "$(unecho explain "$ref" --provenance $name dumps/*.txt)" "explain $ref $name"
  done
  unecho report plain.json --provenance plain.jsonl -o plain.html -f
  unecho report plain.json --provenance $name -o compact.html -f
  same plain.html compact.html
done
gzip -dc compact.jsonl.gz | cmp - compact.jsonl
equal '{"sources":["dumps/page_1.txt","dumps/page_2.txt","dumps/page_3.txt"]}' "$(head -n 1 compact.jsonl)" "the list"
# jq gives the plain form back.
jq -nc 'input.sources as $s | inputs | .source |= $s[.] | (.ref, .witness, .group | strings) |= sub("^(?<n>[0-9]+)"; $s[.n | tonumber])' compact.jsonl >back.jsonl
jq -c . plain.jsonl | cmp - back.jsonl
# By any threads and batches, deferred output, and pipes.
for options in "--threads 1" "--batch-size 1KiB"; do
  unecho clean -q -f dumps/*.txt $options --provenance again.jsonl --provenance-format compact -o corpus.jsonl
  same compact.jsonl again.jsonl
done
unecho clean -q -f dumps/*.txt --keep longest --provenance longest.jsonl --provenance-format compact -o corpus.jsonl
unecho audit -q --provenance longest.jsonl --corpus corpus.jsonl --keep longest dumps/*.txt
cat dumps/page_1.txt | unecho clean -q --provenance - --provenance-format compact -o /dev/null --force | head -n 2 | jq -c '.sources // .ref'
# What is no such list, no such line, no such place.
cut -c1-40 compact.jsonl >cut.jsonl
unecho stats cut.jsonl 2>&1 || echo "exit $?"
sed '5s/"source":0/"source":9/' compact.jsonl >wrong.jsonl
unecho audit --provenance wrong.jsonl dumps/*.txt 2>&1 || echo "exit $?"
sed '7s/.*/{"ref":1/' compact.jsonl >broken.jsonl
unecho stats broken.jsonl 2>&1 || echo "exit $?"
unecho clean dumps/page_1.txt --provenance-format short 2>&1 || echo "exit $?"
# A form of what is not written.
expect_exit 2 unecho clean -q small.jsonl --provenance-format compact
grep '^unecho' stderr
# The list is that of the run: one name more, which nothing is of, is found.
sed '1s/"\]/","dumps\/page_4.txt"]/' compact.jsonl >longer.jsonl
unecho audit --provenance longer.jsonl dumps/*.txt 2>&1 || echo "exit $?"
