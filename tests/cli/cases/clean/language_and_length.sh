# The language is in the provenance; what is uncertain stays unless the rules say otherwise; --min-length counts tokens.
cat >in.jsonl <<'END'
{"title":"A cat","text":"The cat sat on the mat and looked at the birds in the garden."}
{"title":"Eine Katze","text":"Die Katze saß auf der Matte und betrachtete die Vögel im Garten."}
{"text":"Hm, 17"}
END
unecho dedup -f -q --languages en in.jsonl --provenance provenance.jsonl -o corpus.jsonl --report report.json
jq -c '[.fate, .reason, .language]' provenance.jsonl
unecho audit -q --provenance provenance.jsonl --corpus corpus.jsonl --report report.json in.jsonl
printf '[language]\nreject_uncertain = true\n' >rules.toml
unecho dedup -f -q --languages en,de --rules rules.toml in.jsonl --provenance provenance.jsonl -o corpus.jsonl --report report.json
jq -c '[.fate, .reason, .language]' provenance.jsonl
unecho audit -q --provenance provenance.jsonl --corpus corpus.jsonl --report report.json in.jsonl
for more in "" "--exact-join" "--keep longest"; do
  unecho dedup -f -q --min-length 3 $more in.jsonl --provenance provenance.jsonl -o corpus.jsonl --report report.json
  jq -r '.fate + " " + (.reason // "")' provenance.jsonl | paste -sd ';'
  unecho audit -q --provenance provenance.jsonl --corpus corpus.jsonl --report report.json in.jsonl
done
