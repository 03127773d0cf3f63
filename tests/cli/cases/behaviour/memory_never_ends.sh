# Of records on disk nothing has to stay in memory: not the filters before their keys, nor what became of them, how many
# copies they have and what they are called. Here all of that would be 20 MB, beside the 15 that a run takes anyway.
python3 - >in.jsonl <<'MAKE'
import random
bits = random.Random(12).getrandbits
words = ["".join("etaoinshrdlu"[bits(8) % 12] for _ in range(2 + bits(8) % 8)) for _ in range(4000)]
kept = []
for i in range(280000):
    if i % 5 == 4:
        text = kept[bits(20) % len(kept)]
        if i % 10 == 9:
            text += " " + words[bits(12) % 4000]
    else:
        text = " ".join(words[bits(12) % 4000] for _ in range(8 + bits(3)))
        kept.append(text)
    print('{"id":"r%d","lang":"%s","text":"%s"}' % (i, "de" if bits(3) == 0 else "en", text))
MAKE
head -200000 in.jsonl >first.jsonl
tail -80000 in.jsonl >second.jsonl
run() {  # NAME OPTION...
  name=$1
  shift
  unecho dedup -f --match-fields text --id-field id first.jsonl second.jsonl "$@" -o $name.out --provenance $name.p --report $name.json 2>said || fail "$(cat said)"
  jq 'del(.run)' $name.json >$name.counts
}
run all --memory 2G
run few --memory 32M --threads 1
says said 'what did not fit into --memory went to disk'
same all.out few.out
same all.p few.p
same all.counts few.counts
[ "$(jq .run.peak_rss_bytes few.json)" -lt 37000000 ] || fail "more than --memory"
# Nothing is compared, and each record is known all the same.
unecho segment -qf in.jsonl -o all.out
unecho segment -qf in.jsonl --memory 24M --threads 1 -o few.out
same all.out few.out
