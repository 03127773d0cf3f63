# Each rule is a reason; parameters come from a file; the first rule that fails is the reason, whatever the order of the names.
good="The study of growing plants has a long history that begins with the first farmers. They had to learn which seeds to keep and when to put them into the ground. With time, people came to know more about soil and water. It remains hard work to bring in a harvest! Is there a lesson in this for those who live in cities?"
jq -nc --arg t "$good" '{text: $t}' >in.jsonl
jq -nc --arg t "short of words" '{text: $t}' >>in.jsonl
jq -nc --arg t "$good {code}" '{text: ($t + ".")}' >>in.jsonl
jq -nc --arg t "$good" '{text: ($t + "\nClick here\nThis site uses cookies.")}' >>in.jsonl
unecho dedup -f -q --quality fineweb,c4,gopher in.jsonl -o corpus.jsonl --provenance provenance.jsonl --report report.json
jq -r '.fate + " " + (.reason // "")' provenance.jsonl
jq -c '.cleaning.rules[] | select(.rejected > 0)' report.json
jq -c '.ledger.reasons, (.cleaning.rules | length), .cleaning.rewritten' report.json
unecho audit -q --provenance provenance.jsonl --corpus corpus.jsonl --report report.json in.jsonl
cat >rules.toml <<'END'
off = ["c4_curly_bracket"]
[gopher]
min_doc_words = 3
min_stop_words = 0
top_2_gram = 1
top_3_gram = 1
top_4_gram = 1
[c4]
min_num_sentences = 0
filter_no_terminal_punct = false
END
unecho dedup -f -q --quality gopher,c4 --rules rules.toml in.jsonl -o corpus.jsonl --provenance provenance.jsonl --report report.json
jq -r '.fate + " " + (.reason // "")' provenance.jsonl
jq -c '.parameters.clean.gopher | .min_doc_words, .top_2_gram' report.json
unecho audit -q --provenance provenance.jsonl --corpus corpus.jsonl --report report.json in.jsonl
expect_exit 1 unecho audit --provenance provenance.jsonl --corpus corpus.jsonl --quality gopher,c4 in.jsonl
says stderr "should be rejected as gopher_top_2_gram"
# Rejected records are no reason for --strict, and no words are said of rules that were not asked.
unecho dedup -f -q --strict --quality gopher in.jsonl >corpus.jsonl
unecho dedup -f -q in.jsonl -o corpus.jsonl --report report.json
jq -e '.cleaning == null and .parameters.clean == null and .ledger.reasons.gopher_short_doc == null' report.json >ok
