# BibTeX takes from BibTeX what stands there: formulas, commands, braces. What comes from another format is what TeX
# prints, and reads as it was there; no brace ends the entry. The audit comes to the same bytes.
abstract='We watched two hundred cats of one harbour for a year and they slept far longer on days on which fog lay over the sea'
cat >full.bib <<END
@string{jcm = "Journal of {\"O}re \& Sea"}
@article{full,
  title = {Sea Fog and the Sleep of Harbour Cats}, author = {Alund, M.}, year = 2011, journal = jcm,
  doi = {10.5555/a--b\_c},
  abstract = {$abstract:
    \$x^2 < 3\%\$ of {\alpha} and {DNA} at \emph{5\%} -- \{all\}.}
}
END
cat >full.ris <<END
TY  - JOUR
TI  - Sea fog and the sleep of harbour cats
AU  - Alund, Marta K.
PY  - 2011/03//
JO  - Journal of {Ore & Sea
DO  - 10.5555/a--b_c
AB  - $abstract: } \$5 -- 5% of 'all'' \\alpha_1 {.
ER  - 
END
printf '@article{alund11,\n  title = {Sea Fog and the Sleep of Harbour Cats},\n  author = {Alund, M.},\n  year = 2011\n}\n' >kept.bib
printf '@article{other, title = {Of Mist}, author = {Berg, B.}, year = 2001}\n' >>kept.bib
for copy in full.bib full.ris; do
  unecho clean -f -q --compare works --merge kept.bib $copy --output-dir out --provenance p.jsonl --report r.json
  unecho audit -q --report r.json --provenance p.jsonl --corpus out
  echo "--- $copy"
  cat out/kept.bib
  unecho clean -q --compare works out/kept.bib -o - | jq -c '.fields | [.journal, .doi, .abstract] | map(select(.))'
  unecho clean -q --compare works $copy -o - | jq -c '.fields | [.journal // .JO, .doi // .DO, .abstract // .AB]'
done
# What a record in RIS takes from BibTeX is text.
printf 'TY  - JOUR\nTI  - Sea fog and the sleep of harbour cats\nAU  - Alund, M.\nPY  - 2011\nER  - \n' >kept.ris
unecho clean -f -q --compare works --merge kept.ris full.bib --output-dir out --provenance p.jsonl --report r.json
unecho audit -q --report r.json --provenance p.jsonl --corpus out
grep -E '^(JO|DO|AB)' out/kept.ris
