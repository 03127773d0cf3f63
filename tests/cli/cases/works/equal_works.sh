# Equal works with texts of their own: `longest` keeps the longest, and what says nothing is equal to its own bytes only.
printf '%s\n' '{"title":"On the sleep of cats","author":"Vane, R.","year":1999,"abstract":"They sleep."}' \
  '{"title":"On the Sleep of Cats.","author":"Vane, R.","year":1999,"abstract":"They sleep, and they sleep a long time."}' >cats.jsonl
printf '%s\n' '{"text":"hello there"}' '{"text":"another world"}' '{"text":"hello there"}' '{"title":"Of the"}' '{"title":"To the"}' >nothing.jsonl
for options in '' '--keep longest'; do
  for file in cats.jsonl nothing.jsonl; do
    unecho clean -f -q --compare works $options $file --provenance p.jsonl --report r.json -o c.jsonl
    unecho audit -q --recall --report r.json --provenance p.jsonl --corpus c.jsonl
    echo "$file $options: $(jq -r .fate p.jsonl | paste -sd' ')"
  done
done
# A title and an abstract that very many have: who meets whom is bounded, and the same in any batches.
seq 3000 | awk '{ printf "{\"title\":\"Case records of the old harbour hospital\",\"author\":\"Name%d, A.\",\"year\":%d,\"journal\":\"Annals\",\"volume\":\"%d\",\"pages\":\"%d-%d\"}\n", $1 % 1500, 1960 + $1 % 40, $1 % 90 + 1, $1 + 1, $1 + 5 }' >crowd.jsonl
head -n 5 crowd.jsonl >again.jsonl
tail -n 5 crowd.jsonl >>again.jsonl
unecho clean -f -q --compare works crowd.jsonl again.jsonl --provenance p.jsonl -o c.jsonl
unecho clean -f -q --compare works crowd.jsonl again.jsonl --threads 3 --batch-size 2KiB --provenance q.jsonl -o d.jsonl
same p.jsonl q.jsonl
same c.jsonl d.jsonl
jq -r .fate p.jsonl | sort | uniq -c | tr -s ' '
