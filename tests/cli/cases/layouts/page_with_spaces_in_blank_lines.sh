dumps
unecho segment -q dumps/page_1.txt >want
sed -i 's/^$/ \t /' dumps/page_1.txt
unecho segment -q dumps/page_1.txt >got
same want got
