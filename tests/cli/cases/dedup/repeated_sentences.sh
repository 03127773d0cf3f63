# Furniture inside paragraphs, in many records, and inside one: the first stays, in every flow; the rest of a JSONL line keeps its bytes.
cat >in.jsonl <<'END'
{"url": "a",  "text": "Rain fell on Monday. Subscribe to our letter for more of this. It was wet."}
{"text": "Snow fell. SUBSCRIBE to our letter, for more of this!  It melted at 3 p.m. on Dr. Frost's roof.", "url": "\u0062"}
{"text": "Subscribe to our letter for more of this. Rain fell on Monday.\n\nThe end of it all, so far."}
{"text": "  Subscribe to our letter for more of this."}
END
unecho dedup -f in.jsonl --dedup-sentences --dedup-min-tokens 4 --provenance provenance.jsonl -o corpus.jsonl --report report.json 2>stderr
cat corpus.jsonl
jq -c '[.ref, .reason, .removed_lines]' provenance.jsonl
grep -E '^(rejected|rewritten)' stderr
jq -c '.cleaning, .parameters.clean.dedup_sentences' report.json
unecho audit -q --recall --provenance provenance.jsonl --corpus corpus.jsonl --report report.json in.jsonl
unecho audit -q --dedup-sentences --dedup-min-tokens 4 --provenance provenance.jsonl --corpus corpus.jsonl in.jsonl
expect_exit 1 unecho audit -q --dedup-lines --dedup-min-tokens 4 --provenance provenance.jsonl --corpus corpus.jsonl in.jsonl
for options in "--keep last" --annotate --exact-join "--threads 1 --batch-size 1KiB"; do
  # shellcheck disable=SC2086
  unecho dedup -f -q in.jsonl --dedup-sentences --dedup-min-tokens 4 $options --provenance again.jsonl >again.corpus
  same provenance.jsonl again.jsonl
done
unecho explain 'in.jsonl#2' --report report.json --provenance provenance.jsonl | sed -n '/^rules/,$p'
# Only what stands in three records, and only what comes again in the same one; from a pipe, too.
cat >menu.txt <<'END'
Home and news and contact
An article about the rain of Monday
The team of the paper

Home and news and contact
An article about the snow of Tuesday
Read it all. Read it all. Share it now.
The team of the paper

Home and news and contact
Share it now.
An article about the sun of Wednesday
Home and news and contact
END
for options in "--dedup-lines --at-least 3" "--dedup-sentences --inside --dedup-min-tokens 3"; do
  echo "--- $options"
  # shellcheck disable=SC2086
  for keep in first last; do
    unecho dedup -f -q --record-separator ^$ menu.txt $options --keep $keep --provenance provenance.jsonl --report report.json -o corpus.jsonl
    unecho audit -q --recall --provenance provenance.jsonl --corpus corpus.jsonl --report report.json
    unecho dedup -f -q --record-separator ^$ --stdin-name menu.txt $options --keep $keep --provenance again.jsonl <menu.txt >again.corpus
    same provenance.jsonl again.jsonl
    same corpus.jsonl again.corpus
    unecho dedup -f -q --record-separator ^$ menu.txt $options --keep $keep --threads 1 --batch-size 1KiB --exact-join --provenance again.jsonl >again.corpus
    same provenance.jsonl again.jsonl
  done
  jq -r .text corpus.jsonl
  jq -c '.parameters.clean | [.dedup_inside, .dedup_at_least]' report.json
  expect_exit 1 unecho audit -q --record-separator ^$ --dedup-lines --dedup-sentences --provenance provenance.jsonl menu.txt
done
unecho segment -f -q --record-separator ^$ menu.txt --dedup-lines --at-least 3 | wc -l
# What cannot be meant.
for options in --inside "--at-least 2" "--dedup-lines --at-least 1" "--dedup-lines --inside --at-least 2"; do
  # shellcheck disable=SC2086
  expect_exit 2 unecho dedup menu.txt $options
  head -1 stderr
done
expect_exit 2 unecho tune menu.txt --dedup-lines --at-least 2
head -1 stderr
