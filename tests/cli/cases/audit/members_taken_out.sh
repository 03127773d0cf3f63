# What a run always writes the audit requires: each member of each line is taken out of all lines, and of one; and its
# value is changed in one.
cat >in.jsonl <<'DATA'
{"id":"a","t":"one two three four five six seven eight nine ten eleven twelve","b":"left right up down here there now then","doi":"10.5/a"}
{"id":17,"t":"one two three four five six seven eight nine ten eleven twelve","b":"left right up down here there now then"}
{"id":"c","t":"One two three four five six seven eight nine ten eleven twelve","b":"left right up down here there now then"}
{"id":"d","t":"one two three four five six seven eight nine ten eleven twelve thirteen","b":"left right up down here there now then more"}
{"id":"e","t":"quite another text that has nothing to do with the ones above it","b":"and another part of it","doi":"doi:10.5/A"}
{"id":"f","t":"the answer is forty two and no more than that said he to the others in the room","b":"so it goes"}
{"id":"g","t":"","b":""}
DATA
printf 'the answer is forty two and no more than that said he to the others in the room\n' >eval.txt
printf 'Mar 3\n\nA title of it\n\nThe text of it, which is longer.\n\nSubscribe here\nA line of text that is no title at all.\nSubscribe here\n\nA title of it\n\nThe text of it, which is longer.\n' >page.txt
work=0
try() {  # PROVENANCE: tampered
  cmp -s p.jsonl "$1" && return
  work=$((work + 1))
  ! unecho audit -q --report r.json --provenance "$1" 2>lies || fail "not found: $2"
  [ -s lies ] || fail "nothing is said: $2"
}
for run in "in.jsonl --match t:.7,b:.5 --id-field id --key doi" "in.jsonl --id-field id --annotate --against eval.txt --against-layout lines" \
    "page.txt --layout page --dedup-lines --dedup-min-tokens 1 --languages en" "in.jsonl --keep last" "eval.txt --layout lines"; do
  unecho clean -qf $run -o corpus --provenance p.jsonl --report r.json
  unecho audit -q --recall --report r.json --provenance p.jsonl
  for member in $(jq -r 'keys[]' p.jsonl | sort -u); do
    # The digits of similarities stay as they were: numbers are edited as text.
    python3 - "$member" <<'PY'
import json, re, sys
member = sys.argv[1]
lines = open("p.jsonl", encoding="utf-8").read().splitlines()
pattern = re.compile(r',?"%s":("(?:[^"\\]|\\.)*"|\{[^}]*\}|\[.*?\](?=[,}])|[^,}]*)' % re.escape(member))
def without(line): return re.sub(r"^\{,", "{", pattern.sub("", line, count=1))
def changed(line):
    def change(match):
        value = match.group(1)
        if re.search(r"[0-9](?=\D*$)", value):
            other = re.sub(r"([0-9])(?=\D*$)", lambda m: str((int(m.group(1)) + 1) % 10), value)
        else:
            other = value[:-1] + "x" + value[-1] if len(value) > 1 else value + "0"
        return match.group(0)[:match.start(1) - match.start(0)] + other
    return pattern.sub(change, line, count=1)
having = [i for i, line in enumerate(lines) if member in json.loads(line)]
def save(name, edit, where):
    with open(name, "w", encoding="utf-8") as out:
        for i, line in enumerate(lines): out.write((edit(line) if i in where else line) + "\n")
save("all.jsonl", without, set(having))
near = [i for i in having if json.loads(lines[i])["fate"] == "near"]
for n, i in enumerate({having[-1], *near[:1]}):
    save(f"one.{n}.jsonl", without, {i})
    save(f"other.{n}.jsonl", changed, {i})
PY
    try all.jsonl "$run: $member taken out of all lines"
    for file in one.*.jsonl other.*.jsonl; do try "$file" "$run: $member in $file: $(diff p.jsonl "$file" | head -4)"; done
    rm -f one.*.jsonl other.*.jsonl
  done
  # All that is said of groups at once.
  sed -E 's/,"(equal|group|member|witness_id)":("[^"]*"|[0-9]+)//g' p.jsonl >none.jsonl
  try none.jsonl "$run: groups"
done
[ "$work" -gt 100 ] || fail "only $work changes were tried"
# Nothing is said of groups by segment, and none is asked for.
unecho segment -qf in.jsonl -o corpus --provenance p.jsonl --report r.json
unecho audit -q --report r.json --provenance p.jsonl --corpus corpus
sed 's/}$/,"group":"in.jsonl#1","member":1}/' p.jsonl >lie.jsonl
expect_exit 1 unecho audit -q --report r.json --provenance lie.jsonl
printf 'a line\nanother\n' >two.txt
unecho segment -qf two.txt -o corpus --provenance p.jsonl
unecho audit -q --provenance p.jsonl two.txt
