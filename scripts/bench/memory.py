#!/usr/bin/env python3
"""What it costs that an index does not fit into --memory, beside the same run with all of it in memory, and sort -u.

Two inputs of made records of 1.5 kB, at a tenth of --records and at all of them: all new, and four of five records
copies (the new ones, again, and twice with a word more). --memory is a tenth of what the run in memory takes, or a little
more where that is too little for what stays in memory of records on disk. Both runs must write the same bytes, provenance
too; another answer is an error. Bytes read and written are what the system counts
of all files, inputs and outputs among them, those in the page cache too (written) or not (read).
"""
import argparse
import filecmp
import os
import pathlib
import re
import subprocess
import sys

sys.dont_write_bytecode = True
from common import machine, measure, write_results  # noqa: E402

HERE = pathlib.Path(__file__).parent


def make(source, records):
    if source.exists():
        return
    part = source.with_suffix(".part")
    with open(part, "wb") as out:
        subprocess.run([sys.executable, HERE / "make_data.py", "all_new", str(records)], stdout=out, check=True)
    part.rename(source)


def make_near(source, near):
    """Each record with a word more, another one for every record."""
    if near.exists():
        return
    with open(source, "rb") as file, open(near, "wb") as out:
        for number, line in enumerate(file):
            out.write(line.rstrip()[:-2] + b" w%d\"}\n" % number)


def main():
    parser = argparse.ArgumentParser()
    for name in ("unecho", "inputs", "out", "output"):
        parser.add_argument(f"--{name}", type=pathlib.Path, required=True)
    parser.add_argument("--records", type=int, default=3_000_000)
    parser.add_argument("--quick", action="store_true")
    args, _ = parser.parse_known_args()  # bench.sh has options of other tables
    if args.quick:
        args.records //= 10
    load = round(os.getloadavg()[0], 1)
    rows = []
    for records in (args.records // 10, args.records):
        new, near = args.inputs / f"all_new_{records}.jsonl", args.inputs / f"near_{records // 5}.jsonl"
        fifth = args.inputs / f"all_new_{records // 5}.jsonl"
        make(new, records)
        make(fifth, records // 5)
        make_near(fifth, near)
        for kind, sources in (("all new", [new]), ("80 % copies", [fifth, fifth, near, fifth, near])):
            names = " ".join(map(str, sources))
            run = f"{args.unecho} dedup -f --match-fields text {names} --tmpdir {args.out}"
            whole = measure(f"{run} -o whole --provenance whole.p", args.out)
            memory = max(64 << 20, int(whole["peak_mb"] * (1 << 20)) // 10)
            while "raise --memory" in (few := measure(f"{run} -o few --provenance few.p --memory {memory}", args.out))["said"]:
                memory = memory * 5 // 4
            steps = [("in memory", whole), ("on disk", few),
                     ("sort -u, as little", measure(f"cat {names} | LC_ALL=C sort -u -S {memory >> 10}K -T {args.out} > sorted", args.out))]
            for step, done in steps:
                if done["exit"] != 0:
                    raise SystemExit(f"{step}: exit code {done['exit']}: {done['said'][-400:]}")
            for name in ("whole", "whole.p"):
                if not filecmp.cmp(args.out / name, args.out / name.replace("whole", "few"), shallow=False):
                    raise SystemExit(f"{kind}, {records}: with little memory another answer ({name})")
            for step, done in steps:
                kept = re.search(r"\bkept (\d+)\b", done["said"])
                rows.append({"input": kind, "records": records, "bytes": sum(path.stat().st_size for path in sources), "step": step,
                             "limit_mb": round(memory / (1 << 20)) if step != "in memory" else None,
                             "seconds": round(done["seconds"], 2), "cpu": round(done["cpu_seconds"], 2), "peak_mb": round(done["peak_mb"], 1),
                             "read_mb": done["read_mb"], "written_mb": done["written_mb"], "kept": int(kept[1]) if kept else None})
                print(f"{kind:12} {records:9} {step:20} {done['seconds']:8.2f} s {done['cpu_seconds']:8.2f} CPU s {done['peak_mb']:7.0f} MB"
                      f" read {done['read_mb']} written {done['written_mb']} MB", file=sys.stderr)
    write_results(args.output, {"machine": machine(), "command": "scripts/bench.sh --memory", "load": load, "memory_records": args.records,
                                "rows": rows})


main()
