#!/usr/bin/env python3
"""Joins what unecho_microbench measured under each instruction set into one results file.

usage: kernels.py OUTPUT SET=GOOGLE_BENCHMARK.json...

A row a benchmark: for each set the median and the best of the repetitions in GB/s (of 1,000,000,000 bytes), and ns an
item, where it has items.
"""
import json
import pathlib
import statistics
import sys

sys.dont_write_bytecode = True
from common import machine, write_results  # noqa: E402


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    rows, context = {}, {}
    for argument in sys.argv[2:]:
        name, path = argument.split("=", 1)
        measured = json.loads(pathlib.Path(path).read_text())
        context = measured["context"]
        repetitions = {}
        for run in measured["benchmarks"]:
            if run["run_type"] != "iteration":
                continue
            if "error_message" in run:
                sys.exit(f"{run['name']}: {run['error_message']}")
            repetitions.setdefault(run["run_name"], []).append(run)
        for benchmark, runs in repetitions.items():
            speeds = [run["bytes_per_second"] / 1e9 for run in runs]
            row = {"gb_per_second": round(statistics.median(speeds), 3), "best": round(max(speeds), 3)}
            if "items_per_second" in runs[0]:
                row["ns_per_item"] = round(1e9 / statistics.median(run["items_per_second"] for run in runs), 2)
            rows.setdefault(benchmark, {"name": benchmark})[name] = row
    write_results(pathlib.Path(sys.argv[1]), {
        "machine": machine(),
        "command": "scripts/bench_kernels.sh",
        "caches": [f"L{cache['level']} {cache['type']} {cache['size'] // 1024} KiB" for cache in context.get("caches", [])],
        "sets": [argument.split("=", 1)[0] for argument in sys.argv[2:]],
        "rows": [rows[name] for name in sorted(rows)]})


main()
