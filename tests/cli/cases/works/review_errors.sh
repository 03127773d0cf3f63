# What cannot be meant by --review and --decided is said, with the line where there is one; nothing is written then.
printf '{"title":"Of lamps","year":"1999"}\n{"title":"Of fog","year":"1999"}\n' >a.jsonl
try() { printf "$1" >d.csv; ! unecho dedup -q a.jsonl --compare works --decided d.csv -o kept --review pairs.csv --provenance p.jsonl; absent kept pairs.csv p.jsonl; }
{
  try 'decision,ref_1,ref_2\nmaybe,a.jsonl#1,a.jsonl#2\n'
  try 'decision,ref_1,ref_2\n,x,y\nsame,a.jsonl#1,\n'
  try 'decision,ref_1,ref_2\nsame,a.jsonl#1,a.jsonl#1\n'
  try 'decision,ref_1,ref_2\nsame,a.jsonl#1,a.jsonl#2\nno,a.jsonl#2,a.jsonl#1\n'
  try 'title,text\nx,y\n'
  try 'decision,ref_1,ref_2\nsame,a.jsonl#1,a.jsonl#3\nno,b.jsonl#1,a.jsonl#2\nno,nothing,a.jsonl#17\nno,a.jsonl#0,a.jsonl#1\n'
  try 'decision,id_1,id_2\nsame,1,2\n'
  try 'decision,ref_1,ref_2,title_1,title_2\nsame,a.jsonl#1,a.jsonl#2,Of lamps,\nno,x#1,a.jsonl#1,,Of fog\n'
  for wrong in "--compare words --review pairs.csv" "--compare words --decided d.csv" "--compare works --decided -" "--compare works --decided nothing.csv" "--compare works --review a.jsonl" "--compare works --decided d.csv --review d.csv -f" \
      "--compare works --review - -o -" "--compare works --review pairs.csv.zst"; do
    ! unecho dedup -q a.jsonl $wrong </dev/null
  done
} 2>&1 | grep -v '^Try'
# A file in which nothing is decided changes nothing.
printf 'decision,ref_1,ref_2\n,gone.jsonl#1,a.jsonl#2\n' >d.csv
unecho dedup -q a.jsonl --compare works --decided d.csv -o kept --review pairs.csv && tail -c +4 pairs.csv | wc -l
