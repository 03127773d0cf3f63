# Tables as databases and people write them: lines that name the export above the header, names of columns in another
# language. The work of all of them is one. What is no table, and cannot be read, is said.
cat >a.ris <<'END'
TY  - JOUR
TI  - Sea fog and the sleep of harbour cats
AU  - Alund, Marta
PY  - 2011
JO  - Journal of Coastal Medicine
VL  - 12
SP  - 314
ER  - 
END
cat >ebsco.csv <<'END'
Fog databases, export
Date: 3/4/2024
Search: "sea fog" AND cats

Article Title,Author,Journal Title,ISSN,ISBN,Publication Date,Volume,Issue,First Page,Page Count,DOI,Abstract
Sea fog and the sleep of harbour cats,"Alund, Marta; Berg, Ben",Journal of Coastal Medicine,12345678,,Mar2011,12,3,314,7,10.5555/jcm.314,We watched cats.
END
cat >embase.csv <<'END'
"Fog search results"
"Search date: 2024-03-04, 1 record"

"Title","Author Names","Source","Publication Year","Volume","First Page","Last Page","DOI"
"Sea fog and the sleep of harbour cats","Alund M., Berg B.","Journal of Coastal Medicine (2011) 12:3 (314-320)","2011","12","314","320","10.5555/jcm.314"
END
cat >covidence.csv <<'END'
Title,Authors,Abstract,Published Year,Published Month,Journal,Volume,Issue,Pages,DOI,Notes
Sea fog and the sleep of harbour cats,"Alund, Marta; Berg, Ben",We watched cats.,2011,March,Journal of Coastal Medicine,12,3,314-320,10.5555/jcm.314,
END
table() { printf '%s\n%s\n' "$1" 'Sea fog and the sleep of harbour cats;Alund, Marta;2011;Journal of Coastal Medicine;12;3;314-320'; }
table 'Titel;Autoren;Jahr;Zeitschrift;Band;Heft;Seiten' >german.csv
table 'Titre;Auteurs;Année;Revue;Volume;Numéro;Pages' >french.csv
table 'Título;Autores;Año;Revista;Volumen;Número;Páginas' >spanish.csv
cat >cochrane.txt <<'END'
Record #1 of 1
ID: CN-01000001
AU: Alund M
AU: Berg B
TI: Sea fog and the sleep of harbour cats
SO: Journal of Coastal Medicine
YR: 2011
VL: 12
NO: 3
PG: 314-320
PM: PUBMED 99000001
AB: We watched cats.
END
files='ebsco.csv embase.csv covidence.csv german.csv french.csv spanish.csv cochrane.txt'
for file in $files; do unecho clean -f $file -o o.jsonl 2>&1 | grep '^bibliographies'; done
unecho clean -qf a.ris $files -o o.jsonl --provenance p.jsonl --report r.json
unecho audit -q --report r.json --provenance p.jsonl --corpus o.jsonl
jq -r 'select(.witness) | [.ref, (.agree | join(" "))] | join(": ")' p.jsonl
# Lines that name an export are no records that were identified, and rejected.
jq -c '.prisma | del(.sources)' r.json
cat >vertical.csv <<'END'
"SEARCH QUERY","'sea fog' AND cats"

"RECORD 1"
"TITLE","Sea fog and the sleep of harbour cats"
"AUTHOR NAMES","Alund M.","Berg B."
"PUBLICATION YEAR","2011"
END
for i in 1 2 3 4; do
  printf '<%d>\nUnique Identifier\n  9900000%d\nTitle\n  Sea fog and the sleep of harbour cats, part %d.\nSource\n  J Coast Med. 12(3):314-320, 2011.\nAuthors\n  Alund M\nDigital Object Identifier\n  10.5555/jcm.%d\n\n' $i $i $((i % 3)) $((i % 3))
done >ovid.txt
expect_exit 1 unecho clean vertical.csv -o x.jsonl
cat stderr
unecho clean ovid.txt -o x.jsonl 2>&1 | head -n 3
# As few records as one, too; what is written in the name of the journal is known, and so is the number of an article.
head -n 11 ovid.txt | sed 's/, part 1//' >one.txt
cat >scopus.ris <<'END'
TY  - JOUR
TI  - On harbour cats and the fog of the coast
AU  - Alund, M.
PY  - 2012
T2  - Journal of Coastal Medicine
VL  - 13
C7  - 2864
ER  - 
END
cat >webofscience.bib <<'END'
@article{a, author = {Alund, M.}, title = {On harbour cats and the fog of the coast}, journal = {J Coast Med}, year = {2012}, volume = {13}, Article-Number = {2864}}
END
cat >openalex.csv <<'END'
id,doi,title,display_name,publication_year,primary_location.source.display_name,authorships.author.display_name,biblio.volume,biblio.first_page
https://openalex.org/W1,,On harbour cats and the fog of the coast,On harbour cats and the fog of the coast,2012,Journal of Coastal Medicine,Marta Alund|Ben Berg,13,2864
END
cat >scholar.csv <<'END'
Authors,Title,Publication,Volume,Number,Pages,Year,Publisher
"Alund, Marta; ",On harbour cats and the fog of the coast,J Coast Med,13,1,2864,2012,Press
END
unecho clean -f a.ris one.txt scopus.ris webofscience.bib openalex.csv scholar.csv -o o.jsonl --provenance p.jsonl --report r.json 2>&1 | head -n 1
unecho audit -q --report r.json --provenance p.jsonl --corpus o.jsonl
jq -r 'select(.witness) | [.ref, (.agree | join(" "))] | join(": ")' p.jsonl
