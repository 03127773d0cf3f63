# Fields apart change nothing of the promise: the same bytes for any threads and batches, from a file or a pipe.
python3 - >in.jsonl <<'END'
import json, random
random.seed(9)
records = []
for i in range(4000):
    word = lambda: f"w{random.randrange(3000)}"
    if records and random.random() < .6:
        title, text, tags = (list(part) for part in random.choice(records))
    else:
        title, text, tags = ([word() for _ in range(random.randrange(least, most))] for least, most in ((1, 12), (15, 60), (1, 3)))
    for part in (title, text):
        if random.random() < .4:
            part[random.randrange(len(part))] = word()
    records.append((title, text, tags))
    record = {"title": " ".join(title), "text": " ".join(text), "tags": tags, "url": f"http://n.example/{random.randrange(2500)}"}
    if random.random() < .2:
        del record["title"]
    print(json.dumps(record))
END
for options in '--match title:.6,text:.7' '--match title:.5,text:.8,tags:.3 --key url'; do
  for keep in first last longest; do
    # shellcheck disable=SC2086
    unecho dedup -q -f $options --keep $keep in.jsonl --threads 1 -o want.jsonl --provenance want.provenance --report report.json
    unecho audit -q --recall --report report.json --provenance want.provenance --corpus want.jsonl
    for batch in 1KiB 30KiB 4MiB; do
      # shellcheck disable=SC2086
      unecho dedup -q -f $options --keep $keep --batch-size $batch --threads 4 --stdin-name in.jsonl - <in.jsonl -o got.jsonl --provenance got.provenance
      same want.jsonl got.jsonl
      same want.provenance got.provenance
    done
    # shellcheck disable=SC2086
    UNECHO_KERNELS=baseline unecho dedup -q -f $options --keep $keep in.jsonl -o got.jsonl --provenance got.provenance
    same want.provenance got.provenance
    # shellcheck disable=SC2086
    unecho dedup -q -f $options --keep $keep --exact-join in.jsonl -o got.jsonl --provenance got.provenance
    same want.provenance got.provenance
  done
  jq -r .fate want.provenance | sort -u | paste -sd ' '
done
