# --keep last from a file and from spooled standard input, at two batch sizes.
dumps
mkdir a b c
unecho clean -q --keep last dumps/page_1.txt -o a/corpus --provenance a/provenance
unecho clean -q --keep last --stdin-name dumps/page_1.txt -o b/corpus --provenance b/provenance <dumps/page_1.txt
unecho clean -q --keep last --batch-size 4096 --threads 1 dumps/page_1.txt -o c/corpus --provenance c/provenance
diff -r a b && diff -r a c
