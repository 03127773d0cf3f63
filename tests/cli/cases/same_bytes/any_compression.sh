dumps
mkdir plain
unecho clean -f -q dumps/*.txt -o plain/corpus --provenance plain/provenance --rejects plain/rejects --report report.json
jq 'del(.run)' report.json >plain/report
for tool in gzip bzip2 xz lz4 zstd; do
  # The same name with the suffix of the compression, and the same name without.
  mkdir $tool "$tool.d"
  for f in dumps/*.txt; do
    case $tool in gzip) suffix=gz ;; bzip2) suffix=bz2 ;; zstd) suffix=zst ;; *) suffix=$tool ;; esac
    "$tool" -c "$f" >"$tool.d/$(basename "$f").$suffix"
  done
  (mv dumps plain_dumps && mv "$tool.d" dumps &&
   unecho clean -f -q dumps/* -o $tool/corpus --provenance $tool/provenance --rejects $tool/rejects --report report.json
   mv dumps "$tool.d" && mv plain_dumps dumps)
  jq 'del(.run)' report.json >$tool/report
  diff -r plain $tool
done
