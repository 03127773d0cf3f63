# Several gzip members, zstd frames, bzip2 streams, xz streams and lz4 frames, cut in the middle of a word.
dumps
f=dumps/page_1.txt
unecho clean -q "$f" >want
for tool in gzip zstd bzip2 xz lz4; do
  for range in 1-7000 7001-7001 7002-; do cut_bytes "$range" "$f" | "$tool" -c; done >joined
  unecho clean -q --stdin-name "$f" <joined >got
  same want got
done
