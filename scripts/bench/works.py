#!/usr/bin/env python3
"""The rows of bench_works.sh: runs what finds copies in bibliographies, and compares what it found with the truth, pair by pair.

Two records are a pair if one group has both: a kept record and those that were removed because of it, or a group of the
peer's. An entry is lost where each of its records was removed because of a record of another one; of the peer's groups the
first record in the input is the one that stays.
"""
import argparse
import collections
import json
import os
import pathlib
import re
import subprocess
import sys

sys.dont_write_bytecode = True
from common import ROOT, machine, measure, write_results  # noqa: E402

SETS = ["bib_stroke", "bib_haematology", "bib_cytology_screening", "sweep_copper", "sweep_tafenoquine", "dblp_acm"]
RUNS = 3   # of unecho on a set: the fastest counts; the peer takes minutes


def pairs(sizes):
    return sum(size * (size - 1) // 2 for size in sizes.values())


def judged(records):
    """Of (entry, group, is kept) for each record."""
    entries, groups, both, left = (collections.Counter() for _ in range(4))
    for entry, group, kept in records:
        entries[entry] += 1
        groups[group] += 1
        both[entry, group] += 1
        if kept:
            left[entry] += 1
    right, found, true = pairs(both), pairs(groups), pairs(entries)
    return {"kept": sum(left.values()), "f1": round(2 * right / (found + true), 4), "precision": round(right / found, 4) if found else None,
            "recall": round(right / true, 4), "wrong_pairs": found - right, "missed_pairs": true - right, "lost": len(entries) - len(left)}


def provenance(path, entry_of):
    said = re.compile(r'"(ref|id|fate|witness)":"((?:[^"\\]|\\.)*)"')
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            fields = dict(said.findall(line))
            yield entry_of(fields.get("id", fields["ref"])), fields.get("witness", fields["ref"]), fields["fate"] == "kept"


def peer_groups(path, ids, entry_of):
    group_of, order = {}, {each: at for at, each in enumerate(ids)}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            members = line.rstrip("\n").split("\t")
            first = min(members, key=order.__getitem__)
            group_of.update((member, first) for member in members)
    return [(entry_of(each), group_of.get(each, each), group_of.get(each, each) == each) for each in ids]


def checked(run, command):
    if run["exit"] != 0:
        raise SystemExit(f"{command}\nexit code {run['exit']}: {run['said'][-400:]}")
    return run


def took(run):
    return {"seconds": round(run["seconds"], 3), "cpu_seconds": round(run["cpu_seconds"], 3), "peak_mb": round(run["peak_mb"])}


def unecho_command(args, how, source):
    return (f"{args.unecho} clean --compare {how} --threads 2 --id-field id {source} -f -o corpus --provenance provenance --report report")


def set_rows(args):
    peer = ROOT / "scripts/bench/bib_dedupe_peer.py"
    version = subprocess.run([args.unecho, "--version"], capture_output=True, text=True).stdout.split()[-1]
    for name in SETS:
        folder = args.labelled / name
        source = folder / "records.jsonl"
        entries = {}
        for line in open(folder / "clusters.tsv", encoding="utf-8"):
            entry, *members = line.rstrip("\n").split("\t")
            entries.update((member, (entry,)) for member in members)

        def entry_of(each):
            return entries.get(each, each)
        ids = [json.loads(line)["id"] for line in open(source, encoding="utf-8")]
        for how in ("words", "works"):
            command = unecho_command(args, how, source)
            runs = [checked(measure(command, args.work), command) for _ in range(RUNS)]
            yield {"part": "sets", "set": name, "records": len(ids), "tool": f"unecho {version} --compare {how}",
                   **took(min(runs, key=lambda run: run["cpu_seconds"])), **judged(provenance(args.work / "provenance", entry_of))}
        command = f"{args.venv}/bin/python {peer} {source} groups"
        run = checked(measure(command, args.work), command)
        yield {"part": "sets", "set": name, "records": len(ids), "tool": "bib-dedupe 0.11.0", **took(run),
               **judged(peer_groups(args.work / "groups", ids, entry_of))}


def bibliography(args, records):
    """Of so many records, the beginning of the largest one."""
    path = args.inputs / f"bibliography_{records}.jsonl"
    if not path.exists():
        largest = args.inputs / f"bibliography_{max(args.records)}.jsonl"
        part = path.with_suffix(".part")
        with open(part, "wb") as out:
            command = ["head", "-n", str(records), largest] if records < max(args.records) else [
                sys.executable, ROOT / "scripts/bench/make_bibliography.py", str(records)]
            subprocess.run(command, stdout=out, check=True)
        part.rename(path)
    return path


def growth_rows(args):
    for records in sorted(args.records, reverse=True):
        bibliography(args, records)
    for records in sorted(args.records):
        source = bibliography(args, records)
        command = unecho_command(args, "works", source)
        run = checked(measure(command, args.work), command)
        yield {"part": "growth", "records": records, "bytes": source.stat().st_size, **took(run),
               "cpu_us_a_record": round(run["cpu_seconds"] * 1e6 / records, 1),
               **judged(provenance(args.work / "provenance", lambda each: each[:each.index(".")]))}


def main():
    parser = argparse.ArgumentParser()
    for name in ("unecho", "inputs", "work", "output"):
        parser.add_argument(f"--{name}", type=pathlib.Path, required=True)
    parser.add_argument("--labelled", type=pathlib.Path)
    parser.add_argument("--venv", type=pathlib.Path)
    parser.add_argument("--records", type=lambda sizes: [int(size) for size in sizes.split(",")])
    args = parser.parse_args()
    load = round(os.getloadavg()[0], 1)
    rows = [row for row in (json.loads(args.output.read_text())["rows"] if args.output.exists() else [])
            if not (args.labelled if row["part"] == "sets" else args.records)]
    for made in ([set_rows(args)] if args.labelled else []) + ([growth_rows(args)] if args.records else []):
        for row in made:
            print(row, file=sys.stderr, flush=True)
            rows.append(row)
    rows.sort(key=lambda row: row["part"], reverse=True)   # sets first
    write_results(args.output, {"machine": machine(), "command": "scripts/bench_works.sh", "load": load, "works": "pairs of records", "rows": rows})


main()
