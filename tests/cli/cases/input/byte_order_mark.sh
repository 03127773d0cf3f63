dumps
unecho segment -q dumps/page_1.txt >want
{ printf '\xef\xbb\xbf'; cat dumps/page_1.txt; } >x; mv x dumps/page_1.txt
unecho segment -q dumps/page_1.txt >got
same want got
{ printf '\xef\xbb\xbf'; cat "$DATA/messy.jsonl"; } >marked.jsonl
unecho dedup -q marked.jsonl >got
unecho dedup -q "$DATA/messy.jsonl" >want
tail -c +2 want >want_tail
tail -n +2 got >got_rest
tail -n +2 want >want_rest
same want_rest got_rest
