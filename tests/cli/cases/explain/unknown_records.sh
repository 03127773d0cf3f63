# What a reference looks like, and which there are.
clean_sample
explain() { expect_exit 1 unecho explain "$@" --provenance provenance.jsonl dumps/*.txt; }
explain 12
says stderr "a reference is SOURCE#NUMBER, for example dumps/page_1.txt#1; the sources are dumps/page_1.txt, dumps/page_2.txt"
explain 'page_1.txt#1'
says stderr "there is no record page_1.txt#1: a reference is SOURCE#NUMBER"
explain 'dumps/page_1.txt#33'
says stderr "there is no record dumps/page_1.txt#33: dumps/page_1.txt has 32 records"
expect_exit 1 unecho explain 'dumps/page_2.txt#16' --provenance provenance.jsonl dumps/page_1.txt
says stderr "dumps/page_2.txt is not among the files that were given"
expect_exit 1 unecho explain 'dumps/page_2.txt#16' --provenance missing.jsonl dumps/page_1.txt
says stderr missing.jsonl
expect_exit 1 unecho explain 'dumps/page_2.txt#16' --provenance corpus.jsonl dumps/page_1.txt
says stderr "corpus.jsonl:1: is no line of a provenance"
expect_exit 1 unecho clean -q --explain 'dumps/page_1.txt#33' dumps/*.txt
says stderr "has 32 records"
expect_exit 2 unecho explain 'dumps/page_1.txt#1' dumps/page_1.txt
says stderr "--provenance is required"
expect_exit 2 unecho clean --explain 'dumps/page_1.txt#1' <dumps/page_1.txt
says stderr "cannot read standard input again"
