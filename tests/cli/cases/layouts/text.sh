# One record per file.
mkdir notes
printf 'First note.\n\nWith two paragraphs.\n' >notes/a.md
printf 'Second note.\n' >notes/b.md
printf 'FIRST NOTE\nwith two paragraphs' >notes/c.md
unecho dedup -q --layout text notes/*.md --provenance provenance.jsonl >corpus.jsonl
equal 2 "$(wc -l <corpus.jsonl)"
equal "notes/c.md#1 exact notes/a.md#1" "$(jq -r 'select(.witness) | "\(.ref) \(.fate) \(.witness)"' provenance.jsonl)"
says corpus.jsonl 'Second note.'
