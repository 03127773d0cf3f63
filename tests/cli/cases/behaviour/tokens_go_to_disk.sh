# Where --memory is short, tokens of kept records go to a file: the bytes stay the same, and a run says so.
python3 - >in.jsonl <<'MAKE'
import random
bits = random.Random(5).getrandbits
words = ["".join("etaoinshrdlu"[bits(8) % 12] for _ in range(2 + bits(8) % 8)) for _ in range(4000)]
kept = []
for i in range(24000):
    if i % 5 == 4:
        text = kept[bits(16) % len(kept)].replace("e", "E", 1)
        if i % 10 == 9:
            text += " " + words[bits(12) % 4000]
    else:
        text = " ".join(words[bits(12) % 4000] for _ in range(300))
        kept.append(text)
    print('{"id":%d,"text":"%s"}' % (i, text))
MAKE
run() { unecho clean -f in.jsonl --match-fields text "$@" 2>said; }
for keep in first longest; do
  run --keep $keep -o all.out --provenance all.p
  ! grep -q 'went to disk' said || fail "with memory enough nothing goes to disk"
  for threads in 1 2; do
    run --keep $keep --memory 40M --threads $threads -o few.out --provenance few.p --report few.json
    says said 'memory: what did not fit into --memory went to disk'
    same all.out few.out
    same all.p few.p
    [ "$(jq .run.spilled_bytes few.json)" -gt 10000000 ] || fail "how much went to disk?"
  done
done
# An index is loaded in the same way.
unecho clean -q in.jsonl --match-fields text --index seen -o first.out
run --memory 40M --index seen --index-read-only -o again.out
says said 'went to disk'
[ ! -s again.out ] || fail "all of it was there"
# A folder in which nothing can be made is named, and so is the option; nothing is written.
expect_exit 1 unecho clean -q in.jsonl --match-fields text --memory 40M --tmpdir /nowhere -o none.out
says stderr '/nowhere' '--tmpdir'
absent none.out
