# What a run says of its inputs is said by `write`, of those of its shard and of no others.
printf 'title,doi\na b c d e f,10.1/x\n' >a.csv
printf '{"title":"a b c d e f g"}\n{"title":"h i j k l m n"}\n' >b.jsonl
unecho shard plan -q job a.csv b.jsonl --reference a.csv --key doi --shards 2
unecho shard run job 2>&1 | sed 's/ in [0-9].*//'
