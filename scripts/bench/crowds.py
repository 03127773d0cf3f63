#!/usr/bin/env python3
"""What records of one template just below the threshold cost as they grow: the comparison of all pairs, which no filter
makes linear. Of several builds of the program, each with its name, in turn.

    crowds.py --inputs DIRECTORY --out DIRECTORY --output FILE NAME=PROGRAM...

CPU seconds, user and system together, are those of the fastest of --runs turns: other processes disturb them least. The
largest is run once. All builds have to keep the same bytes.
"""
import argparse
import hashlib
import os
import pathlib
import subprocess
import sys

sys.dont_write_bytecode = True
from common import ROOT, machine, measure, write_results  # noqa: E402

RECORDS = (10_000, 20_000, 100_000)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("inputs", "out", "output"):
        parser.add_argument(f"--{name}", type=pathlib.Path, required=True)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", type=int, action="append", help="of this many records")
    parser.add_argument("builds", nargs="+", metavar="NAME=PROGRAM")
    args = parser.parse_args()
    builds = dict(build.split("=", 1) for build in args.builds)
    load = round(os.getloadavg()[0], 1)
    rows = []
    for records in args.only or RECORDS:
        source = args.inputs / f"template_60.{records}.jsonl"
        if not source.exists():
            with open(source, "wb") as out:
                subprocess.run([sys.executable, ROOT / "scripts/bench/make_data.py", "template_60", str(records)], stdout=out, check=True)
        runs, kept = {name: [] for name in builds}, set()
        for _ in range(args.runs if records < RECORDS[-1] else 1):
            for name, program in builds.items():
                done = measure(f"{program} dedup -q -f --match-fields text --threads 1 {source} -o out --provenance prov", args.out)
                if done["exit"] != 0:
                    raise SystemExit(f"{name}: exit code {done['exit']}: {done['said'][-400:]}")
                runs[name].append(done)
                with open(args.out / "out", "rb") as out:
                    kept.add(hashlib.file_digest(out, "sha256").hexdigest())
        if len(kept) > 1:
            raise SystemExit(f"{records} records: the builds keep different bytes")
        with open(args.out / "out", "rb") as out:
            num_kept = sum(1 for _ in out)
        for name in builds:
            rows.append({"records": records, "bytes": source.stat().st_size, "build": name, "kept": num_kept,
                         "cpu": round(min(run["cpu_seconds"] for run in runs[name]), 2),
                         "peak_mb": round(min(run["peak_mb"] for run in runs[name]), 1)})
            print(rows[-1], file=sys.stderr, flush=True)
    write_results(args.output, {"machine": machine(), "command": "scripts/bench/crowds.py", "runs": args.runs, "load": load,
                                "builds": list(builds), "rows": rows})


main()
