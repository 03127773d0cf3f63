#!/usr/bin/env python3
"""Writes a made-up bibliography: JSONL as databases export it, with copies that differ as copies in databases do.

usage: make_bibliography.py RECORDS > FILE      the same bytes every time; of two sizes, the smaller is the larger's beginning

All is made up: some 300,000 words by a Zipf law, 60,000 family names, 8,000 journals. An id is "WORK.RECORD": records of
one work are copies, and others are not. Of a hundred records

  30  are copies of an earlier work, of any: its journal abbreviated, names of authors by initials or in full or cut at "et al.",
      title in other case, with a typo, cut off, in brackets, without its subtitle; pages "314-20" or one of them;
      fields missing, the year one off, the abstract cut off
  4   are works that are like an earlier one, and are not it: the next part, the same title years later, its erratum, a reply
  2   are of a title that many have ("Editorial"), half of them without authors
  64  are works of their own

Every choice is a number from SHAKE-128 of the number of the work or the record, so that an earlier work is made again
where a copy of it is due, and nothing is remembered. A million records take about a minute and 600 MB.
"""
import array
import hashlib
import itertools
import sys

SLOT_BITS = 22
WORDS, NAMES, JOURNALS = 300_000, 60_000, 8_000
FUNCTION_WORDS = ["of", "the", "in", "and", "for", "with", "on", "a"]
CONSONANTS, VOWELS = "tnshrdlcmfwpvbgkjqxz", "aeiou"
COLUMNS = ["Editorial", "Letters to the editor", "Book reviews", "Introduction", "Correspondence", "News and notes", "In this issue"]


def numbers(of, number, count):
    """`count` random 32-bit numbers that depend on `of` and `number` alone."""
    found = array.array("I", hashlib.shake_128(b"%s %d" % (of, number)).digest(4 * count))
    if sys.byteorder == "big":
        found.byteswap()
    return found


def zipf(items, bits, flatness):
    """A list of 2^bits of the items, each as often as 1 / (rank + flatness) says."""
    total = sum(1.0 / (rank + flatness) for rank in range(len(items)))
    slots, done = [], 0.0
    for rank, item in enumerate(items):
        done += 1.0 / (rank + flatness)
        slots.extend(itertools.repeat(item, round(done / total * (1 << bits)) - len(slots)))
    return slots


def made_words(of, count, least):
    weighted = "".join(letter * (len(CONSONANTS) - i) for i, letter in enumerate(CONSONANTS))
    words = {}
    for number in itertools.count():
        chosen = numbers(of, number, 14)
        size = least + chosen[0] % 9
        # Consonants between vowels, one or two, as in words that can be said.
        words["".join(VOWELS[c % 5] if i % 5 in (1, 3) else weighted[c % len(weighted)] for i, c in enumerate(chosen[1:size + 1]))] = None
        if len(words) == count:
            return list(words)


class World:
    def __init__(self):
        words = made_words(b"word", WORDS, 3)
        self.words = zipf(FUNCTION_WORDS + words, SLOT_BITS, 8)
        names = [name.capitalize() for name in made_words(b"name", NAMES, 4)]
        names = [name.replace("e", "é", 1) if i % 20 == 7 else f"van {name}" if i % 50 == 3 else name for i, name in enumerate(names)]
        self.names = zipf(names, 16, 200)
        given = [name.capitalize() for name in made_words(b"given", 2_000, 3)]
        self.given = zipf(given, 12, 20)
        forms = ("Journal of {0}", "{0}", "Annals of {0} and {1}", "International Journal of {0} {1}", "{0} Research", "{0} and {1}",
                 "European {0} Review", "Archives of {0} {1}", "Clinical {0}", "American Journal of {0}")
        journals = []
        for number in range(JOURNALS):
            chosen = numbers(b"journal", number, 4)
            journals.append(forms[chosen[0] % len(forms)].format(*(words[c % 20_000].capitalize() for c in chosen[1:3])))
        self.journals = zipf([(name, self.abbreviated(name), number) for number, name in enumerate(journals)], 16, 50)

    @staticmethod
    def abbreviated(name):
        words = [word for word in name.split() if word not in ("of", "and")]
        if len(words) == 1:
            return name
        return " ".join(word if len(word) < 6 else word[:4 + len(word) % 3] + "." for word in words)


class Work:
    """Fields of a work as its first record has them; of work `number`, which depends on nothing else."""

    def __init__(self, world, number):
        chosen = iter(numbers(b"work", number, 200))
        take = chosen.__next__
        self.number = number
        words = world.words
        shift = 32 - SLOT_BITS
        # Like an earlier work: all of that one's fields first, and then those that tell the two apart.
        like = take() % 1000
        twin = Work(world, take() % number) if number > 0 and like < 57 else None
        if twin is not None:
            for field in ("title", "subtitle", "authors", "journal", "year", "volume", "abstract"):
                setattr(self, field, getattr(twin, field))
            if like < 15:
                self.title, self.abstract = f"Erratum to: {twin.title}", ""
            elif like < 22:
                self.title, self.abstract = f"Reply to {twin.title}", ""
            elif like < 40:
                self.title, self.abstract = f"{twin.title}, part {2 + take() % 3}", ""
                self.volume = str(int(self.volume) + 1)
            else:
                years = 2 + take() % 6
                self.year, self.volume, self.abstract = str(int(twin.year) + years), str(int(twin.volume) + years), ""
        else:
            column = like >= 972
            if column:
                self.title = COLUMNS[take() % len(COLUMNS)]
                self.subtitle = ""
            else:
                title = [words[take() >> shift] for _ in range(4 + take() % 12)]
                self.title = " ".join(title).capitalize()
                self.subtitle = " ".join([words[take() >> shift] for _ in range(3 + take() % 5)]) if take() % 4 == 0 else ""
            has_authors = not column or take() % 2 == 0
            self.authors = [(world.names[take() >> 16], world.given[take() >> 20], "" if take() % 3 else "ABCDEFGHJKLMPRSTW"[take() % 17])
                            for _ in range(1 + (take() % 7 if take() % 4 else 0))] if has_authors else []
            self.journal = world.journals[take() >> 16]
            year = 1985 + take() % 40
            self.year = str(year)
            self.volume = str(year - 1900 - self.journal[2] % 80)
            if int(self.volume) < 1:
                self.volume = "1"
            self.abstract = ""
            if not column and take() % 2 == 0:
                self.abstract = " ".join([words[n >> shift] for n in numbers(b"abstract", number, 40 + take() % 80)])
        self.issue = str(1 + take() % 12)
        # A quarter of the journals count pages from 1 in each issue, which begins with a column as often as not.
        by_issue = self.journal[2] % 4 == 0
        first = 1 + take() % (120 if by_issue else 1900)
        if by_issue and self.title in COLUMNS and take() % 2 == 0:
            first = 1
        self.pages = (first, first + take() % 16) if take() % 10 else (f"e{10_000 + take() % 90_000}", None)
        self.doi = f"10.{1000 + self.journal[2]}/{self.journal[1][:3].lower().strip(' .')}.{self.year}.{number}"


def author_names(authors, form):
    if form == 0:
        return " and ".join([f"{family}, {given} {more}." if more else f"{family}, {given}" for family, given, more in authors])
    if form == 1:
        return " and ".join([f"{family}, {given[0]}. {more}." if more else f"{family}, {given[0]}." for family, given, more in authors])
    return "; ".join([f"{family} {given[0]}{more}" for family, given, more in authors])


def page_range(pages, form):
    first, last = pages
    if last is None:
        return first
    if last == first:
        return f"{first}-{last}" if form < 2 else str(first)
    if form < 3:
        first, last = str(first), str(last)
        if len(first) == len(last):
            while first[0] == last[0] and len(last) > 1:
                first, last = first[1:], last[1:]
        return f"{pages[0]}-{last}"
    if form < 4:
        return f"pp. {first}-{last}"
    return f"{first}-{last}" if form < 10 else str(first)


def with_typo(title, where, what):
    """One letter left out, doubled, or two swapped, in a word of six letters or more."""
    words = title.split(" ")
    long = [i for i, word in enumerate(words) if len(word) >= 6 and word.isalpha()]
    if not long:
        return title
    i = long[where % len(long)]
    word, at = words[i], 1 + where // 64 % (len(words[i]) - 2)
    if what == 0:
        word = word[:at] + word[at + 1:]
    elif what == 1:
        word = word[:at] + word[at] + word[at:]
    else:
        word = word[:at] + word[at + 1] + word[at] + word[at + 2:]
    words[i] = word
    return " ".join(words)


def first_record(work, record):
    title = f"{work.title}: {work.subtitle}" if work.subtitle else work.title
    return line(work, record, title, author_names(work.authors, work.number % 3), work.year, work.journal[0], work.volume, work.issue,
                page_range(work.pages, 9), work.doi, work.abstract)


def copied_record(work, record):
    take = iter(numbers(b"copy", record, 40)).__next__

    def chance(percent):
        return take() % 100 < percent
    title = work.title
    if work.subtitle and not chance(15):
        title = f"{title}: {work.subtitle}"
    elif not work.subtitle and chance(3) and title.count(" ") > 8:
        title = title[:title.rindex(" ", 0, len(title) * 3 // 4)]
    if chance(6):
        title = with_typo(title, take(), take() % 3)
    how = take() % 20
    title = title.upper() if how == 0 else title.title() if how < 6 else f"[{title}]" if how == 6 else f"{title}." if how < 13 else title
    authors = work.authors
    form = take() % 3
    cut = len(authors) > 3 and chance(10)
    named = author_names(authors[:3] if cut else authors, form)
    if cut:
        named += " and others" if form < 2 else "; et al."
    if chance(2):
        named = ""
    year = str(int(work.year) + 1) if chance(2) else "" if chance(2) else work.year
    journal = "" if chance(3) else work.journal[1] if chance(50) else work.journal[0]
    volume = "" if chance(5) else work.volume
    issue = "" if chance(25) else work.issue
    pages = "" if chance(5) else page_range(work.pages, take() % 11)
    doi = "" if chance(45) else f"https://doi.org/{work.doi}" if chance(20) else work.doi.upper() if chance(10) else work.doi
    abstract = work.abstract
    if abstract and chance(30):
        abstract = ""
    elif abstract and chance(10):
        abstract = abstract[:len(abstract) * 3 // 4]
    return line(work, record, title, named, year, journal, volume, issue, pages, doi, abstract)


def line(work, record, title, authors, year, journal, volume, issue, pages, doi, abstract):
    return (f'{{"id": "{work.number}.{record}", "title": "{title}", "author": "{authors}", "year": "{year}", "journal": "{journal}", '
            f'"volume": "{volume}", "number": "{issue}", "pages": "{pages}", "doi": "{doi}", "abstract": "{abstract}"}}\n')


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    world = World()
    works = 0
    out = open(sys.stdout.fileno(), "w", encoding="utf-8", newline="\n", closefd=False)
    for record in range(int(sys.argv[1])):
        chosen = numbers(b"record", record, 2)
        if works > 0 and chosen[0] % 100 < 30:
            out.write(copied_record(Work(world, chosen[1] % works), record))
        else:
            out.write(first_record(Work(world, works), record))
            works += 1
    out.close()


if __name__ == "__main__":
    main()
