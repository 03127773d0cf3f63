#!/usr/bin/env python3
"""bib-dedupe on one set of records, in its own virtual environment (bench_works.sh makes it).

usage: bib_dedupe_peer.py IN.jsonl OUT.tsv      writes the ids of each group of copies that it finds, a group a line

Fields go where its documentation has them: "text" is the abstract; a record with a "booktitle" and no "journal" is an
"inproceedings". It finds no pair where authors, year and container are missing throughout, so a set without them is given
what was best of a dozen ways to fill them on the three such sets: the title for the author and for the journal, and a year
that is the same for all. One process, as the others.
"""
import json
import sys


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.path.pop(0)   # this folder
    import pandas
    from bib_dedupe.bib_dedupe import block, cluster, match, prep

    with open(sys.argv[1], encoding="utf-8") as lines:
        records = pandas.DataFrame([json.loads(line) for line in lines]).fillna("").astype(str)
    records = records.rename(columns={"id": "ID", "text": "abstract"})
    records["ENTRYTYPE"] = "article"
    if "booktitle" in records and "journal" in records:
        records.loc[records["booktitle"].ne("") & records["journal"].eq(""), "ENTRYTYPE"] = "inproceedings"
    if "author" not in records:
        records["author"] = records["journal"] = records["title"]
        records["year"] = "2000"
    matched = match(block(prep(records, verbosity_level=0, cpu=1), cpu=1), cpu=1)
    with open(sys.argv[2], "w", encoding="utf-8") as out:
        for group in cluster(matched):
            out.write("\t".join(group) + "\n")


if __name__ == "__main__":
    main()
