dumps
gzip dumps/page_3.txt
unecho clean -q dumps/page_1.txt dumps/page_2.txt <(zcat dumps/page_3.txt.gz) | wc -l
