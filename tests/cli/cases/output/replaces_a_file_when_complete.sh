echo old >corpus.jsonl
unecho clean -f -q "$DATA/page_1.txt" -o corpus.jsonl
equal 32 "$(wc -l <corpus.jsonl)"
# A run that fails leaves what was there.
cp corpus.jsonl before
expect_exit 1 unecho clean -f -q "$DATA/page_2.txt" no_such_file -o corpus.jsonl
same before corpus.jsonl
