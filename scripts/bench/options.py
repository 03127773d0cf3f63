#!/usr/bin/env python3
"""What options cost that ask for fields or marks: each beside the same run without it, on real records.

Runs take turns, so that ratios hold on a machine that is not always equally fast. CPU seconds are those of the fastest
turn, user and system together: other processes disturb them least. Every answer is audited once, by code that the run
does not use; a row of an answer that does not hold is an error.
"""
import argparse
import os
import pathlib
import re
import statistics
import subprocess
import sys

sys.dont_write_bytecode = True
from common import machine, measure, write_results  # noqa: E402

OPTIONS = ["", "--key title", "--key id", "--differ title", "--within title", "--mark"]


def main():
    parser = argparse.ArgumentParser()
    for name in ("unecho", "real", "inputs", "out", "output"):
        parser.add_argument(f"--{name}", type=pathlib.Path, required=True)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--quick", action="store_true")
    args = parser.parse_args()
    name = args.real.name.split(".")[0]
    source = args.inputs / f"{name}.jsonl"
    if not source.exists():
        with open(source, "wb") as out:
            subprocess.run(["zstd", "-dcqf", args.real], stdout=out, check=True)
    load = round(os.getloadavg()[0], 1)
    rows = []
    for to in ("file", "null"):
        for threads in (1, 2):
            rows += [{"option": option, "to": to, "threads": threads, "times": []} for option in OPTIONS]
    for turn in range(1 if args.quick else args.runs):
        for row in rows:
            for left in ("out", "prov", "report"):
                (args.out / left).unlink(missing_ok=True)
            out = "out" if row["to"] == "file" else "/dev/null"
            command = (f"{args.unecho} dedup --match-fields text --threads {row['threads']} {row['option']} {source} -f -o {out} "
                       "--provenance prov --report report")
            run = measure(command, args.out)
            if run["exit"] != 0:
                raise SystemExit(f"{command}\nexit code {run['exit']}: {run['said'][-400:]}")
            row["times"].append(run)
            if turn > 0 or row["to"] != "file" or row["threads"] != 1:
                continue
            audit = measure(f"{args.unecho} audit --report report --provenance prov --corpus out", args.out)
            if audit["exit"] != 0:
                raise SystemExit(f"{command}\nis not what the audit finds: {audit['said'][-400:]}")
    plain = {}
    for row in rows:
        times = row.pop("times")
        row["median"] = round(statistics.median(run["seconds"] for run in times), 4)
        row["cpu"] = round(min(run["cpu_seconds"] for run in times), 4)
        row["peak_mb"] = round(min(run["peak_mb"] for run in times), 1)
        row["kept"] = int(re.search(r"\bkept (\d+)\b", times[0]["said"])[1])
        key = row["to"], row["threads"]
        plain.setdefault(key, row["cpu"])
        row["of_plain"] = round(row["cpu"] / plain[key], 2)
        print(f"{row['option'] or '(none)':16} -> {row['to']:4} {row['threads']} {row['median']:8.3f} s {row['cpu']:8.3f} CPU s "
              f"{row['of_plain']:5.2f} of the plain run {row['peak_mb']:6.0f} MB kept {row['kept']}", file=sys.stderr)
    with open(source, "rb") as file:
        records = sum(1 for _ in file)
    write_results(args.output, {"machine": machine(), "command": "scripts/bench.sh --options", "runs": args.runs, "load": load,
                                "options_input": {"name": name, "records": records, "bytes": source.stat().st_size}, "rows": rows})


main()
