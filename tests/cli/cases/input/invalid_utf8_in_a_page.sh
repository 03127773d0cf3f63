sed '11s/$/ \xfft\xff/' "$DATA/page_1.txt" >damaged.txt
unecho segment -q damaged.txt >segments
head -n 1 segments | jq -r .title
