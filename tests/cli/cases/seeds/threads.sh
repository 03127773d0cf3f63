[ -d "$SHARED/seeds" ] || skip "no seeds in $SHARED"
for threads in 1 2; do
  mkdir $threads
  unecho clean -q --threads $threads "$SHARED"/seeds/*.txt -o $threads/corpus --provenance $threads/provenance
done
diff -r 1 2
