# The page for a browser: made by a run or from its files, the same; nothing of the network in it; hostile text stays text.
data_of() { sed -n 's/.*id="data">\(.*\)<\/script>.*/\1/p' "$1"; }
dumps
printf '%s\n' '{"title":"</script><script>document.title=1</script>","text":"one two three four five six seven eight <img src=x onerror=document.title=2> nine ten"}' \
  '{"title":"</script><script>document.title=1</script>","text":"one two three four five six seven eight <img src=x onerror=document.title=2> nine TEN"}' \
  '{"title":"</script><script>document.title=1</script>","text":"one two three four five six seven eight <img src=x onerror=document.title=2> nine eleven"}' >dumps/hostile.jsonl
unecho clean -q dumps -o corpus.jsonl --provenance provenance.jsonl --report run.html
unecho clean -q -f dumps -o corpus.jsonl --provenance provenance.jsonl --report report.json
unecho report report.json --provenance provenance.jsonl -o page.html
for page in run.html page.html; do
  data_of $page | jq -c 'del(.report.run)' >$page.data
done
cmp run.html.data page.html.data
jq -c '[.removed.total, (.removed.rows | length), .rejected.total, .snapshots]' page.html.data
grep -E 'https?://|//cdn|@import' page.html | grep -v 'www.w3.org' && fail "something of the network"
[ "$(grep -c '</script>' page.html)" = 3 ] || fail "a record broke out of the data"
# Without the provenance: the figures alone. What is there already stays.
unecho report report.json -o - | grep -c 'id="data"'
unecho report report.json -o page.html 2>error && fail "it was replaced"
grep -q 'force replaces it' error

unecho report report.json --tune report.json -o - 2>error && fail "no table of thresholds"
cat error

# Compressed files are the same files.
unecho tune -q dumps --report tune.json >/dev/null
unecho report report.json --provenance provenance.jsonl --tune tune.json -o plain.html
gzip -k report.json provenance.jsonl tune.json
unecho report report.json.gz --provenance provenance.jsonl.gz --tune tune.json.gz -o packed.html
cmp plain.html packed.html
expect_exit 1 unecho report report.json --tune not_there.json -o -
says stderr not_there.json

# A thousand of many have their texts, the same ones each time; the others the beginnings of theirs.
for i in $(seq 3000); do echo "{\"text\":\"the same words over and over again, $((i % 2)), that nobody wants to read twice\"}"; done >many.jsonl
unecho clean -q many.jsonl -o many.corpus --threshold .3 --report many.html
data_of many.html | jq -c '. as $d | [.removed.total, (.removed.rows | length), (.texts | length > 1000), (.beginnings | length), ([.removed.rows[] | select($d.texts[.[0]] or $d.beginnings[.[0]])] | length)]
  + [.groups.rows[] | [.[1], (.[2] | length)]]'

# Long texts are cut, those of tune, too; numbers are as they were.
for i in 1 2; do echo "{\"text\":\"$(seq -s ' ' 3000) $i\"}"; done >long.jsonl
unecho clean -q -f long.jsonl --seed 18446744073709551615 --report report.json >/dev/null
unecho tune -q long.jsonl --report long.json >/dev/null
unecho report report.json --tune long.json -o long.html
data_of long.html | jq -c '[(.tune.thresholds[0].borderline[0].text | length), .report.parameters.seed]'
# Without a name it lies beside the report, and not on standard output.
mkdir beside && cp report.json beside && gzip -k beside/report.json
equal "" "$(unecho report beside/report.json 2>said)" "standard output"
says said "wrote beside/report.html"
expect_exit 1 unecho report beside/report.json.gz
says stderr "beside/report.html: is there already"
unecho report -q -f beside/report.json.gz
grep -q 'id="data"' beside/report.html || fail "no page"
