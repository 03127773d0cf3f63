"""Random records, the same in every format that holds named fields, and what must become of them by the definition of a duplicate.

The definition is written here once more, naively and in another language: a removal has the most similar earlier kept record as its
witness. Records have more words than a shingle, of plain letters, so that no rule about tokens is needed.
"""
import csv
import io
import json

FORMATS = ("jsonl", "json", "csv", "tsv", "xml", "bib", "ris")


def make_records(random, count):
    """`count` records, each like an earlier one or new; some share a key, a year or a group with others."""
    words = ["w" + "".join(random.choice("abcdefghij") for _ in range(4)) for _ in range(400)]
    records = []
    for number in range(count):
        if records and random.random() < 0.6:
            like = random.choice(records)
            title, text = like["title"].split(), like["text"].split()
            for _ in range(random.choice((0, 0, 1, 1, 2, 3, 6))):
                text[random.randrange(len(text))] = random.choice(words)
            if random.random() < 0.1:
                title[0] = random.choice(words)
        else:
            title = [random.choice(words) for _ in range(random.randint(3, 6))]
            text = [random.choice(words) for _ in range(random.randint(20, 60))]
        record = {"title": " ".join(title), "text": " ".join(text), "id": "r%d" % number}
        record["year"] = str(random.choice((2021, 2022)))
        record["doi"] = "10.1000/x%d" % random.randrange(count) if random.random() < 0.5 else ""
        record["lang"] = random.choice(("en", "de"))
        records.append(record)
    return records


def written(records, form):
    """The records as a file of this format."""
    if form == "jsonl":
        return "".join(json.dumps(record) + "\n" for record in records)
    if form == "json":
        return json.dumps(records, indent=1) + "\n"
    if form in ("csv", "tsv"):
        out = io.StringIO()
        writer = csv.DictWriter(out, list(records[0]), delimiter="," if form == "csv" else "\t", lineterminator="\n")
        writer.writeheader()
        writer.writerows(records)
        return out.getvalue()
    if form == "xml":
        rows = ("".join("<%s>%s</%s>" % (name, value, name) for name, value in record.items()) for record in records)
        return "<records>\n" + "".join("<record>%s</record>\n" % row for row in rows) + "</records>\n"
    if form == "bib":
        names = {"title": "title", "text": "abstract", "id": "id", "year": "year", "doi": "doi", "lang": "lang"}
        return "".join("@misc{%s,\n%s\n}\n\n" % (record["id"], ",\n".join(
            "  %s = {%s}" % (names[name], value) for name, value in record.items() if value)) for record in records)
    names = {"title": "TI", "text": "AB", "id": "ID", "year": "PY", "doi": "DO", "lang": "LA"}
    return "".join("TY  - JOUR\n%sER  - \n\n" % "".join(
        "%s  - %s\n" % (names[name], value) for name, value in record.items() if value) for record in records)


class Rule:
    """What is the same: options for the command line, and the same said to decide()."""

    def __init__(self, random):
        self.threshold = random.choice((0.5, 0.7, 0.7, 0.8, 0.95))
        self.shingle = random.choice((1, 2, 3, 5, 5))
        self.key = random.random() < 0.3
        self.differ = random.random() < 0.3
        self.within = random.random() < 0.3
        self.keep = "last" if random.random() < 0.2 else "first"

    def options(self, form):
        # The names that formats have in common; some call them otherwise, and case is nobody's.
        name = lambda field: {"year": "Year", "doi": "DOI"}.get(field, {"ris": "language"}.get(form, field))
        out = ["--threshold", str(self.threshold), "--shingle", str(self.shingle)]
        if self.key:
            out += ["--key", name("doi")]
        if self.differ:
            out += ["--differ", name("year")]
        if self.within:
            out += ["--within", name("lang")]
        if self.keep != "first":
            out += ["--keep", self.keep.replace("year", name("year"))]
        return out

    def priority(self, records):
        """The less, the earlier a record is decided; of equals the first."""
        return {"first": lambda i: i, "last": lambda i: -i,
                "longest": lambda i: (-len((records[i]["title"] + " " + records[i]["text"]).split()), i),
                "year:max": lambda i: (-int(records[i]["year"]), i)}[self.keep]


def shingles(record, size):
    words = (record["title"] + " " + record["text"]).split()
    return frozenset(tuple(words[i:i + size]) for i in range(len(words) - size + 1))


def decide(records, rule, earlier=None):
    """For each record None if it is kept, else (fate, number of the witness from 0). `earlier`: what runs before this one have kept,
    an Earlier, to which this one is added; records are then numbered from the first one of all runs on."""
    earlier = earlier or Earlier()
    begin = len(earlier.records)
    everything = earlier.records
    everything += records
    sets = earlier.sets
    sets += [shingles(record, rule.shingle) for record in records]
    texts = [record["title"] + " " + record["text"] for record in everything]
    # Records that agree in these are equal, and share a fate.
    sameness = [(texts[i], record["doi"] if rule.key else "", record["year"] if rule.differ else "",
                 record["lang"] if rule.within else "") for i, record in enumerate(everything)]
    kept, decided, fates = earlier.kept, earlier.decided, [None] * len(everything)
    for i in sorted(range(begin, len(everything)), key=rule.priority(everything)):
        if sameness[i] in decided:
            witness = decided[sameness[i]]
        else:
            best = None  # (has the key, similarity, witness)
            for j in kept:
                if rule.within and everything[i]["lang"] != everything[j]["lang"]:
                    continue
                if rule.differ and everything[i]["year"] != everything[j]["year"]:
                    continue
                has_key = rule.key and everything[i]["doi"] != "" and everything[i]["doi"] == everything[j]["doi"]
                both = len(sets[i] & sets[j])
                similarity = both / (len(sets[i]) + len(sets[j]) - both)
                if (has_key or similarity >= rule.threshold - 1e-12) and (best is None or (has_key, similarity) > best[:2]):
                    best = (has_key, similarity, j)
            if best is None:
                kept.append(i)
                continue
            witness = decided[sameness[i]] = best[2]
        fates[i] = ("exact" if texts[i] == texts[witness] else "near", witness)
    return fates[begin:]


class Earlier:
    """What runs with one index have read and kept."""

    def __init__(self):
        self.records, self.sets, self.kept, self.decided = [], [], [], {}
