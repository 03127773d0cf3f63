dumps
sed '/^Mar 11$/,+1d' dumps/page_1.txt >undated.txt
unecho segment -q undated.txt | jq -c '[.title, .text]' >got
unecho segment -q dumps/page_1.txt | jq -c '[.title, .text]' >want
same want got
equal null "$(unecho segment -q undated.txt | jq .snapshot | uniq)"
