# Under --repair malformed UTF-8 is compared as what it is written as, U+FFFD, whether a rule rewrites the text or not;
# the audit does the same.
printf '{"a":"caf\303\251 one two three four five six"}\n{"a":"caf\303\251 one \377 two three four five six"}\n{"a":"caf\303\251 one \376 two three four five six"}\n' >in.jsonl
printf 'caf\303\251 \377 one line of two, three and four\ncafe\314\201 \377 one line of two, three and four\n' >lines.txt
for inputs in in.jsonl lines.txt; do
  for how in "" --mark --annotate "--keep last" "--dedup-lines --dedup-min-tokens 1"; do
    for rules in none all nfc; do
      unecho clean -qf $inputs --layout auto $how --repair $rules -o corpus --provenance p.jsonl --report r.json --removed removed
      unecho audit -q --recall --report r.json --provenance p.jsonl --corpus corpus --removed removed || fail "$inputs $how $rules"
    done
  done
done
unecho clean -q in.jsonl --repair nfc --annotate | jq -c '[.a, .unecho.copies]'
