expect_exit 1 unecho clean -q "$DATA/page_1.txt" -o no/such/folder/corpus.jsonl
says stderr no/such/folder
