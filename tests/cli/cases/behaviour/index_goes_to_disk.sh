# Where --memory is short, what is known of kept records goes to disk, again and again, for any way to compare and to
# keep: the bytes stay the same, and the peak stays what was asked.
python3 - >in.jsonl <<'MAKE'
import random
bits = random.Random(11).getrandbits
words = ["".join("etaoinshrdlu"[bits(8) % 12] for _ in range(2 + bits(8) % 8)) for _ in range(4000)]
form = " ".join(words[i] for i in range(40))   # of which records differ in more than the threshold lets pass
kept = []
for i in range(110000):
    if i % 5 == 4:
        text = kept[bits(20) % len(kept)].replace("e", "E", 1)
        if i % 10 == 9:
            text += " " + words[bits(12) % 4000]
    elif i % 100 == 50:
        text = form + " " + " ".join(words[bits(12) % 4000] for _ in range(14))
    else:
        text = " ".join(words[bits(12) % 4000] for _ in range(8 + bits(4)))
        kept.append(text)
    print('{"id":%d,"lang":"%s","doi":"10.1/%d","title":"%s","text":"%s"}'
          % (i, "de" if bits(3) == 0 else "en", bits(30) % 90000, words[i % 4000], text))
MAKE
compare() {  # MEMORY OPTION...
  memory=$1
  shift
  unecho clean -qf in.jsonl "$@" --memory 2G -o all.out --provenance all.p
  unecho clean -f in.jsonl "$@" --memory "$memory" -o few.out --provenance few.p --report few.json 2>said
  says said 'what did not fit into --memory went to disk'
  same all.out few.out
  same all.p few.p
  most=$(numfmt --from=iec "$memory")
  [ "$(jq .run.peak_rss_bytes few.json)" -lt $((most / 10 * 12)) ] || fail "$*: more than --memory"
}
compare 40M --match-fields text --threads 1
compare 45M --match-fields text --within lang --threads 2
compare 60M --match-fields text --keep longest
compare 50M --match-fields text --key doi
compare 45M --match title:.9,text:.7
compare 60M --match-fields text --ignore-common 3
# An index that is larger than --memory is loaded in the same way.
unecho clean -q in.jsonl --match-fields text --index seen -o first.out
unecho clean in.jsonl --match-fields text --memory 42M --index seen --index-read-only -o again.out 2>said
says said 'went to disk'
[ ! -s again.out ] || fail "all of it was there"
