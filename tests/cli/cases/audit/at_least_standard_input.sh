# --at-least counts in a reading of its own, and standard input and pipes can be read once only: also by an audit.
cat >in.jsonl <<'DATA'
{"text":"alpha beta gamma delta\nShare this page with your friends\nsecond thing here"}
{"text":"one two three four five\nShare this page with your friends\nmore of this"}
{"text":"red green blue black\nShare this page with your friends\nlast words here"}
{"text":"one line\nalpha beta gamma delta"}
DATA
for at_least in 2 3 4; do
  cat in.jsonl | unecho clean -qf --dedup-lines --at-least $at_least -o corpus --provenance p.jsonl --report r.json
  for how in "--report r.json" "--dedup-lines --at-least $at_least"; do
    unecho audit -q $how --provenance p.jsonl --corpus corpus <in.jsonl
    cat in.jsonl | unecho audit -q $how --provenance p.jsonl --corpus corpus
    unecho audit -q $how --provenance p.jsonl --corpus corpus - <in.jsonl
    sed 's/red green/green red/' in.jsonl >other.jsonl
    expect_exit 1 unecho audit $how --provenance p.jsonl --corpus corpus <other.jsonl
  done
done
# Beside a file, and by names: the pipe is called as the file is.
unecho clean -qf in.jsonl - --stdin-name saved --dedup-lines --at-least 3 -o corpus --provenance p.jsonl --report r.json <in.jsonl
unecho audit -q --report r.json --provenance p.jsonl --corpus corpus --stdin-name saved in.jsonl - <in.jsonl
cp in.jsonl saved
unecho audit -q --report r.json --provenance p.jsonl --corpus corpus in.jsonl saved
