# A record is compared by all of its text: records that differ in what comes second are not the same.
p='The old river ran slowly past the quiet town, and nobody in it noticed.'
printf '<teiCorpus><TEI><text><body><p>%s</p><p>Yes.</p></body></text></TEI><TEI><text><body><p>%s</p><p>No.</p></body></text></TEI></teiCorpus>' "$p" "$p" >tei.xml
printf '<tmx><body><tu><tuv><seg>%s</seg></tuv><tuv><seg>Ein Tal.</seg></tuv></tu><tu><tuv><seg>%s</seg></tuv><tuv><seg>Ein Fluss.</seg></tuv></tu></body></tmx>' "$p" "$p" >units.xml
printf '<r><record><title>T</title><description>First.</description><description>One.</description></record><record><title>T</title><description>First.</description><description>Two.</description></record></r>' >described.xml
printf '<set><article><title>Editorial</title><abstract>Short.</abstract><body><p>One body.</p></body></article><article><title>Editorial</title><abstract>Short.</abstract><body><p>Another.</p></body></article></set>' >papers.xml
printf 'context,question,answer\nThe first long context is here.,Who?,Yes\nA wholly other context is here.,Who?,Yes\n' >asked.csv
printf 'title,abstract,text\nA,Same.,One text.\nA,Same.,"Another, longer."\n' >texts.csv
printf '[{"question":"Who?","context":"Here.","answer":"Ann"},{"question":"Who?","context":"There.","answer":"Ann"}]' >asked.json
for file in tei.xml units.xml described.xml papers.xml asked.csv texts.csv asked.json; do
  unecho dedup -q -f --threshold 0.99 $file -o kept.jsonl --provenance p.jsonl
  equal 2 "$(wc -l <kept.jsonl)" "kept of $file: $(cat kept.jsonl)"
  unecho audit -q --threshold 0.99 --provenance p.jsonl --corpus kept.jsonl $file || fail "audit of $file"
done
equal "Short. One body." "$(unecho segment -q papers.xml | sed -n 1p | jq -r .text | paste -sd ' ')" "abstract and body"
# Where code comes from makes no difference.
printf '# Rain\n\nx = 1\n' >a.py
unecho segment -q a.py >by_file
unecho segment -q --stdin-name a.py <a.py >by_pipe
same by_file by_pipe
