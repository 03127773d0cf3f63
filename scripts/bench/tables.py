#!/usr/bin/env python3
"""What scripts/bench_tables.sh runs: reading, cleaning and writing a corpus that is a Parquet file, beside pyarrow and DuckDB reading its text.

usage: tables.py UNECHO CORPUS.jsonl.zst FOLDER RESULTS.json
"""
import json
import pathlib
import subprocess
import sys

import pyarrow as pa
import pyarrow.parquet as pq

import common

UNECHO, CORPUS, FOLDER, RESULTS = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3]), pathlib.Path(sys.argv[4])
GROUP_ROWS = 20_000
TURNS = 5

# Their CPU seconds are those of the reading alone, which they print.
TIMED = "import time; begin = time.process_time(); {}; print(time.process_time() - begin)"
PYARROW = "import pyarrow.parquet as pq; " + TIMED.format(
    "[None for batch in pq.ParquetFile('{0}').iter_batches(columns=['text'], use_threads=False)]")
DUCKDB = "import duckdb; duckdb.execute('set threads=1'); " + TIMED.format("duckdb.execute('select sum(strlen(text)) from \\'{0}\\'').fetchall()")


def fastest(command):
    runs = [common.measure(command, FOLDER) for _ in range(TURNS)]
    for run in runs:
        if run["exit"] != 0:
            sys.exit(f"{command}: {run['said']}")
        if command.startswith(sys.executable):
            run["cpu_seconds"] = float(run["said"].split()[-1])
    return min(runs, key=lambda run: run["cpu_seconds"])


def digest_of_kept(output):
    lines = subprocess.run([UNECHO, "segment", "-q", "--layout", "lines", "--as", "input", output], cwd=FOLDER, capture_output=True, check=True).stdout
    return hash(tuple(json.dumps(json.loads(line), sort_keys=True) for line in lines.splitlines()))   # JSON can be written in several ways


def main():
    text = subprocess.run(["zstd", "-dc", CORPUS], stdout=subprocess.PIPE, check=True).stdout
    (FOLDER / "corpus.jsonl").write_bytes(text)
    table = pa.Table.from_pylist([json.loads(line) for line in text.splitlines()])
    rows, kept = [], set()

    def add(source, step, command, output=None):
        run = fastest(command)
        rows.append({"from": source, "step": step, "seconds": round(run["seconds"], 3), "cpu": round(run["cpu_seconds"], 3), "peak_mb": round(run["peak_mb"], 1)})
        print(f"{source:20}{step:40}{run['cpu_seconds']:8.2f} s", file=sys.stderr)
        if output is not None:
            kept.add(digest_of_kept(output))

    clean = f"{UNECHO} clean -q -f --threads 1"
    add("JSONL", "unecho clean, to JSONL", f"{clean} corpus.jsonl -o out.jsonl", "out.jsonl")
    add("JSONL", "unecho clean, to Parquet", f"{clean} corpus.jsonl -o out.parquet", "out.parquet")
    for codec in ("none", "snappy", "zstd"):
        path = f"{codec}.parquet"
        name = "Parquet" if codec == "none" else f"Parquet, {codec}"
        pq.write_table(table, FOLDER / path, compression=codec, row_group_size=GROUP_ROWS)
        add(name, "pyarrow, the text", f'{sys.executable} -c "{PYARROW.format(path)}"')
        add(name, "DuckDB, the text", f'{sys.executable} -c "{DUCKDB.format(path)}"')
        add(name, "unecho segment, to lines", f"{UNECHO} segment -q -f --threads 1 --layout lines --as input {path} -o /dev/null")
        add(name, "unecho clean, to JSONL", f"{clean} {path} -o out.jsonl", "out.jsonl")
        add(name, "unecho clean, to Parquet", f"{clean} --as input {path} -o out.parquet", "out.parquet")
    if len(kept) != 1:
        sys.exit("the kept rows are not the same everywhere")
    common.write_results(RESULTS, {"machine": common.machine(), "command": "scripts/bench_tables.sh", "runs": TURNS, "table_records": table.num_rows,
                                   "text_bytes": sum(len(value.as_py().encode()) for value in table["text"]), "group_rows": GROUP_ROWS, "rows": rows})


main()
