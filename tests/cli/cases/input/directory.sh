mkdir folder
expect_exit 1 unecho clean -q folder -o corpus.jsonl
says stderr folder
absent corpus.jsonl
