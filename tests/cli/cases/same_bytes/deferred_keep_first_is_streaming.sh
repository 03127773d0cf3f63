# --annotate defers the output; the fates are those of the stream.
dumps
unecho clean -q dumps/*.txt --provenance streaming >corpus
unecho clean -q --annotate dumps/*.txt --provenance deferred | jq -c 'del(.unecho)' >annotated
same streaming deferred
jq -c . corpus >want
same want annotated
