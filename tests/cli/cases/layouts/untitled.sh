# RIS without titles is RIS: a record with a text alone is one, and one that says nothing is rejected, not lost.
printf 'TY  - JOUR\nDO  - 10.1/a\nER  - \n\nTY  - JOUR\nN2  - We count swans on the lakes of the north.\nER  - \n' >refs.ris
unecho segment -q refs.ris -o refs.jsonl --provenance p.jsonl
equal '["","We count swans on the lakes of the north."]' "$(jq -c '[.title, .text]' refs.jsonl)" records
equal '"empty"null' "$(jq -c .reason p.jsonl | tr -d '\n')" reasons
unecho audit -q --provenance p.jsonl --corpus refs.jsonl refs.ris || fail audit
