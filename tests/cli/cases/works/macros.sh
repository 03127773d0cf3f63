# A macro that no @string in front defines stands for a journal that the source does not say: it neither agrees nor speaks
# against, is given to nobody, and stays where it is. A file of macros and comments has no record.
printf '@article{a, title = {Sea Fog and the Sleep of Harbour Cats}, author = {Alund, M.}, year = 2011, journal = jcm, volume = 12}\n' >macro.bib
printf '@article{b, title = {Sea Fog and the Sleep of Harbor Cats}, author = {Alund, Marta}, year = 2011, journal = {Annals of Coastal Medicine}, number = 3}\n' >name.bib
printf '@comment{jabref-meta: databaseType:bibtex;}\n\n@string{jcm = {J Coast Med}}\n' >strings.bib
printf '%% Encoding: UTF-8\n@preamble{"x"}\n@string(a = "b")\n' >preamble.bib
unecho clean -q macro.bib name.bib -o o.jsonl --provenance p.jsonl --report r.json --merge --compare works
unecho audit -q --report r.json --provenance p.jsonl --corpus o.jsonl
jq -c 'select(.witness) | .agree' p.jsonl
jq -c '[.merged.filled, .merged.left_out | to_entries | map(select(.value > 0))]' r.json
unecho clean -f macro.bib name.bib --merge --compare works --as input -o m.bib 2>&1 | grep merged
cat m.bib
unecho clean -qf name.bib macro.bib --merge --compare works --as input -o m.bib
cat m.bib
unecho clean -f strings.bib preamble.bib macro.bib -o o.jsonl 2>&1 | head -n 2
