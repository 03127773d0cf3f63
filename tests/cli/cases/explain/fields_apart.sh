# Each field with its own similarity and what was asked for.
cat >in.jsonl <<'END'
{"q":"What is the way to the old harbour by foot?","a":"Down the hill and left.","b":"x"}
{"q":"What is the way to the old harbour by foot, please?","a":"Down the hill, and left!","b":"y"}
{"q":"one","note":"a note"}
END
unecho dedup -f -q in.jsonl --match q:.7,a:.9,note:.5 --provenance p.jsonl --report r.json -o c.jsonl
unecho explain in.jsonl#2 --provenance p.jsonl --report r.json
