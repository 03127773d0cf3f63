# Equal texts of which only one has the key: with --match nothing is said of how like their fields are, and the next run can read that.
printf '%s\n' '{"title":"rain on the hills","text":"one two three four five six","doi":"10.5555/a"}' \
  '{"title":"rain on the hills","text":"one two three four five six"}' >a.jsonl
run() { unecho clean -qf --match title:0.5,text:0.5 --key doi "$@" --index x.idx --provenance p.jsonl -o o.jsonl; }
run a.jsonl
run a.jsonl
jq -c '[.ref, .fate, .witness]' p.jsonl
