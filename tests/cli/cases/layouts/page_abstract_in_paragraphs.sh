# Joined by an empty line; furniture in the middle and at the end of a page goes into no text.
dumps
unecho segment -q dumps/page_3.txt >segments
equal 30 "$(wc -l <segments)"
equal 1 "$(jq -s 'map(select(.text | test("\n\n"))) | length' segments)"
! grep -qE 'Subscribe|trending papers' segments || fail "furniture in a record"
