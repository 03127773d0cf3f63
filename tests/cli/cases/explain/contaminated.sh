echo '{"question": "What is the capital of the country in which the river that flows through Vienna ends at last?"}' >eval.jsonl
echo 'A quiz: WHAT is the capital of the country in which the river that flows through Vienna ends, finally?' >in.txt
unecho dedup -q in.txt --against eval.jsonl --against-fields question --explain 'in.txt#1'
unecho dedup -q in.txt --against eval.jsonl --against-fields question --provenance provenance.jsonl --report report.json -o corpus.txt
unecho explain 'in.txt#1' --provenance provenance.jsonl --report report.json | grep n-grams
expect_exit 1 unecho explain 'in.txt#1' --provenance provenance.jsonl in.txt
says stderr "name the evaluation sets with --against"
