#!/usr/bin/env python3
"""What scripts/bench_tables.sh runs: CPU and wall time of reading and cleaning a corpus that is a Parquet table.

usage: tables.py UNECHO CORPUS.jsonl.zst FOLDER

Each figure is the best of five runs, of a process of its own; "text" is the bytes of the column `text`.
"""
import json
import os
import pathlib
import subprocess
import sys
import time

import pyarrow as pa
import pyarrow.parquet as pq

UNECHO, CORPUS, FOLDER = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
GROUP_ROWS = 20_000
RUNS = 5


def measure(command):
    """(seconds, CPU seconds, MiB resident) of the fastest run."""
    best = None
    for _ in range(RUNS):
        begin = time.monotonic()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - begin
        if status != 0:
            sys.exit(f"failed: {' '.join(map(str, command))}")
        run = (usage.ru_utime + usage.ru_stime, seconds, usage.ru_maxrss / 1024)
        best = run if best is None else min(best, run)
    return best


def python(code):
    return [sys.executable, "-c", code]


text = subprocess.run(["zstd", "-dc", CORPUS], stdout=subprocess.PIPE, check=True).stdout
(FOLDER / "corpus.jsonl").write_bytes(text)
table = pa.Table.from_pylist([json.loads(line) for line in text.splitlines()])
megabytes = sum(len(value.as_py().encode()) for value in table["text"]) / 1e6
print(f"{table.num_rows} rows, {megabytes:.1f} MB of text, groups of {GROUP_ROWS} rows; one thread; best of {RUNS}")
print(f"{'':44}{'CPU s':>8}{'wall s':>8}{'MB/s':>8}{'MiB':>8}")


def show(name, command):
    cpu, wall, memory = measure(command)
    print(f"{name:44}{cpu:8.2f}{wall:8.2f}{megabytes / cpu:8.0f}{memory:8.0f}")


out = FOLDER / "out"
show("JSONL -> JSONL, unecho clean", [UNECHO, "clean", "-q", "-f", "--threads", "1", FOLDER / "corpus.jsonl", "-o", f"{out}.jsonl"])
for codec in ("none", "snappy", "zstd"):
    path = FOLDER / f"{codec}.parquet"
    pq.write_table(table, path, compression=codec, row_group_size=GROUP_ROWS)
    show(f"{codec}: the column text, pyarrow",
         python(f"import pyarrow.parquet as pq\nfor b in pq.ParquetFile({str(path)!r}).iter_batches(columns=['text'], use_threads=False): pass"))
    show(f"{codec}: the column text, DuckDB",
         python(f"import duckdb\nduckdb.execute('set threads=1')\nduckdb.execute(\"select sum(strlen(text)) from '{path}'\").fetchall()"))
    show(f"{codec}: -> lines, unecho segment", [UNECHO, "segment", "-q", "-f", "--threads", "1", "--as", "input", "--layout", "lines", path,
                                               "-o", "/dev/null"])
    show(f"{codec}: -> JSONL, unecho clean", [UNECHO, "clean", "-q", "-f", "--threads", "1", path, "-o", f"{out}.jsonl"])
    show(f"{codec}: -> Parquet, unecho clean", [UNECHO, "clean", "-q", "-f", "--threads", "1", "--as", "input", path, "-o", f"{out}.parquet"])
