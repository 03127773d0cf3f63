# `write` does not look again into lines that `sign` has cut: what it writes and says of them is what one run does.
story="the rain fell on the old hills and the snow came at noon"
{
  printf '\xef\xbb\xbf\n  \n'
  for i in $(seq 60); do
    echo "{\"id\":$i,\"title\":\"Preface\",\"year\":$((1990 + i % 9)),\"text\":\"$story of year $((i % 23))\",\"note\":\"left out\"}"
    case $((i % 6)) in
      0) printf '\n \t\n' ;;
      1) echo "{\"id\":\"t$i\",\"title\":\"a title without a text $i\"}" ;;
      2) echo "{\"id\":\"e$i\",\"text\":\"!?\"}" ;;
      3) echo "no JSON" ;;
      4) printf '{"id":"c%s","text":"with a line end of two bytes %s"}\r\n' $i $i ;;
      5) echo "{\"title\":\"$i\",\"text\":\"$story\",\"unecho\":{\"fate\":\"kept\"}}" ;;
    esac
  done
  printf '{"id":"last","text":"no line end follows"}'
} >plain.jsonl
{ cat plain.jsonl; printf '\n{"text":"a byte \xff that is no letter, and %s"}\n' "$story"; } >bytes.jsonl
iconv -f UTF-8 -t UTF-16 plain.jsonl >wide.jsonl
printf "{'text': 'a literal of Python, and %s', 'id': 3}\n" "$story" >python.jsonl
seq 40 | sed "s/.*/$story &/; 7s/^/\n\n/" >lines.txt
gzip -k plain.jsonl
said() { sed 's/ in [0-9.]* s, .*//; s/ peak .*//; /is named twice/d'; }
same_as_one_run() {
  unecho clean -f "$@" -o corpus.jsonl --provenance p.jsonl --rejects rejects.jsonl ${removed-} 2>&1 | said >one.said
  for shards in 1 3; do
    rm -rf job
    unecho shard plan -q job "$@" --shards $shards -o corpus.jsonl --provenance p.jsonl --rejects rejects.jsonl ${removed-}
    unecho shard run job 2>&1 | said >shards.said
    for output in corpus p rejects ${removed:+removed}; do cat job/out/$output-*.jsonl | same - $output.jsonl; done
    cp shards.said shards.$shards
  done
  grep -v '^[a-z]* 0: done$' shards.1 | same - one.said
}
# How many of its sources are read so.
cut_again() { equal "$1" "$((($(stat -c %s job/sign/*/cut_sources | paste -sd+)) / 32))"; }
same_as_one_run plain.jsonl plain.jsonl.gz lines.txt
cat one.said
cut_again 3
same_as_one_run plain.jsonl bytes.jsonl wide.jsonl python.jsonl
cut_again 2
for options in '--id-field id' '--match-fields text,title' '--id-field id --keep year:max' '--min-length 4' '--keep last --threshold .5' '--mark'; do
  same_as_one_run plain.jsonl python.jsonl plain.jsonl $options
  # What was read of a literal as JSON is not in its line.
  case $options in *--id-field*) cut_again 2 ;; *) cut_again 3 ;; esac
done
removed='--removed removed.jsonl'
same_as_one_run plain.jsonl lines.txt --mark
cut_again 1
same_as_one_run plain.jsonl lines.txt
cut_again 1
removed=
for options in '--pii mask' '--quality c4' '--languages en' '--key id' '--dedup-lines --inside' '--repair all'; do
  same_as_one_run plain.jsonl lines.txt $options
done
