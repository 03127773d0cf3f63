# What is filled in does not depend on threads, batches, pipes or compression, and comes from copies that stand in front of
# the kept record as well; the audit finds what was put in, left out or taken from another record.
python3 - <<'END_OF_PYTHON'
import random
random.seed(7)
def abstract(i):
    return " ".join(f"w{(i * 31 + k * 7) % 997}" for k in range(30))
a, b = open("a.ris", "w"), open("b.csv", "w")
b.write("Authors,Title,Year,Source title,Volume,Page start,Page end,DOI,Abstract\n")
for i in range(400):
    title = f"On the {i * 37 % 911}th sleep of harbour cats under fog {i * 53 % 787}"
    has = lambda: random.random() < .5
    a.write(f"TY  - JOUR\nTI  - {title}\nAU  - Name{i}, A.\nPY  - 2011\n" + (f"VL  - {i % 40 + 1}\n" if has() else "")
            + (f"DO  - 10.5555/{i}\n" if has() else "") + (f"AB  - {abstract(i)}\n" if has() else "") + "ER  - \n\n")
    for _ in range(2):
        b.write(f'"Name{i} A.",{title},{"2011" if has() else ""},Annals,{i % 40 + 1 if has() else ""},'
                f'{f"{i},{i + 9}" if has() else ","},{f"10.5555/{i}" if has() else ""},{f"{chr(34)}{abstract(i)}, x{chr(34)}" if has() else ""}\n')
END_OF_PYTHON
unecho clean -f -q --compare works --merge a.ris b.csv --output-dir one --provenance p.jsonl --report r.json --threads 1
jq -c '[.ledger.records.kept, .merged]' r.json
unecho audit -q --report r.json --provenance p.jsonl --corpus one
for options in '--threads 3 --batch-size 1KiB' '--threads 2 --batch-size 64KiB --memory 64MiB'; do
  unecho clean -f -q --compare works --merge a.ris b.csv --output-dir two --provenance q.jsonl $options
  same p.jsonl q.jsonl
  same one/a.ris two/a.ris
done
# From a pipe, which is read three times.
unecho clean -f -q --compare works --merge a.ris -o from_file.ris --as input
cat a.ris | unecho clean -f -q --compare works --merge -o from_pipe.ris --as input --tmpdir .
same from_file.ris from_pipe.ris
# The one that says most is kept, wherever it stands.
for policy in last longest; do
  unecho clean -f -q --compare works --merge --keep $policy a.ris b.csv --output-dir one --provenance p.jsonl --report r.json
  unecho audit -q --report r.json --provenance p.jsonl --corpus one
  unecho clean -f -q --compare works --merge --keep $policy a.ris b.csv --output-dir two --provenance q.jsonl --threads 3 --batch-size 1KiB
  same p.jsonl q.jsonl
  echo "$policy $(jq -c .merged.filled r.json)"
done
# Changed afterwards.
bad() { expect_exit 1 unecho audit --report r.json --provenance p.jsonl --corpus one; }
cp p.jsonl good.jsonl
sed -i '0,/"merged":\[{"field":"[a-z]*","from":"[^"]*"}/s/,"merged":\[[^]]*\]//' p.jsonl
bad; says stderr 'and should say'
sed '0,/"from":"b.csv#\([0-9]*\)"/s//"from":"b.csv#1\1"/' good.jsonl >p.jsonl
cmp -s p.jsonl good.jsonl && fail 'nothing was changed'
bad; says stderr 'and should say'
cp good.jsonl p.jsonl
sed -i '0,/^DO  - .*/s//DO  - 10.5555\/other/' one/a.ris
expect_exit 1 unecho audit --report r.json --provenance p.jsonl --corpus one
