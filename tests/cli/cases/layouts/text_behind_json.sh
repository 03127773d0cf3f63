# Text behind JSON, and short texts in another list, are rejected with a reason; a list with nothing in it is empty.
a='{"title":"A","text":"a"}' b='{"title":"B","text":"b"}'
printf '%s%s and more text\n' "$a" "$b" >behind.json
unecho segment -q behind.json --report behind.r | jq -c '[.title, .text]'
jq -c '.sources[0] | .records.rejected, .reasons.malformed, .bytes.rejected, .balances' behind.r
printf '{"posts":[%s,%s],"comments":[{"id":1,"text":"Nice."},{"id":2,"text":""}]}\n' "$a" "$b" >lists.json
unecho segment -q lists.json --report lists.r | jq -c '[.title, .text]'
jq -c '.sources[0] | .records.rejected, .reasons.orphan_body, .balances' lists.r
# The cards of a board are its records, whatever it says of itself.
for desc in "" "What we do"; do
  printf '{"id":"b","name":"Board","desc":"%s","lists":[{"id":"l","name":"Done"}],"cards":[{"id":"1","name":"A","desc":"a"},{"id":"2","name":"B","desc":"b"}]}' "$desc" >board.json
  unecho segment -q board.json | jq -c '[.title, .text]'
done
for source in '[]' '[ ]' '[[]]'; do
  printf '%s\n' "$source" >empty.json
  expect_exit 1 unecho segment empty.json
  says stderr "layout json finds no record"
  unecho segment -q empty.json behind.json 2>/dev/null | wc -l | grep -qx 2 || fail "beside another: $source"
done
