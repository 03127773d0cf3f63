expect_exit 1 unecho clean -q "$DATA/page_1.txt" no_such_file.txt -o corpus.jsonl --report report.json
says stderr no_such_file.txt
absent corpus.jsonl report.json
