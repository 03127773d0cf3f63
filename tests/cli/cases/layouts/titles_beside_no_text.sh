# A name that ends as titles do is a title beside a text, and one of many fields beside none.
cat >jobs.jsonl <<'E'
{"job_title":"Nurse","city":"Oslo","pay":"410"}
{"job_title":"Nurse","city":"Rome","pay":"290"}
{"job_title":"Nurse","city":"Bern","pay":"530"}
E
(echo '['; paste -sd, jobs.jsonl; echo ']') >jobs.json
sed 's/^{"job_title":"\(.*\)","city":"\(.*\)","pay":"\(.*\)"}/- job_title: \1\n  city: \2\n  pay: "\3"/' jobs.jsonl >jobs.yaml
for file in jobs.*; do
  unecho clean -qf $file -o corpus --provenance p.jsonl --report r.json
  unecho audit -q --report r.json --provenance p.jsonl --corpus corpus
  echo "$file: $(jq -r .fate p.jsonl | paste -sd ' ')"
done
printf '[{"page_title":"On Rain","blurb":"It rained for nine days on the roofs of the whole town."}]' | unecho clean -q | jq -c '[.title, .text]'
