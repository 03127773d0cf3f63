# Page dumps and JSONL in one run; records of both are compared.
cp "$DATA"/page_*.txt "$DATA/messy.jsonl" .
unecho segment -q page_1.txt | jq -c '{headline: "x", text, title}' | sed -n 1,3p >again.jsonl
unecho clean -q page_*.txt messy.jsonl again.jsonl --provenance provenance.jsonl >corpus.jsonl
equal "81 27 5 4" "$(fates provenance.jsonl)"
equal "page_1.txt#1" "$(jq -r 'select(.source == "again.jsonl" and .ordinal == 1).witness' provenance.jsonl)"
unecho audit -q --recall --provenance provenance.jsonl --corpus corpus.jsonl page_*.txt messy.jsonl again.jsonl
