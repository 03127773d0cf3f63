# Keys and vetoes change nothing of the promise: the same bytes for any threads and batches, from a file or a pipe.
python3 - >in.jsonl <<'END'
import json, random
random.seed(7)
texts = []
for i in range(4000):
    text = list(random.choice(texts)) if texts and random.random() < .6 else [f"w{random.randrange(3000)}" for _ in range(random.randrange(15, 60))]
    if random.random() < .5:
        text[random.randrange(len(text))] = f"w{random.randrange(3000)}"
    texts.append(text)
    record = {"text": " ".join(text), "url": f"http://n.example/{random.randrange(1500)}?utm_source={i}", "edition": random.choice([None, "1", "2"]), "site": random.choice("ab")}
    if random.random() < .5:
        del record["url"]
    print(json.dumps(record))
END
options='--match-fields text --key url --differ edition --within site'
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
done
jq -r '.by // .fate' want.provenance | sort -u
