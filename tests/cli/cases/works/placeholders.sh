# What stands for no value neither agrees nor speaks against, is filled in, and given to nobody: in each format, and by the
# audit's own program.
cat >kept.ris <<'END'
TY  - JOUR
TI  - Sea fog and the sleep of harbour cats
AU  - Alund, M.
PY  - 2011
JO  - null
VL  - -
SP  - N.PAG
DO  - n/a
AB  - [No abstract available]
ER  - 
TY  - JOUR
TI  - Of mist on northern moors at dawn
AU  - Berg, B.
PY  - 2012
DO  - 10.5555/mist
ER  - 
END
cat >copies.csv <<'END'
Authors,Title,Year,Source title,Volume,Page start,Page end,DOI,PubMed ID,Abstract
"Alund, Marta",Sea fog and the sleep of harbour cats,2011,Unknown,12,314,320,10.5555/jcm.314,0,No abstract
"Alund, Marta",Sea fog and the sleep of harbour cats,2011,Journal of Coastal Medicine,n/a,314,320,N/A,null,-
"Berg, Ben",Of mist on northern moors at dawn,2012,N/A,-,none,,0,N/A,Abstract not available
END
unecho clean -q --compare works --merge kept.ris copies.csv --output-dir out --provenance p.jsonl --report r.json
unecho audit -q --report r.json --provenance p.jsonl --corpus out
cat out/kept.ris
jq -c '[.ledger.records.kept, .merged.records, .merged.left_out]' r.json
# Of the names that RIS has for a journal any may agree.
printf 'TY  - JOUR\nTI  - Fog\nAU  - Alund, M.\nPY  - 2011\nVL  - 3\nSP  - 7\nJF  - Proceedings of the Harbour Society\nJ2  - J Coast Med\nER  - \n' >one.ris
printf 'TY  - JOUR\nTI  - Fog\nAU  - Alund, M.\nPY  - 2011\nVL  - 3\nSP  - 7\nT2  - Journal of Coastal Medicine\nER  - \n' >two.ris
unecho clean -q --compare works one.ris two.ris -o w.jsonl --provenance q.jsonl --report s.json
unecho audit -q --report s.json --provenance q.jsonl --corpus w.jsonl
jq -c 'select(.witness) | .agree' q.jsonl
