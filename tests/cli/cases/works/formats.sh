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
cat >f.xml <<'END'
<mods:modsCollection xmlns:mods="http://www.loc.gov/mods/v3"><mods:mods>
<mods:titleInfo><mods:title>Sea fog and the sleep of harbour cats</mods:title><mods:subTitle>a cohort study</mods:subTitle></mods:titleInfo>
<mods:name type="personal"><mods:namePart type="given">Marta</mods:namePart><mods:namePart type="family">Alund</mods:namePart>
<mods:role><mods:roleTerm type="text">author</mods:roleTerm></mods:role></mods:name>
<mods:relatedItem type="host"><mods:titleInfo><mods:title>Journal of Coastal Medicine</mods:title></mods:titleInfo><mods:originInfo><mods:dateIssued>2011</mods:dateIssued></mods:originInfo>
<mods:part><mods:detail type="volume"><mods:number>12</mods:number></mods:detail><mods:extent unit="page"><mods:start>314</mods:start><mods:end>320</mods:end></mods:extent></mods:part>
</mods:relatedItem></mods:mods></mods:modsCollection>
END
cat >g.xml <<'END'
<b:Sources xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography"><b:Source><b:Tag>Alu11</b:Tag><b:SourceType>JournalArticle</b:SourceType>
<b:Author><b:Author><b:NameList><b:Person><b:Last>Alund</b:Last><b:First>M</b:First></b:Person><b:Person><b:Last>Okoro</b:Last><b:First>B</b:First></b:Person></b:NameList></b:Author></b:Author>
<b:Title>Sea fog and the sleep of harbour cats: a cohort study</b:Title><b:JournalName>J Coast Med</b:JournalName><b:Year>2011</b:Year><b:Volume>12</b:Volume><b:Pages>314-320</b:Pages>
</b:Source></b:Sources>
END
cat >h.jsonl <<'END'
{"id": "https://openalex.org/W9", "doi": null, "title": "Sea fog and the sleep of harbour cats: a cohort study", "publication_year": 2011, "authorships": [{"author": {"display_name": "Marta Alund"}}], "primary_location": {"source": {"display_name": "Journal of Coastal Medicine"}}, "biblio": {"volume": "12", "first_page": "314", "last_page": "320"}}
END
cat >i.xml <<'END'
<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID Version="1">99000002</PMID><Article><Journal><JournalIssue><Volume>3</Volume><PubDate><Year>2015</Year></PubDate></JournalIssue>
<Title>Journal of Fog</Title></Journal><ArticleTitle>Editorial.</ArticleTitle><AuthorList><Author><LastName>Frost</LastName><ForeName>Eva</ForeName><Initials>E</Initials>
<AffiliationInfo><Affiliation>Department of Hills, University of Snow.</Affiliation></AffiliationInfo></Author></AuthorList></Article></MedlineCitation></PubmedArticle>
</PubmedArticleSet>
END
unecho clean -f -q --compare works [a-i].* --provenance p.jsonl --report r.json -o corpus.jsonl
unecho audit -q --recall --report r.json --provenance p.jsonl --corpus corpus.jsonl
jq -c '[.ref, .fate, .witness, .similarity, .by, (.agree // [] | join(" "))]' p.jsonl
jq -c '.parameters | [.compare, .bands, .sketch_bins]' r.json
unecho explain --report r.json --provenance p.jsonl 'c.csv#1' | sed -n '/^works/,/^diff/p'
# Who is chosen by itself, and what persons say.
for file in [f-i].*; do unecho clean -f $file -o one.jsonl 2>&1 | sed -n 's/: works are compared.*//p'; jq -c '(.fields // {}) | to_entries | map(select(.key | test("name|Person|^Author$|affil"; "i"))) | from_entries' one.jsonl; done
# As they came.
unecho clean -f -q --compare works b.bib a.ris --output-dir out
cat out/a.ris
