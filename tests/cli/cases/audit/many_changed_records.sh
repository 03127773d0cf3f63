# Every second record of a corpus has been changed: each is named, and none is looked for in all that follows.
seq 1 8000 | sed 's/.*/{"text":"record & of many, each with enough text of its own that a mebibyte is soon full, as & says once more"}/' >in.jsonl
unecho clean -q in.jsonl --as input -o corpus --threshold 1 --provenance p.jsonl --report r.json
sed '0~2s/enough/little/' corpus >changed
expect_exit 1 timeout 60 unecho audit --report r.json --provenance p.jsonl --corpus changed
says stderr "4000 violations" "in.jsonl#2: corpus line 2 is not its text"
