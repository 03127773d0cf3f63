# Each value of a report is changed in turn: a number by one, a text by a letter, true to false. What the audit does not
# find is printed: those that it cannot compute (unecho-report(5) lists them), and parameters on which none of these
# records depends.
cat >a.jsonl <<'DATA'
{"id":"1","doi":"10.5/a","title":"One","text":"one two three four five six seven eight nine ten eleven twelve"}
{"id":"2","doi":"10.5/b","title":"One","text":"one two three four five six seven eight nine ten eleven twelve thirteen"}
{"id":"3","doi":"10.5/A","title":"Other","text":"left right up down here there now then and again some more of it"}
{"id":"4","title":"One","text":"One two three four five six seven eight nine ten eleven twelve"}
{"id":"5","title":"x","text":"the answer is forty two and no more than that said he to the others in the room"}
{"id":"6","title":"y","text":"write to someone@example.org about it, who knows all of the others in that room"}
no json
DATA
printf 'gr\374ne Felder und ein langer Satz \374ber die Stadt am Flu\337\n' | iconv -f latin1 -t utf-16 >b.txt
printf 'bad \377 text in a line of its own, seen by nobody before this day\n' >c.txt
printf 'bad line of an old text that is in the way of the others, which come behind it\n' >old.txt
printf 'the answer is forty two and no more than that said he to the others in the room\nshort\n' >eval.txt
# lie.N.json: the report with another value; names: of the values, a line each.
cat >lies.py <<'PY'
import json, sys
report = json.load(open("r.json"))
def leaves(at, path):
    inner = at.items() if isinstance(at, dict) else enumerate(at) if isinstance(at, list) else None
    if inner is None:
        yield path
    for key, value in inner or ():
        yield from leaves(value, path + [key])
def other(value):
    if isinstance(value, bool): return not value
    return value + 1 if isinstance(value, (int, float)) else (value or "") + "x"
with open("names", "w") as names:
    # What every report has in common is changed in the first one alone.
    common = [] if sys.argv[1] == "1" else ["run", "versions", "hashes", "unecho"]
    for n, path in enumerate(path for path in leaves(report, []) if path[0] not in common):
        lie = json.loads(json.dumps(report))
        at = lie
        for key in path[:-1]: at = at[key]
        at[path[-1]] = other(at[path[-1]])
        json.dump(lie, open(f"lie.{n}.json", "w"))
        names.write(".".join(map(str, path)) + "\n")
PY
runs=0
for run in "a.jsonl b.txt c.txt --id-field id --key doi --against eval.txt --against-layout lines --reference old.txt --pii mask --languages en,de --min-length 3 --rejects rejects" \
    "a.jsonl --match title:.5,text:.7 --annotate" \
    "a.jsonl c.txt --ignore-common 2 --mark --keep longest --compare text" \
    "a.jsonl --exact-join --keep title:max --as input" \
    "a.jsonl --dedup-lines --dedup-sentences"; do
  unecho clean -qf $run -o corpus --provenance p.jsonl --report r.json
  unecho audit -q --report r.json --provenance p.jsonl --corpus corpus
  echo "== $run"
  rm -f lie.*
  runs=$((runs + 1))
  python3 lies.py $runs
  number=0
  while read -r name; do
    ! unecho audit -q --report lie.$number.json --provenance p.jsonl --corpus corpus 2>said || echo "$name"
    number=$((number + 1))
  done <names | sed -E 's/^(run|versions|hashes)\..*/\1/; s/^(parameters.clean.[a-z0-9]+)\..*/\1/' | sort -u
  [ "$(wc -l <names)" -gt 80 ] || fail "few values"
done
# A member that is not there, or of another kind, is a finding or an error: never the end of the program.
cat >gaps.py <<'PY'
import json
report = json.load(open("r.json"))
number = 0
for of in (report, report["parameters"], report["run"], report["ledger"]):
    for key, value in list(of.items()):
        for other in (None, 1, "x", [], [{}], {}):
            of[key] = other
            if other is None: del of[key]
            json.dump(report, open(f"gap.{number}.json", "w"))
            of[key] = value
            number += 1
PY
unecho clean -qf a.jsonl --against eval.txt --against-layout lines --reference old.txt --key doi -o corpus --provenance p.jsonl --report r.json
python3 gaps.py
for gap in gap.*.json; do
  got=0
  unecho audit -q --report $gap --provenance p.jsonl --corpus corpus 2>said || got=$?
  [ $got -le 2 ] || fail "exit code $got: $(diff <(jq . r.json) <(jq . $gap))"
  [ $got -eq 0 ] || [ -s said ] || fail "nothing is said: $gap"
done
