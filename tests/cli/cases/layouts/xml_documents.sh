# A document in XML is one text, whatever repeats in it; records hold most of the text of their source.
rain='Rain falls on the nine towns of the coast in every month of the year.'
snow='Snow lies on the passes until late in May, and the road is closed.'
head='<teiHeader><fileDesc><titleStmt><title>On Rain</title></titleStmt></fileDesc><keywords><list><item>A</item><item>B</item></list></keywords></teiHeader>'
printf '<?xml version="1.0"?>\n<TEI>%s<text><body><div><p>%s</p></div><div><p>%s</p><table><row><cell>x</cell></row><row><cell>y</cell></row></table></div></body></text></TEI>' \
  "$head" "$rain" "$snow" >tei.xml
printf '<book><title>On Rain</title><chapter><title>One</title><para>%s</para></chapter><chapter><para>%s</para><screen>x\ny</screen></chapter></book>' "$rain" "$snow" >book.xml
for file in tei.xml book.xml; do
  unecho segment -q $file -o one.jsonl -f --provenance p.jsonl
  equal '1 On Rain' "$(wc -l <one.jsonl) $(jq -r .title one.jsonl)" "records of $file"
  for part in "$rain" "$snow" x y; do
    jq -r .text one.jsonl | grep -qF "$part" || fail "$file lost '$part'"
  done
  unecho audit -q --provenance p.jsonl --corpus one.jsonl $file || fail "audit of $file"
  { head -c 90 $file; sleep .05; tail -c +91 $file; } | unecho segment -q --stdin-name $file | cmp - one.jsonl
done
# Names that are known, and others beside them that are made like them.
printf '<bib><article><title>A</title><abstract>%s</abstract></article><report><title>B</title><abstract>%s</abstract></report></bib>' "$rain" "$snow" >bib.xml
equal 'A B' "$(unecho segment -q bib.xml | jq -r .title | paste -sd ' ')" "records of two names"
unecho inspect bib.xml | grep -q '<article>, <report> are alike, 2 times' || fail "$(unecho inspect bib.xml)"
# A feed by its root alone is none.
printf '<feed><doc><title>A</title><abstract>%s</abstract></doc><doc><title>B</title><abstract>%s</abstract></doc></feed>' "$rain" "$snow" >feed.xml
equal 'A B' "$(unecho segment -q feed.xml | jq -r .title | paste -sd ' ')" "docs of a feed"
# What stands in elements beside each other is not glued together.
printf '<calls><call><turn><who>Ann</who><says>%s</says></turn></call><call><turn><who>Bob</who><says>%s</says></turn></call></calls>' "$rain" "$snow" >calls.xml
equal "Ann $rain" "$(unecho segment -q calls.xml | head -1 | jq -r .text)" "text of a call"
# Records of a name that comes after the beginning are not read, and that is said.
{
  printf '<bib>'
  for i in $(seq 600); do printf '<article><title>A%d</title><abstract>%s No %d.</abstract></article>' $i "$rain" $i; done
  for i in $(seq 600); do printf '<x/><essay><title>E%d</title><abstract>%s No %d.</abstract></essay>' $i "$snow" $i; done
  printf '</bib>\n'
} >later.xml
unecho clean later.xml -o later.jsonl 2>said.txt
grep -q 'later.xml: .*belong to no' said.txt || fail "$(cat said.txt)"
