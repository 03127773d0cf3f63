dumps
unecho clean -q dumps/*.txt >want
for f in dumps/*.txt; do gzip -c "$f" >x; mv x "$f"; done
unecho clean -q dumps/*.txt >got
same want got
cp "$DATA/page_1.txt" plain.gz
unecho clean -q plain.gz | wc -l
