#!/usr/bin/env python3
"""unecho.dedup() of texts that Python holds, beside the program on the same texts as lines of JSON.

  python.py --unecho FILE --python FILE --input FILE.jsonl[.zst] [--runs N] [--output FILE.json]

--python is of an environment with the package, pyarrow and polars. Of the calls the time of the call alone counts, with
the texts in memory; of the program all of its run. Each is a process of its own, and they take turns. The answers must
be the program's: fates, witnesses and similarities, row by row.
"""
import argparse
import hashlib
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
from common import machine, measure, write_results  # noqa: E402

PROGRAM = [("the program, to a file", "-f -o {out}/corpus.jsonl"), ("the program, --dry-run", "--dry-run")]
CALLS = [("a list of str", "texts", "unecho.dedup(given)"),
         ("an iterator of str", "iter(texts)", "unecho.dedup(given)"),
         ("pyarrow string", "pa.array(texts)", "unecho.dedup(given)"),
         ("polars frame", "pl.DataFrame({'text': texts})", "unecho.dedup(given, text='text')"),
         ("Deduplicator.add(), one by one", "texts", "[one.add(text) for text in given]")]
CHILD = """
import hashlib, json, sys, time
import pyarrow as pa, polars as pl
import unecho
texts = [json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8")]
one = unecho.Deduplicator()
given = {given}
cpu, start = time.process_time(), time.perf_counter()
fates = {call}
seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
rows = [(f.fate, f.witness, f.similarity and round(f.similarity, 6)) for f in fates]
print(json.dumps({{"seconds": seconds, "cpu_seconds": cpu, "digest": hashlib.sha256(repr(rows).encode()).hexdigest()}}))
"""


def digest_of(provenance):
    """Of the program's answers, as a child makes it of its own."""
    rows = []
    for line in open(provenance, encoding="utf-8"):
        said = json.loads(line)
        witness = int(said["witness"].rsplit("#", 1)[1]) - 1 if said.get("witness") else None
        rows.append((said["fate"], witness, float(said["similarity"]) if witness is not None else None))
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def main():
    parser = argparse.ArgumentParser()
    for name in ("unecho", "python", "input"):
        parser.add_argument(f"--{name}", type=pathlib.Path, required=True)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--output", type=pathlib.Path)
    args = parser.parse_args()
    args.unecho = args.unecho.resolve()
    load = round(os.getloadavg()[0], 1)
    with tempfile.TemporaryDirectory(prefix="unecho_bench_") as scratch:
        out = pathlib.Path(scratch)
        lines = out / "texts.jsonl"
        with subprocess.Popen(["zstdcat" if args.input.suffix == ".zst" else "cat", args.input], stdout=subprocess.PIPE) as source, \
                open(lines, "w", encoding="utf-8") as file:
            texts = [json.loads(line)["text"] for line in source.stdout]
            file.writelines(json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in texts)
        text_mb = sum(len(text.encode()) for text in texts) / 1e6
        subprocess.run([args.unecho, "dedup", "-q", "--dry-run", "--match-fields", "text", lines, "--provenance", out / "p"], check=True)
        wanted = digest_of(out / "p")
        times = {name: [] for name, *_ in PROGRAM + CALLS}
        for _ in range(args.runs):
            for name, options in PROGRAM:
                run = measure(f"{args.unecho} dedup -q --match-fields text {lines} {options.format(out=out)}", out)
                if run["exit"] != 0:
                    raise SystemExit(run["said"])
                times[name].append(run)
            for name, given, call in CALLS:
                done = subprocess.run([args.python, "-c", CHILD.format(given=given, call=call), lines], capture_output=True, text=True)
                if done.returncode != 0:
                    raise SystemExit(done.stderr)
                run = json.loads(done.stdout)
                if run["digest"] != wanted:
                    raise SystemExit(f"{name}: these are not the program's answers")
                times[name].append(run)
    rows = []
    for name, runs in times.items():
        rows.append({"given": name, "median_seconds": round(statistics.median(run["seconds"] for run in runs), 3),
                     "seconds": round(min(run["seconds"] for run in runs), 3), "cpu_seconds": round(min(run["cpu_seconds"] for run in runs), 3)})
        print(f"{name:32}{rows[-1]['seconds']:8.3f} s, median {rows[-1]['median_seconds']:6.3f}, CPU {rows[-1]['cpu_seconds']:6.3f}", file=sys.stderr)
    if args.output:
        write_results(args.output, {"machine": machine(), "command": "scripts/bench_python.sh", "python_records": len(texts), "text_mb": round(text_mb, 1),
                                    "runs": args.runs, "load": load, "rows": rows})


if __name__ == "__main__":
    main()
