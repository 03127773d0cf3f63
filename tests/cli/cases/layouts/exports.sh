# Exports of databases, standard format and chats: a record is never a line of one.
{
  printf '____________________\n\nReport Information\n\nTable of contents\n\n1. Lichen\n\n2. Choirs\n\n'
  n=0
  for title in Lichen Choirs; do
    n=$((n + 1))
    printf '____________________\n\nDocument %d of 2\n\n%s on Slate\n\nAuthor: Keeper, A\n\nAbstract: Short words on %s.\n\nFull text: Long words.\n\nMore of them.\n\nSubject: Towns\n\n' $n $title $title
  done
  printf '____________________\n\nDatabase copyright 2015\n'
} >export.txt
unecho segment -q export.txt -o export.jsonl --provenance p.jsonl --report r.json
equal '["Lichen on Slate","Short words on Lichen.\n\nLong words.\n\nMore of them."]["Choirs on Slate","Short words on Choirs.\n\nLong words.\n\nMore of them."]' \
  "$(jq -c '[.title, .text]' export.jsonl | tr -d '\n')" export
unecho audit -q --provenance p.jsonl --corpus export.jsonl --report r.json export.txt || fail audit
printf '\\_sh v3.0  400  MDF\n\n\\lx kanu\n\\ps n\n\\ge boat\n\n\\lx to\n\\ps v\n\\ge go\nor come\n' >words.db
equal '["kanu","n\nboat"]["to","v\ngo\nor come"]' "$(unecho segment -q words.db | jq -c '[.title, .text]' | tr -d '\n')" words
printf '[12.03.26, 09:14:02] Ana: Who brings it?\n[12.03.26, 09:15:00] Bo: I do,\n\nif it is dry\n[12.03.26, 09:16:00] Ana: ok\n' >chat.txt
equal '"[12.03.26, 09:14:02] Ana: Who brings it?""[12.03.26, 09:15:00] Bo: I do,\n\nif it is dry""[12.03.26, 09:16:00] Ana: ok"' \
  "$(unecho segment -q chat.txt | jq .text | tr -d '\n')" chat
