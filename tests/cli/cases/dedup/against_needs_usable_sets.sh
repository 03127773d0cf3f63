echo '{"claim": 17}' >eval.jsonl
expect_exit 1 unecho clean "$DATA/page_1.txt" -o corpus.jsonl --against eval.jsonl
says stderr "--against eval.jsonl: its only record cannot be used (layout jsonl)" "--against-fields"
absent corpus.jsonl
expect_exit 1 unecho clean "$DATA/page_1.txt" -o corpus.jsonl --against missing.jsonl
says stderr missing.jsonl
absent corpus.jsonl
expect_exit 2 unecho clean "$DATA/page_1.txt" --against -
says stderr "standard input is for the records"
expect_exit 2 unecho clean "$DATA/page_1.txt" --against eval.jsonl --against-ngram 0
echo '{"text": "which is it?"}' >eval.jsonl
expect_exit 1 unecho clean "$DATA/page_1.txt" -o eval.jsonl --against eval.jsonl
says stderr "is also an input"
