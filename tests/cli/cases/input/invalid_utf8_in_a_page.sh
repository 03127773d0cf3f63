sed '11s/$/ \xe9t\xe9/' "$DATA/page_1.txt" >latin1.txt
unecho segment -q latin1.txt >segments
head -n 1 segments | jq -r .title
