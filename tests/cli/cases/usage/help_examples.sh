# Every example of the help, one after the other, where the files are that they name.
dumps
cp "$DATA/messy.jsonl" old.jsonl
zstd -q --rm old.jsonl
for command in clean segment dedup audit explain inspect tune stats report; do
  unecho $command --help | sed -n '/^Examples:/,/^$/s/^  \(.*unecho .*\)$/\1/p'
done | sort -u >examples
unecho --help | sed -n '/^Examples:/,/^$/s/^  \(.*unecho .*\)$/\1/p' >in_order
sort -u in_order | cmp - examples
[ "$(wc -l <in_order)" -ge 6 ] || fail "where are the examples?"
while read -r line; do
  echo "\$ $line"
  bash -euo pipefail -c "$line" >out 2>error </dev/null || fail "$(cat error)"
done <in_order
