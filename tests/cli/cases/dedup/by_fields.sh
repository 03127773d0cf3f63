# Titles are one text here, or nearly; fields say what is the same.
cat >editions.jsonl <<'END'
{"id":"Ma2001","title":"Foundations of Tidal Engineering","author":"Maren, Ida","edition":1,"year":2001}
{"id":"Ma2012","title":"Foundations of Tidal Engineering","author":"Maren, Ida","edition":3,"year":2012}
{"id":"c1","title":"Foundations of Tidal Engineering","chapter":"1"}
{"id":"c2","title":"Foundations of Tidal Engineering","chapter":"2"}
{"id":"d1","title":"Sea fog and sleep in young sailors","doi":"10.5555/FOG.1"}
{"id":"d2","title":"Sea-fog & sleep in young sailors: a cohort study","doi":"https://doi.org/10.5555/fog.1"}
{"id":"d3","title":"Sea fog and sleep in young sailors","doi":"doi:10.5555/fog.2"}
{"id":"p1","title":"Part I: Measuring the drift of anchored buoys in shallow bays","author":"Ode"}
{"id":"p2","title":"Part II: Measuring the drift of anchored buoys in shallow bays","author":"Ode"}
END
show() {
  echo "\$ $*"
  unecho dedup -f -q --id-field id --match-fields title editions.jsonl "$@" -o corpus.jsonl --provenance provenance.jsonl --report report.json
  jq -r 'select(.fate != "kept") | "\(.id) \(.fate) \(.witness) \(.similarity) \(.by // "")"' provenance.jsonl
  jq -c '.parameters | {key, differ, within} | del(..|nulls)' report.json
  unecho audit --recall --report report.json --provenance provenance.jsonl --corpus corpus.jsonl
  unecho dedup -f -q --exact-join --id-field id --match-fields title editions.jsonl "$@" -o join.jsonl
  same corpus.jsonl join.jsonl
}
show 2>&1
show --key doi 2>&1
show --key doi --differ edition,chapter 2>&1
show --key doi --differ edition,chapter --differ doi --keep last 2>&1
show --key author,year --key author:fold --keep year:max 2>&1
show --within author 2>&1
# A removal by key tells it in every story.
unecho dedup -f -q --id-field id --match-fields title editions.jsonl --key doi -o corpus.jsonl --provenance provenance.jsonl --report report.json
unecho explain 'editions.jsonl#6' --provenance provenance.jsonl --report report.json | grep -E '^(by|shingles)'
unecho stats provenance.jsonl | sed -n '/similarity/,/groups/p'
unecho report report.json --provenance provenance.jsonl -o page.html
says page.html 'key:doi'
