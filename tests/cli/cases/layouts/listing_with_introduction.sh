# A title and a sentence above entries of one paragraph each do not make one text of them; sections of a document do.
entries() {
  for name in "$@"; do
    printf '## %s\n\nThe %s of the coast is told here in one paragraph of a dozen words or so.\n\n' "$name" "$name"
  done
}
(printf '# Papers of the week\n\nHere is what we have read, with many thanks to all of you.\n\n'; entries Rain Snow Wind Fog Hail) >list.md
unecho clean -q list.md | jq -r .title
(printf '# A study of rain\n\nThis paper says what rain does to the roofs of a town.\n\n'; entries Introduction Methods Results Conclusion) >paper.md
unecho clean -q paper.md | jq -r '.text | length > 200'
# What is called a summary is the text where there is no other.
printf '# Daily papers\n\n## Sea Report\n\n- Authors: Ann\n- Summary: Rain falls on the nine towns of the coast.\n\n## Land Report\n\n- Authors: Bob\n- Summary: Snow lies on the passes until late in May.\n' >daily.md
unecho clean -q daily.md --provenance p.jsonl -o corpus.jsonl --report r.json
jq -c '[.title, .text]' corpus.jsonl
unecho audit -q --report r.json --provenance p.jsonl --corpus corpus.jsonl
