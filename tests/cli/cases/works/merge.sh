# What a kept record lacks comes from its copies, in the format that came in: each of nine formats is the one that stays,
# its copy a record that says all. What was filled in is there when the file is read again, nothing goes then, and the audit
# comes to the same bytes.
abstract='We watched two hundred cats of one harbour for a year and they slept far longer on days on which fog lay over the sea.'
cat >full.ris <<END
TY  - JOUR
TI  - Sea fog and the sleep of harbour cats
AU  - Alund, Marta K.
PY  - 2011/03//
JO  - Journal of Coastal Medicine
VL  - 12
IS  - 3
SP  - 314
EP  - 320
DO  - https://doi.org/10.5555/jcm.314
AB  - $abstract
ER  - 
END
sed 's/DO  - .*/DO  - 10.5555\/other/; s/VL  - 12/VL  - 13/' full.ris >later.ris
printf 'TY  - JOUR\nTI  - Sea fog and the sleep of harbour cats\nAU  - Alund, M.\nPY  - 2011\nER  - \n' >a.ris
printf 'PMID- 99000001\nTI  - Sea fog and the sleep of harbour cats.\nFAU - Alund, Marta K\nDP  - 2011 Jan\n' >b.nbib
printf '%%0 Journal Article\n%%T Sea fog and the sleep of harbour cats\n%%A Alund, M.\n%%D 2011\n' >c.enw
printf 'PT J\nAU Alund, M\nTI Sea fog and the sleep of harbour cats\nPY 2011\nUT WOS:1\nER\n\nEF\n' >d.ciw
printf '@article{alund11,\n  title = {Sea Fog and the Sleep of Harbour Cats},\n  author = {Alund, M.},\n  year = 2011,\n  doi = {}\n}\n' >e.bib
printf 'Authors,Title,Year,Volume,Page start,Page end,DOI\n"Alund M.","Sea fog and the sleep of harbour cats",2011,,,,\n' >f.csv
printf '[{"type": "article-journal", "title": "Sea fog and the sleep of harbour cats", "author": [{"family": "Alund"}], "issued": {"date-parts": [[2011]]}}]\n' >g.json
cat >h.xml <<'END'
<xml><records>
  <record>
    <titles><title>Sea fog and the sleep of harbour cats</title></titles>
    <contributors><authors><author>Alund, M.</author></authors></contributors>
    <dates><year>2011</year></dates>
  </record>
</records></xml>
END
cat >i.xml <<'END'
<?xml version="1.0"?>
<PubmedArticleSet>
<PubmedArticle><MedlineCitation><PMID>99000001</PMID>
  <Article>
    <Journal><JournalIssue><PubDate><Year>2011</Year></PubDate></JournalIssue></Journal>
    <ArticleTitle>Sea fog and the sleep of harbour cats</ArticleTitle>
    <AuthorList><Author><LastName>Alund</LastName></Author></AuthorList>
  </Article></MedlineCitation></PubmedArticle>
</PubmedArticleSet>
END
for kept in a.ris b.nbib c.enw d.ciw e.bib f.csv g.json h.xml i.xml; do
  unecho clean -f -q --compare works --merge $kept full.ris later.ris --output-dir out --provenance p.jsonl --report r.json
  unecho audit -q --report r.json --provenance p.jsonl --corpus out
  echo "--- $kept: $(jq -c '.merged | [.records, (.filled, .left_out | to_entries | map(select(.value > 0).key) | join(" "))]' r.json)"
  cat out/$kept
  unecho clean -f -q --compare works --merge out/$kept --output-dir again --provenance q.jsonl --report s.json
  same out/$kept again/$kept
  equal '[1,0,0]' "$(jq -c '[.ledger.records.kept, .ledger.records.near, .merged.records]' s.json)" "$kept again"
done
jq -c 'select(.merged) | .merged | map(.field + " " + .from)' p.jsonl

# Without --as input: among the fields of each object, and a member of JSON lines.
unecho clean -q --compare works --merge a.ris f.csv full.ris -o objects.jsonl --provenance p.jsonl -f --report r.json
unecho audit -q --report r.json --provenance p.jsonl --corpus objects.jsonl
jq -c .fields objects.jsonl
printf '%s\n' '{"title":"Sea fog and the sleep of harbour cats","author":"Alund, M.","year":"2011","doi":null}' >j.jsonl
unecho clean -q --compare works --merge j.jsonl full.ris --provenance p.jsonl -f --report r.json -o lines.jsonl
unecho audit -q --report r.json --provenance p.jsonl --corpus lines.jsonl
cat lines.jsonl
