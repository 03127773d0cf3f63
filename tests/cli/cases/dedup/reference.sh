# Reference texts are compared with, by every policy, and neither removed nor written.
cat >old.jsonl <<'END'
{"id":1,"title":"Rain","text":"The rain came down over the old hills and did not stop until the evening came at last."}
{"id":2,"title":"Rain","text":"The rain came down over the old hills and did not stop until the evening came at last."}
{"id":3,"title":"Sun","text":"A bright sun rose above the wide sea and warmed the sand where children were playing."}
END
cat >new.jsonl <<'END'
{"id":11,"title":"Rain","text":"The rain came down over the old hills and did not stop until the evening came at last!"}
{"id":12,"title":"Snow","text":"Quiet snow fell on every roof of the village, and nobody went out before noon that day."}
{"id":13,"title":"Sun","text":"A bright sun rose above the wide sea and warmed the sand where children were playing then."}
{"id":14,"title":"Snow","text":"Quiet snow fell on every roof of the village, and nobody went out before noon that day, said Ann."}
END
gzip -k new.jsonl
mkdir olds && cp old.jsonl olds/ && gzip olds/old.jsonl
for how in "" "--keep last" "--keep longest" "--exact-join" "--annotate" "--mark"; do
  echo "== $how"
  unecho clean -qf new.jsonl --reference old.jsonl $how -o corpus.jsonl --provenance p.jsonl --report r.json
  jq -c .id corpus.jsonl | paste -sd ' '
  jq -c '[.ref, .fate, .witness]' p.jsonl
  unecho audit -q --report r.json --provenance p.jsonl --corpus corpus.jsonl --recall
  unecho audit -q ${how/--exact-join/} --reference old.jsonl new.jsonl --provenance p.jsonl --corpus corpus.jsonl
done
# A folder, another way of input, the sources as they came.
unecho clean -q --reference olds --stdin-name new.jsonl - <new.jsonl | cmp - <(unecho clean -q new.jsonl --reference old.jsonl)
unecho clean -q --reference olds new.jsonl.gz --output-dir out
ls out
gzip -dc out/new.jsonl.gz | jq -c .id
unecho explain new.jsonl#1 --provenance p.jsonl --report r.json | grep -c '^witness    old.jsonl'
unecho stats p.jsonl | head -3
! unecho segment new.jsonl --reference old.jsonl
! unecho clean new.jsonl --reference old.jsonl -o old.jsonl -f
# Lies: a reference that is an input, an input that is a reference.
sed 's/"fate":"reference"/"fate":"kept"/' p.jsonl >lie.jsonl
! unecho audit --report r.json --provenance lie.jsonl 2>lies
grep -m1 'comes from a file' lies
sed 's/"ref":"new.jsonl#2","source":"new.jsonl","ordinal":2,\(.*\)"fate":"kept"/"ref":"new.jsonl#2","source":"new.jsonl","ordinal":2,\1"fate":"reference"/' p.jsonl >lie.jsonl
cmp -s p.jsonl lie.jsonl && exit 3
! unecho audit --report r.json --provenance lie.jsonl 2>lies
grep -m1 'comes from a file' lies
