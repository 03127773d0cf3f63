# What shards write, one behind the other, is what one run writes, for any number of them and whatever says what is the same.
same_as_one_run() {
  unecho clean -qf "$@" -o corpus.jsonl --provenance p.jsonl --rejects rejects.jsonl --removed removed.jsonl
  for shards in 1 2 7; do
    rm -rf job
    unecho shard plan -q job "$@" --shards $shards -o corpus.jsonl --provenance p.jsonl --rejects rejects.jsonl --removed removed.jsonl
    unecho shard run -q job
    for output in corpus p rejects removed; do cat job/out/$output-*.jsonl | same - $output.jsonl; done
  done
}
cp -r "$DATA" dumps
dumps=(dumps/page_1.txt dumps/page_2.txt dumps/messy.jsonl dumps/page_3.txt)
same_as_one_run "${dumps[@]}"
equal true "$(jq -s 'map(.fate) | (index("near") != null) and (index("exact") != null) and (index("rejected") != null)' p.jsonl)"
same_as_one_run "${dumps[@]}" --keep last --threshold .5
same_as_one_run "${dumps[@]}" --reference dumps/page_3.txt
same_as_one_run "${dumps[@]}" --against dumps/page_3.txt
for i in 1 2 3 4 5; do
  for j in $(seq 40); do
    echo "{\"id\":\"$i-$j\",\"title\":\"paper $((j % 7))\",\"year\":$((2000 + (i * j) % 9)),\"text\":\"the rain fell on hill $((j % 11)) and the snow came at noon on day $((i * j % 5)) of the long cold winter\"}"
  done >part$i.jsonl
done
for options in '--key title' '--differ year' '--within title --keep longest' '--match title:1,text:.6 --id-field id' '--keep year:max --id-field id' \
  '--mark' '--compare characters --keep year:min'; do
  same_as_one_run part?.jsonl $options
done
# Copies in a shard and in others, some of them byte by byte: one is decided for all of a shard, and each has its own verdict.
for i in 1 2 3 4; do
  for j in $(seq 36); do
    if [ $(((i + j) % 3)) = 0 ]; then text='The rain, fell on hill'; else text='the rain fell on hill'; fi
    echo "{\"id\":\"$i-$j\",\"year\":$((2000 + (i * j) % 7)),\"note\":\"n$((j % 4))\",\"text\":\"$text $((j % 5)) and the snow came at noon\"}"
  done >copies$i.jsonl
done
for options in '' '--id-field id' '--reference copies2.jsonl --id-field id' '--keep longest' '--keep last --id-field id' '--keep year:min --id-field id' '--differ note' '--key note'; do
  same_as_one_run copies?.jsonl $options
done
unecho clean -q copies?.jsonl -o /dev/null --provenance p.jsonl -f
equal '["bytes","tokens"]' "$(jq -sc 'map(.equal // empty) | unique' p.jsonl)"
# Texts without a letter of ASCII, without a token, blank ones, too short ones, and titles that say nothing: `write` makes no tokens again.
for text in '12 345 6789' '12 345 6789' '!?' '!!!' '   ' '' '\u96e8 \u306e\u65e5' '\u96e8\u306e\u65e5' 'one' '<b></b>' '\u00e9t\u00e9 \u00e0 la mer' '\ufffd'; do
  for title in Preface Notes; do echo "{\"title\":\"$title\",\"text\":\"$text\"}"; echo "{\"text\":\"$text\"}"; done
done >odd.jsonl
cp odd.jsonl again.jsonl
for options in '' '--min-length 3' '--ignore markup' '--ignore numbers --compare characters' '--compare code' '--match text:.6'; do
  same_as_one_run odd.jsonl part1.jsonl again.jsonl $options
done
# A file for each source, with what stands around its records, and packed as it is.
printf 'title,text\na,%s\nb,quite another thing\n' "the rain fell on hill 3 and the snow came at noon" >list.csv
printf '[{"title":"a","text":"the rain fell on hill 3 and the snow came at noon on day 2 of the long cold winter"}, {"title":"c","text":"fog"}]' >list.json
gzip -k part2.jsonl && mkdir other && cp part1.jsonl other
unecho clean -q part1.jsonl other/part1.jsonl part1.jsonl part2.jsonl.gz list.csv list.json --reference part3.jsonl --output-dir kept
for shards in 1 2 4; do
  rm -rf job
  unecho shard plan -q job part1.jsonl other/part1.jsonl part1.jsonl part2.jsonl.gz list.csv list.json --reference part3.jsonl --shards $shards --output-dir kept
  unecho shard run -q job
  diff -r kept job/out/kept
done
(cd kept && find . -type f | sort)
# Compressed, and what the names of outputs say.
rm -rf job
unecho shard plan -q job part?.jsonl --shards 3 -o out/kept.jsonl.zst --provenance p.jsonl.gz
unecho shard run -q job
ls job/out
unecho clean -qf part?.jsonl -o corpus.jsonl --provenance p.jsonl
zstd -dcq job/out/kept-*.zst | same - corpus.jsonl
gzip -dc job/out/p-*.gz | same - p.jsonl
