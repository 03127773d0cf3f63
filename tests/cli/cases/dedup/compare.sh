# What of a text counts: the fates of each comparison; every one is audited with the report of its run.
cat >notes.jsonl <<'END'
{"text":"The café in the old town opens at 9, it said."}
{"text":"The CAFE in the old town opens at 10, it said!"}
{"text":"<p>The <b>café</b> in the old town opens at 9, it said.</p>"}
{"text":"The  café in the old\ntown opens at 9, it said."}
{"text":"Thecaféintheoldtownopensat9,itsaid."}
END
check() {
  unecho dedup -f -q notes.jsonl "$@" --provenance p.jsonl --report r.json -o c.jsonl
  unecho audit -q --recall --report r.json --provenance p.jsonl --corpus c.jsonl
  unecho dedup -f -q --exact-join notes.jsonl "$@" -o exact.jsonl
  same c.jsonl exact.jsonl
  echo "$*: $(jq -r .fate p.jsonl | paste -sd' ') $(jq -c '.parameters | [.compare, .ignore, .shingle, .threshold]' r.json)"
}
check
for what in words text code characters; do check --compare $what; done
check --ignore diacritics,markup,numbers
check --compare text --ignore case,punctuation,diacritics,markup,numbers
check --compare characters --ignore diacritics,markup,numbers
check --compare characters --shingle 3 --threshold 0.5
check --compare code --threshold 0.6
# The lines that came before, too.
printf 'if (a_1 > b) return a;\n' >one.txt
printf 'if (a_1 < b) return a;\n\nelse return\n' >two.txt
unecho dedup -f -q --layout text one.txt two.txt --dedup-lines --compare code --provenance p.jsonl --report r.json -o c.jsonl
unecho audit -q --report r.json --provenance p.jsonl --corpus c.jsonl
jq -r .fate p.jsonl | paste -sd' '
unecho dedup -f -q --layout text one.txt two.txt --dedup-lines --provenance p.jsonl --report r.json -o c.jsonl
unecho audit -q --report r.json --provenance p.jsonl --corpus c.jsonl
jq -r 'select(.removed_lines).ref' p.jsonl
# Evaluation sets go by the same tokens.
printf 'for (i = 0; i < n; i++) s += x[i] * x[i];\n' >eval.txt
printf 'for (I = 0; I < n; I++) s += x[I] * x[I];\n' >corpus.txt
for what in words code; do
  unecho dedup -f -q --layout lines corpus.txt --against eval.txt --against-layout lines --against-ngram 13 --compare $what --provenance p.jsonl --report r.json -o c.txt
  unecho audit -q --report r.json --provenance p.jsonl --corpus c.txt
  jq -r .fate p.jsonl
done
