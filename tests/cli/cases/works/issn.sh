# An ISSN says which journal it is, whatever that is called; it is no ISBN, and another one says nothing, for a journal has
# one for each of its forms. The ISBNs of one book are one.
cat >a.ris <<'END'
TY  - JOUR
TI  - Sea fog and the sleep of harbour cats
AU  - Alund, Marta
PY  - 2011
JO  - Annals of the Coast
SN  - 0000-0019
ER  - 
TY  - BOOK
TI  - A handbook of harbour cats
AU  - Berg, Ben
PY  - 2009
SN  - 0-00-000001-9
ER  - 
END
cat >b.csv <<'END'
Title,Authors,Year,Source title,ISSN,ISBN,DOI
Sea fog and the sleep of harbour cats,"Alund, M.",2012,Proceedings of the Harbour Society,"0000-0027, 00000019",,10.5555/fog
A handbook of harbour cats,"Berg, B.",2009,,,978-0-00-000001-9,
END
printf 'PMID- 99000001\nTI  - Sea fog and the sleep of harbour cats\nFAU - Alund, Marta\nDP  - 2011\nJT  - The old name of the annals\nIS  - 0000-0019 (Print)\n\n' >c.nbib
unecho clean -q a.ris b.csv c.nbib -o o.jsonl --provenance p.jsonl --report r.json
jq -r 'select(.witness) | [.ref, .witness, (.agree | join(" "))] | join(": ")' p.jsonl
unecho audit -q --recall --report r.json --provenance p.jsonl --corpus o.jsonl
unecho explain 'b.csv#1' --report r.json --provenance p.jsonl | grep -E '^ *(isbn|container) '
# Without it the name of the journal speaks against, a year apart.
sed 's/00000019/00000035/' b.csv >d.csv
unecho clean -q a.ris d.csv -o o.jsonl -f --provenance p.jsonl
jq -r '[.ref, .fate] | join(": ")' p.jsonl
