# The figures of the page, counted once more from the provenance by jq.
data_of() { sed -n 's/.*id="data">\(.*\)<\/script>.*/\1/p' "$1"; }
# compared PROVENANCE PAGE: along the input, lengths, certainty, and the groups.
compared() {
  data_of "$2" >data
  jq -c '.along.width as $w | [.along.width, (.along.rows | length <= 120), .along.rows]' data >got
  jq -cs --argjson w "$(jq .along.width data)" 'def count(f): map(select(f)) | length;
    [range(0; length; $w) as $i | .[$i:$i + $w] | [count(.fate == "kept" or .fate == "reference"), count(.fate == "exact" or .fate == "near"),
    count(.fate == "contaminated"), count(.fate == "rejected")]] | [$w, true, .]' "$1" >want
  same want got
  jq -c '.lengths' data >got
  jq -cs --argjson from "$(jq -c '[.lengths[][0]]' data)" '[range(0; $from | length) as $i | map(select(.bytes >= $from[$i] and ($i + 1 == ($from | length) or .bytes < $from[$i + 1])))
    | def count(f): map(select(f)) | length; [$from[$i], count(.fate == "kept" or .fate == "reference"), count(.fate == "exact" or .fate == "near"), count(.fate == "contaminated"), count(.fate == "rejected")]]' "$1" >want
  same want got
  jq -c '.certainty' data >got
  jq -cs '{certain: (map(select(.fate == "exact" or (.fate == "near" and .by))) | length),
    hundredths: (map(select(.fate == "near" and (.by | not)) | .similarity * 100 + 1e-6 | floor) | group_by(.) | map([.[0], length]))}' "$1" >want
  same want got
  # Each group that is shown has all its copies, or the first twelve, in order.
  jq -c '. as $d | def ref: split("#") | $d.names[.[0] | tonumber] + "#" + .[1]; [.groups.rows[] | [(.[0] | ref), .[1], [.[2][] | [(.[0] | ref), .[1]]]]] | sort' data >got
  jq -cs --argjson shown "$(jq -c '. as $d | [.groups.rows[][0] | split("#") | $d.names[.[0] | tonumber] + "#" + .[1]]' data)" \
    'map(select(.fate == "exact" or .fate == "near") | select(.witness as $w | $shown | index([$w]))) | group_by(.witness)
    | map([.[0].witness, length, (.[:12] | map([.ref, .fate]))]) | sort' "$1" >want
  same want got
}
clean_sample
unecho report report.json --provenance provenance.jsonl -o page.html
compared provenance.jsonl page.html
equal 19 "$(data_of page.html | jq '.groups.rows | length')" "groups, which are all that there are"

# Keys, many sources and groups, an evaluation set, records of all lengths, and some that cannot be read.
mkdir many
for i in $(seq 700); do
  echo "{\"doi\":\"10.1/$((i % 211))\",\"text\":\"story $((i % 240)) of the book is told by $((i % 240)) people $(seq -s ' ' $((i % 240))) $((i % 240)) and $((i % 7))\"}"
  [ $((i % 50)) -gt 0 ] || echo '{"no":"text"'
done | split -l 90 - many/part_
for file in many/part_*; do mv "$file" "$file.jsonl"; done
echo '{"text":"story 17 of the book is told by 17 people 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17"}' >set.jsonl
for options in "--key doi" "--threshold .5" "--against set.jsonl --keep last"; do
  unecho clean -f -q many $options -o many.corpus --provenance many.p --report many.json
  unecho report -f -q many.json --provenance many.p -o many.html
  compared many.p many.html
  data_of many.html | jq -c '[.sources.common, .along.width, (.groups.rows | length), .certainty.certain]'
done

# Works: how alike titles are is not how alike texts are; what else the records say is beside them.
printf 'title,author,year,journal,volume,pages\nOn Rain in the Hills,"Vane, R.",1999,J. Rain,3,12-19\nOn rain in the hill,R Vane,1999,Journal of Rain,3,12-9\nOn Rain in the Hills [Chinese],"Vane, R.",1999,J. Rain,3,12-19\n' >works.csv
unecho clean -q works.csv --compare works -o works.out --provenance works.p --report works.html
compared works.p works.html
data_of works.html | jq -c '.warnings, .removed.rows, .texts'
# With --pii mask what only the fields have is not shown: the rules have not gone over it.
sed 's/R Vane/R Vane <rv@hills.example>/' works.csv >named.csv
unecho clean -q named.csv --compare works --pii mask -o named.out --report named.html
! grep -q 'rv@hills' named.html || fail "an address came back"
