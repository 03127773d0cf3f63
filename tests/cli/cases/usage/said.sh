# What would silently do nothing, or not what is meant, is said.
printf '{"id":%s,"text":"the rain fell on the old hills %s"}\n' 1 today 1 'for nine long days and nights' 2 'and on the sea' >in.jsonl
# Reference texts without a record, even under -q.
: >empty.txt
printf 'title,text\n' >head.csv
printf '\n\n' >blank.jsonl
unecho dedup -q in.jsonl --reference empty.txt,head.csv,blank.jsonl -o c.jsonl 2>err
says err "--reference empty.txt (lines): it has no record" "--reference head.csv (csv)" "--reference blank.jsonl"
printf '{"text":"some old text"}\n' >old.jsonl
unecho dedup -q in.jsonl --reference old.jsonl -f -o c.jsonl 2>err
equal "" "$(cat err)" "a reference with a record"
# Fields of evaluation sets that none of them has.
printf '{"question":"Where does the river that flows through Vienna end?","answer":"In the Black Sea"}\n' >eval.jsonl
printf 'question,answer\n"Where does the river that flows through Vienna end?",In the Black Sea\n' >eval.csv
unecho dedup -q in.jsonl --against eval.jsonl --against-fields question,answer -f -o c.jsonl
for set in eval.jsonl eval.csv; do
  expect_exit 1 unecho dedup in.jsonl --against $set --against-fields question,anwser -o no.jsonl
  says stderr "anwser" "--against-fields"
  absent no.jsonl
done
# Kept records of one id.
unecho dedup in.jsonl --id-field id -f -o c.jsonl 2>err
says err "ids: 1 kept records have the id of one that is kept already, the first of them in.jsonl#2"
unecho dedup in.jsonl --keep last --id-field id -f -o c.jsonl 2>err
says err "in.jsonl#2"
cat in.jsonl in.jsonl | unecho dedup --key id --id-field id >c.jsonl 2>err
if grep -q '^ids:' err; then fail "removed records have no part in it"; fi
# Texts shorter than a shingle, before a threshold is chosen by them.
printf 'sun %s\n' one two three four >short.txt
unecho tune --layout lines short.txt --report tune.json >table
says table "short: 4 of 4 records have fewer tokens than a shingle (5)" "--compare characters"
equal 4 "$(jq .short tune.json)" short
unecho tune --layout lines short.txt --shingle 2 >table
if grep -q '^short:' table; then fail "they are as long as a shingle"; fi
