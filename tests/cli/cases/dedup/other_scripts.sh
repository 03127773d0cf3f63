# Composed and decomposed letters, other key order and case: exact repeats. Han characters are tokens of their own.
unecho dedup -q --id-field key "$DATA/messy.jsonl" --provenance provenance.jsonl >/dev/null
equal m01,m27 "$(jq -rs 'map(select(.fate == "exact").id) | join(",")' provenance.jsonl)"
printf '%s\n' '{"title": "我们在十二座桥上测量春季河流的水位"}' '{"title": "我们在十二座桥上测量夏季河流的水位"}' >han.jsonl
unecho dedup -q --threshold 0.4 han.jsonl | wc -l
unecho dedup -q --threshold 0.5 han.jsonl | wc -l
