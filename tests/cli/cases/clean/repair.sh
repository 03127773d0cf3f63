# A rewritten JSONL record keeps everything but its match fields; what is matched is what is written.
cat >in.jsonl <<'END'
{"n": 1.50, "title" : "Caf\u00c3\u00a9 &amp; co",   "note":"&amp;", "text":"don\u00e2\u20ac\u2122t in\u00adfor\u0007m", "title":"again"}
{"title":"Café & co","text":"don’t inform"}
{"text":"untouched  &  well"}
END
unecho dedup -f -q in.jsonl
unecho dedup -f -q --repair all in.jsonl -o corpus.jsonl --provenance provenance.jsonl --report report.json
cat corpus.jsonl
jq -r .fate provenance.jsonl
jq -c '.parameters.clean.repair, .cleaning.rewritten[]' report.json
unecho audit -q --recall --provenance provenance.jsonl --corpus corpus.jsonl --report report.json in.jsonl
# The options of the run do as well as its report; without either, the audit finds that the text is another.
unecho audit -q --repair all --provenance provenance.jsonl --corpus corpus.jsonl in.jsonl
expect_exit 1 unecho audit --provenance provenance.jsonl --corpus corpus.jsonl in.jsonl
# The same for other layouts, and with the copies noted.
for more in "--annotate" "--keep last" "--exact-join" "--threads 1 --batch-size 1KiB"; do
  unecho dedup -f -q --repair all $more in.jsonl -o corpus.jsonl --provenance provenance.jsonl --report report.json
  unecho audit -q --provenance provenance.jsonl --corpus corpus.jsonl --report report.json in.jsonl
done
printf 'one &lt;line&gt;&#10;more\nanother line\r\n' >in.txt
unecho dedup -f -q --layout lines --repair html_entities in.txt
unecho segment -f -q --layout text --repair html_entities in.txt | jq -c .text
