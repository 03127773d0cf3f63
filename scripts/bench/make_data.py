#!/usr/bin/env python3
"""Writes the benchmark inputs that are not shared data: JSONL with "id" and "text", the same bytes every time.

usage: make_data.py KIND RECORDS > FILE

  all_new       random records of about 190 words from a Zipf-like vocabulary: no two share more than a few shingles
  identical     one record, over and over
  template_90   copies of one template with similarity of about .9 to it: one is kept
  template_60   copies of one template with similarity of about .61 to each other: just below .7, all are kept
  short         records of about 50 bytes, all new
  long          records of about 10 MB, all new
  titles        titles, 11,000 of them distinct
"""
import random
import sys

WORDS = 50_000


def vocabulary(rng):
    letters = "etaoinshrdlucmfwypvbgkjqxz"
    words = set()
    while len(words) < WORDS:
        words.add("".join(rng.choices(letters, weights=range(26, 0, -1), k=rng.randint(2, 11))))
    return sorted(words)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    kind, records = sys.argv[1], int(sys.argv[2])
    rng = random.Random(20261120)
    words = vocabulary(rng)
    cumulative, total = [], 0.0
    for rank in range(WORDS):
        total += 1.0 / (rank + 20)
        cumulative.append(total)

    def text(count):
        return rng.choices(words, cum_weights=cumulative, k=count)

    def fresh(count):   # evenly drawn: an edit never meets the word that was there
        return rng.choices(words, k=count)

    def edited(template, share):
        copy = list(template)
        for i in rng.sample(range(len(copy)), int(share * len(copy))):
            copy[i] = fresh(1)[0]
        return copy

    template = text(200)
    titles = [text(rng.randint(6, 14)) for _ in range(11_000)]
    make = {
        "all_new": lambda: text(rng.randint(120, 330)),
        "identical": lambda: template,
        "template_90": lambda: edited(template, 0.011),    # 2 words: 10 of 196 shingles each
        "template_60": lambda: edited(template, 0.026),    # 5 words a copy: two copies share about .61
        "short": lambda: text(6),
        "long": lambda: text(1_500_000),
        "titles": lambda: rng.choice(titles),
    }[kind]
    out = sys.stdout
    for i in range(records):
        out.write('{"id": "%d", "text": "%s"}\n' % (i, " ".join(make())))


main()
