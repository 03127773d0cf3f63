[ -d "$SHARED/seeds" ] || skip "no seeds in $SHARED"
unecho clean -q "$SHARED"/seeds/*.txt | jq -c '[.title, .text]' >want
cat "$SHARED"/seeds/*.txt | unecho clean -q | jq -c '[.title, .text]' >got
equal 268 "$(wc -l <got)"
same want got
