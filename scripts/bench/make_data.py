#!/usr/bin/env python3
"""Writes the benchmark inputs that are not shared data: JSONL with "id" and "text", the same bytes every time.

usage: make_data.py KIND RECORDS > FILE

  all_new       random records of about 200 words from a Zipf-like vocabulary: no two share more than a few shingles
  planted       of ten records four are like those of all_new, four repeat one of the last thousand, two are near copies of one
  identical     one record, over and over
  template_90   one template, and copies with similarity of about .9 to it: one is kept
  template_60   copies of one template with similarity of .58 to .69 to each other, .61 on average: just below .7, all are kept
  log_lines     eight templates of five or six words, between a number and another that no other line has: J of .2 or .33, far below .7,
                but records so short meet in a band by the thousand
  short         records of about 50 bytes, all new
  long          records of about 10 MB, all new
  titles        titles, 11,000 of them distinct

Words are drawn by the tens of millions: random bytes, two at a time, are looked up in a list of 65,536 words in which
a frequent word stands more often. 1 GB takes about ten seconds. Only random.Random.getrandbits() is asked for
randomness: its values do not depend on the version of Python.
"""
import array
import itertools
import random
import sys

SLOTS = 1 << 16
LETTERS = "etaoinshrdlucmfwypvbgkjqxz"
TITLES = 11_000
SEGMENTS, SEGMENT_WORDS = 8, 38   # of a template


class Words:
    """Random words: slot i of the list is the word at quantile i / 65,536 of the distribution 1 / (rank + 20)."""

    def __init__(self, bits):
        self.bits = bits
        # The letters of a word by triangular weights, most frequent first.
        weighted = "".join(letter * (len(LETTERS) - i) for i, letter in enumerate(LETTERS))
        words = {}
        while len(words) < 20_000:
            size = 2 + bits(16) % 10
            words["".join(weighted[bits(16) % len(weighted)] for _ in range(size))] = None
        words = list(words)
        weights = list(itertools.accumulate(1.0 / (rank + 20) for rank in range(len(words))))
        self.slots = []
        rank = 0
        for i in range(SLOTS):
            while weights[rank] < (i + 0.5) / SLOTS * weights[-1]:
                rank += 1
            self.slots.append(words[rank])
        self.distinct = words

    def numbers(self, count):
        """`count` random 16-bit numbers."""
        numbers = array.array("H", self.bits(16 * count).to_bytes(2 * count, "little"))
        if sys.byteorder == "big":
            numbers.byteswap()
        return numbers

    def draw(self, count):
        return list(map(self.slots.__getitem__, self.numbers(count)))

    def template(self):
        return self.draw(SEGMENTS * SEGMENT_WORDS + 4)

    def edited(self, template, places, mark):
        """A copy with these words replaced, each by one that no other copy has."""
        copy = list(template)
        for place in places:
            copy[place] = f"{self.distinct[self.bits(16) % len(self.distinct)]}{mark}"
        return copy


def far_apart(number):
    """Eight places to edit, one in each segment of the template, such that two copies never have more than five in common.

    An edit changes five shingles. Two copies with e of 8 edits in common places share 304 - 80 + 5 e of 304 + 80 - 5 e shingles:
    .583 for none, .694 for five. The places are the extended Reed-Solomon code [8, 6, 3] over GF(7), good for 117,649 copies.
    """
    number = number * 58_321 % 7 ** 6
    coefficients = [number // 7 ** i % 7 for i in range(6)]
    code = [sum(c * x ** i for i, c in enumerate(coefficients)) % 7 for x in range(7)] + [coefficients[5]]
    return [segment * SEGMENT_WORDS + 4 + 5 * digit for segment, digit in enumerate(code)]


def texts(kind, records):
    words = Words(random.Random(20261120).getrandbits)

    def of_sizes(least, most):
        # Words for many records are drawn at once, and cut.
        left = records
        while left > 0:
            sizes = [least + number % (most - least + 1) for number in words.numbers(min(left, 10_000))]
            pool = words.draw(sum(sizes))
            at = 0
            for size in sizes:
                yield " ".join(pool[at:at + size])
                at += size
            left -= len(sizes)

    if kind == "all_new":
        yield from of_sizes(120, 280)
    elif kind == "short":
        yield from of_sizes(6, 7)
    elif kind == "long":
        for _ in range(records):
            yield " ".join(words.draw(1_300_000))
    elif kind == "planted":
        last = []
        for number in range(records):
            chance = words.bits(16) % 10
            if chance < 4 or not last:
                text = words.draw(120 + words.bits(16) % 161)
            else:
                text = last[words.bits(16) % len(last)]
                if chance < 6:   # J of about .5 to .95
                    text = words.edited(text, {words.bits(16) % len(text) for _ in range(1 + words.bits(16) % 9)}, number)
            if len(last) == 1000:
                last[number % 1000] = text
            else:
                last.append(text)
            yield " ".join(text)
    elif kind == "log_lines":
        templates = [" ".join(words.draw(5 + i % 2)) for i in range(8)]
        for number in range(records):
            yield f"{words.bits(32):08x} {templates[words.bits(3)]} {number}"
    elif kind == "titles":
        titles = [" ".join(words.draw(6 + words.bits(16) % 9)) for _ in range(TITLES)]
        for _ in range(records):
            yield titles[words.bits(32) % TITLES]
    else:
        template = words.template()
        if kind == "template_90":
            yield " ".join(template)
            records -= 1
        for number in range(records):
            if kind == "identical":
                places = []
            elif kind == "template_90":   # three edits, or two next to each other: .906 to .928
                places = [words.bits(16) % len(template) for _ in range(3)]
            else:
                places = far_apart(number)
            yield " ".join(words.edited(template, places, number))


def main():
    kinds = ["all_new", "planted", "identical", "template_90", "template_60", "log_lines", "short", "long", "titles"]
    if len(sys.argv) != 3 or sys.argv[1] not in kinds:
        sys.exit(__doc__)
    out = sys.stdout
    for number, text in enumerate(texts(sys.argv[1], int(sys.argv[2]))):
        out.write(f'{{"id": "{number}", "text": "{text}"}}\n')


main()
