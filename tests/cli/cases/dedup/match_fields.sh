# Fields compared apart: 2 asks and answers as 1 does; 3 has another answer, 5 another question, 6 both of others.
cat >questions.jsonl <<'END'
{"id":1,"question":"How can I stop the old stove in the kitchen from smoking when the wind blows from the sea?","answer":"Sweep the pipe twice a year, raise the hood by a foot, and open the lower door before you light the paper."}
{"id":2,"question":"How can I stop the old stove in the kitchen from smoking when the wind blows from the sea, please?","answer":"Sweep the pipe twice a year, raise the hood by a foot, and open the lower door before you light the paper below."}
{"id":3,"question":"How can I stop the old stove in the kitchen from smoking when the wind blows from the sea?","answer":"Buy another one."}
{"id":4,"question":"How do I get the rust off a garden gate that nobody has painted for years?","answer":"Brush it with wire, wash it with vinegar, wait until noon, and paint it twice while the iron is warm from the sun."}
{"id":5,"question":"Say how to get the rust off a garden gate that nobody has painted for years?","answer":"Brush it with wire, wash it with vinegar, wait until noon, and paint it twice while the iron is warm from the sun."}
{"id":6,"question":"How can I stop the old stove in the kitchen from smoking when the wind blows from the sea?","answer":"Brush it with wire, wash it with vinegar, wait until noon, and paint it twice while the iron is warm from the sun."}
END
check() {
  unecho dedup -f -q "$@" -o c.jsonl --provenance p.jsonl --report r.json
  unecho audit -q --recall --report r.json --provenance p.jsonl --corpus c.jsonl
  unecho dedup -f -q "$@" --exact-join -o j.jsonl --provenance j.provenance
  same p.jsonl j.provenance
  echo "$*: $(jq -r .fate p.jsonl | paste -sd' ')"
}
check questions.jsonl --match question:.7,answer:.7
jq -c 'select(.similarities) | [.ref, .witness, .similarity, .similarities]' p.jsonl
jq -c '.parameters | [.match_fields, .match]' r.json
check questions.jsonl --match question:.6,answer:.7
check questions.jsonl --match question,answer:.95
check questions.jsonl --match question:.7
check questions.jsonl --match-fields question,answer --threshold .6
check questions.jsonl --match answer --within question
check questions.jsonl --match question:.7,answer:.7 --keep longest
check questions.jsonl --match question:.7,answer:.7 --keep last --compare characters
unecho dedup -f -q questions.jsonl --match question,answer --mark -o marked.jsonl --removed removed.jsonl --report r.json --provenance p.jsonl
unecho audit -q --report r.json --provenance p.jsonl --corpus marked.jsonl
jq -c .id removed.jsonl
# A layout with fields is as good as another; "title" and "text" are those that it has found.
cat >q.csv <<'END'
Title,Body,Year
On Rain,"It rained for nine days on the roofs of the town, and then it stopped.",1999
On Rain,"It rained for nine days on the roofs of the town, and then it stopped!",2001
On Rain,"Nothing of this was ever written down, or else somebody has burnt it.",1999
On Snow,"It rained for nine days on the roofs of the town, and then it stopped.",1999
END
python3 - <<'END'
import csv, json
rows = list(csv.DictReader(open("q.csv")))
json.dump([{"title": r["Title"], "text": r["Body"], "year": r["Year"]} for r in rows], open("q.json", "w"))
with open("q.yaml", "w") as f:
    for r in rows:
        f.write(f'- title: {r["Title"]}\n  text: "{r["Body"]}"\n  year: {r["Year"]}\n')
with open("q.xml", "w") as f:
    f.write("<all>" + "".join(f'<item><title>{r["Title"]}</title><text>{r["Body"]}</text><year>{r["Year"]}</year></item>\n' for r in rows) + "</all>\n")
with open("q.bib", "w") as f:
    for i, r in enumerate(rows):
        f.write(f'@article{{a{i},\n  title = {{{r["Title"]}}},\n  abstract = {{{r["Body"]}}},\n  year = {{{r["Year"]}}}\n}}\n')
with open("q.ris", "w") as f:
    for r in rows:
        f.write(f'TY  - JOUR\nTI  - {r["Title"]}\nAB  - {r["Body"]}\nPY  - {r["Year"]}\nER  - \n\n')
with open("q.mbox", "w") as f:
    for r in rows:
        f.write(f'From a@b.example Thu Jan  1 00:00:00 1970\nFrom: a@b.example\nDate: Thu, 1 Jan 1970 00:00:00 +0000\nSubject: {r["Title"]}\n\n{r["Body"]}\n\n')
END
check q.csv --match title:.9,body:.7
check q.csv --match body:.7,title:.9,year:1
check q.json --match title:.9,text:.7
check q.yaml --match title:.9,text:.7,year:1
check q.xml --match text:.7,title:.9
check q.bib --match title:.9,text:.7
check q.bib --match abstract:.7,year:1
check q.ris --match text:.7,title:.9
check q.ris --match TI:.7,AB:.9,PY:1
check q.mbox --match subject:.9,text:.7
# What a rule has taken out is out of its field.
check q.json --match title:.9,text:.7 --dedup-lines --repair all
# In an object the fields stand one below the other.
unecho dedup -q q.csv --match year:1,body | jq -r '[.title, .text] | @json' | head -1
