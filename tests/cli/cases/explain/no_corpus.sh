# --explain tells its story and leaves the corpus of the run before alone.
printf '{"text":"one two three four five six seven"}\n' >in.jsonl
unecho dedup -q in.jsonl -o corpus.jsonl
cp corpus.jsonl before
unecho dedup -q in.jsonl -o corpus.jsonl --explain 'in.jsonl#1' >story
says story "kept"
same before corpus.jsonl
