#!/usr/bin/env python3
"""What an index costs: to write one, to read one, and to clean new records against one, beside one run over all.

The two halves of an input, one against the index of the other, must give the bytes of one run over both; a row of an
answer that differs is an error. Runs take turns. CPU seconds are those of the fastest turn.
"""
import argparse
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys

sys.dont_write_bytecode = True
from common import machine, measure, write_results  # noqa: E402

HERE = pathlib.Path(__file__).parent


def split(source, parts):
    """The first and the second half of its lines."""
    with open(source, "rb") as file:
        lines = sum(1 for _ in file)
    with open(source, "rb") as file:
        for i, part in enumerate(parts):
            with open(part, "wb") as out:
                for _ in range(lines // 2 if i == 0 else lines - lines // 2):
                    out.write(file.readline())
    return lines


def main():
    parser = argparse.ArgumentParser()
    for name in ("unecho", "inputs", "out", "output"):
        parser.add_argument(f"--{name}", type=pathlib.Path, required=True)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--quick", action="store_true")
    args, _ = parser.parse_known_args()  # bench.sh has options of other tables
    if args.quick:
        args.records //= 10
    load = round(os.getloadavg()[0], 1)
    rows = []
    for kind in ("all_new", "planted"):
        source = args.inputs / f"{kind}_{args.records}.jsonl"
        if not source.exists():
            with open(source, "wb") as out:
                subprocess.run([sys.executable, HERE / "make_data.py", kind, str(args.records)], stdout=out, check=True)
        halves = [args.inputs / f"{kind}_{args.records}.{i}.jsonl" for i in (1, 2)]
        split(source, halves)
        first, second = halves
        one = args.inputs / "one.jsonl"
        one.write_bytes(second.read_bytes().split(b"\n", 1)[0] + b"\n")
        unecho = f"{args.unecho} dedup -f --match-fields text"
        steps = [("one run over both halves", f"{unecho} {first} {second} -o whole --provenance whole.p"),
                 ("the first half alone", f"{unecho} {first} -o plain --provenance plain.p"),
                 ("the first half, index written", f"{unecho} {first} -o first --provenance first.p --index idx"),
                 ("index read, for one record", f"{unecho} {one} -o none --index idx --index-read-only"),
                 ("the first half again, nothing added", f"{unecho} {first} -o none --provenance none.p --index idx --index-read-only"),
                 ("the second half against it", f"{unecho} {second} -o second --provenance second.p --index idx"),
                 ("unecho index check", f"{args.unecho} index check idx"),
                 ("sort -u of both halves", f"sh -c 'LC_ALL=C sort -u -S 2G {first} {second} > sorted'")]
        of_kind = [{"input": kind, "step": step, "times": []} for step, _ in steps]
        for _ in range(1 if args.quick else args.runs):
            shutil.rmtree(args.out / "idx", ignore_errors=True)
            for row, (step, command) in zip(of_kind, steps):
                run = measure(command, args.out)
                if run["exit"] != 0:
                    raise SystemExit(f"{command}\nexit code {run['exit']}: {run['said'][-400:]}")
                row["times"].append(run)
                if step == "the first half, index written":
                    row["index_mb"] = round(sum(path.stat().st_size for path in (args.out / "idx").iterdir()) / 1e6, 1)
            for name in ("whole", "whole.p"):
                parts = [args.out / name.replace("whole", half) for half in ("first", "second")]
                if b"".join(part.read_bytes() for part in parts) != (args.out / name).read_bytes():
                    raise SystemExit(f"{kind}: the two runs have not written what one has ({name})")
        for row in of_kind:
            times = row.pop("times")
            row["median"] = round(statistics.median(run["seconds"] for run in times), 3)
            row["cpu"] = round(min(run["cpu_seconds"] for run in times), 3)
            row["peak_mb"] = round(min(run["peak_mb"] for run in times), 1)
            kept = re.search(r"\bkept (\d+)\b", times[0]["said"])
            row["kept"] = int(kept[1]) if kept else None
            print(f"{kind:8} {row['step']:36} {row['median']:8.2f} s {row['cpu']:8.2f} CPU s {row['peak_mb']:6.0f} MB"
                  f" kept {row['kept']} {row.get('index_mb', '')}", file=sys.stderr)
        rows += of_kind
        rows[-len(of_kind)]["bytes"] = source.stat().st_size
    write_results(args.output, {"machine": machine(), "command": "scripts/bench.sh --index", "runs": args.runs, "load": load,
                                "index_records": args.records, "rows": rows})


main()
