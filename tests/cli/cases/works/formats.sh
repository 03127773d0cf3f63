# One article and another of the same journal, as five formats write them: what is left of all is the two, and the audit
# comes to the same by plain code of its own.
cat >a.ris <<'END'
TY  - JOUR
TI  - Sea fog and the sleep of harbour cats: a cohort study
AU  - Ålund, Märta K.
AU  - Okoro, Ben
PY  - 2011///
JO  - Journal of Coastal Medicine
VL  - 12
IS  - 3
SP  - 314
EP  - 320
DO  - 10.5555/jcm.314
ER  - 

TY  - JOUR
TI  - Sea fog and the sleep of harbour cats: a second cohort
AU  - Ålund, Märta K.
PY  - 2013
JO  - Journal of Coastal Medicine
VL  - 14
SP  - 88
EP  - 95
ER  - 
END
cat >b.bib <<'END'
@article{alund11, title = {Sea Fog and the Sleep of Harbour Cats: {A} Cohort Study}, author = {{\AA}lund, M. K. and Okoro, B.},
  journal = {J Coast Med}, year = 2011, volume = {12}, number = {3}, pages = {314--20}}
END
cat >c.csv <<'END'
Authors,Title,Year,Source title,Volume,Issue,Page start,Page end,DOI
"Alund M., Okoro B.","Sea fog and the sleep of harbor cats: A cohort study [Swedish]",2011,"Journal of Coastal Medicine",12,3,314,320,
END
cat >d.nbib <<'END'
PMID- 99000001
TI  - Sea fog and the sleep of harbour cats: a cohort study.
FAU - Alund, Marta K
FAU - Okoro, Ben
DP  - 2012 Jan
JT  - Journal of coastal medicine
VI  - 12
PG  - 314-20
AID - 10.5555/JCM.314 [doi]
END
cat >e.json <<'END'
[{"type": "article-journal", "title": "Sea fog & the sleep of harbour cats", "author": [{"family": "Alund", "given": "M."}, {"family": "Okoro", "given": "B."}],
  "container-title": "J. Coastal Med.", "issued": {"date-parts": [[2011, 3]]}, "volume": "12", "page": "314-320"}]
END
unecho clean -f -q --compare works a.ris b.bib c.csv d.nbib e.json --provenance p.jsonl --report r.json -o corpus.jsonl
unecho audit -q --recall --report r.json --provenance p.jsonl --corpus corpus.jsonl
jq -c '[.ref, .fate, .witness, .similarity, .by, (.agree // [] | join(" "))]' p.jsonl
jq -c '.parameters | [.compare, .bands, .sketch_bins]' r.json
unecho explain --report r.json --provenance p.jsonl 'c.csv#1' | sed -n '/^works/,/^diff/p'
# As they came.
unecho clean -f -q --compare works b.bib a.ris --output-dir out
cat out/a.ris
