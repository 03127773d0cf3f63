# The files of --rejects and --removed: each line is what it should be, none is missing, and none is too many.
clean_sample --removed removed.jsonl
printf '{"text":"one two three"}\nno json \377\n{"text":""}\n{"text":"ONE two three"}\n["x"]\n' >in.jsonl
printf 'a line\n\377\n\302\255\na line\nA line\n' >lines.txt
printf 'title,text\nA,a text\nA,a text\nB\n' | iconv -t utf-16 >wide.csv
for inputs in "" in.jsonl lines.txt wide.csv "in.jsonl --mark" "in.jsonl --annotate" "in.jsonl lines.txt --keep last" \
    "in.jsonl --max-record-bytes 24 --layout jsonl" "lines.txt --min-length 2"; do
  [ -z "$inputs" ] ||
    unecho clean -qf $inputs -o corpus.jsonl --provenance provenance.jsonl --report report.json --rejects rejects.jsonl --removed removed.jsonl
  audit="unecho audit -q --report report.json --provenance provenance.jsonl --corpus corpus.jsonl"
  $audit --rejects rejects.jsonl --removed removed.jsonl || fail "$inputs"
  for file in rejects removed; do
    lines=$(wc -l <$file.jsonl)
    # Its first and last line taken out, doubled, and changed at its beginning, in its middle and at its end.
    for line in 1 $lines; do
      for change in "${line}d" "${line}p" "${line}s/\"ref\":\"./&x/" "${line}s/\(\"offset\":\|\"member\":\)/&1/" "${line}s/}\$/,\"x\":1}/"; do
        sed "$change" $file.jsonl >lie.jsonl
        ! cmp -s lie.jsonl $file.jsonl || continue
        ! $audit --$file lie.jsonl 2>said || fail "$inputs: $file: not found: $change"
      done
    done
    head -c -1 $file.jsonl >lie.jsonl
    [ "$lines" -eq 0 ] || expect_exit 1 $audit --$file lie.jsonl
    (cat $file.jsonl; echo '{}') >lie.jsonl
    expect_exit 1 $audit --$file lie.jsonl
    says stderr "belongs to no"
  done
done
unecho clean -qf in.jsonl -o corpus.jsonl --provenance provenance.jsonl --report report.json --rejects rejects.jsonl --removed removed.jsonl
audit="unecho audit -q --report report.json --provenance provenance.jsonl"
sed 1d rejects.jsonl >lie.jsonl
expect_exit 1 $audit --rejects lie.jsonl
cat stderr
sed 's/"raw":"no/"raw":"on/' rejects.jsonl >lie.jsonl
expect_exit 1 $audit --rejects lie.jsonl
cat stderr
sed 's/ONE/One/' removed.jsonl >lie.jsonl
expect_exit 1 $audit --removed lie.jsonl
cat stderr
