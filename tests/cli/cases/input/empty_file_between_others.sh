: >nothing.txt
unecho clean -q "$DATA/page_1.txt" nothing.txt "$DATA/page_2.txt" >with
unecho clean -q "$DATA/page_1.txt" "$DATA/page_2.txt" >without
same with without
