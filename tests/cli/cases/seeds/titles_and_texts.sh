# Byte-identical to the paragraphs of the dumps.
[ -d "$SHARED/seeds" ] || skip "no seeds in $SHARED"
for f in "$SHARED"/seeds/*.txt; do
  unecho segment -q "$f" | jq -j '.title + "\n\n" + .text + "\n\n"' >got
  { tail -n +11 "$f"; printf '\n\n'; } >want
  same want got
done
