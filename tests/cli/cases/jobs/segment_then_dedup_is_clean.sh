dumps
unecho clean -q dumps/*.txt >clean
unecho segment -q dumps/*.txt >segments
unecho dedup -q segments >staged
same clean staged
# Each record of the corpus is one of the segments, as it was.
grep -cxFf clean segments >/dev/null || fail "the corpus has lines that segment did not write"
