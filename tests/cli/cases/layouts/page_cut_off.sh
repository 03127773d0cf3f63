# The last entry stops in the middle of a word.
head -c 5000 "$DATA/page_1.txt" >cut.txt
unecho segment -q cut.txt >segments
tail -c 30 cut.txt >end
equal "$(cat end)" "$(tail -n 1 segments | jq -rj .text | tail -c 30)"
