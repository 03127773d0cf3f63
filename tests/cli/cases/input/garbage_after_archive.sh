gzip -c "$DATA/page_1.txt" >padded.txt
printf 'this is not a gzip member, by far' >>padded.txt
expect_exit 1 unecho clean -q padded.txt -o corpus.jsonl
says stderr padded.txt
absent corpus.jsonl
