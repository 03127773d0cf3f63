#!/usr/bin/env python3
"""Runs the peers and unecho on one input, and writes what it took and how good the answer is.

usage: peer_runs.py --venvs DIR --unecho FILE --quality FILE --input FILE --work DIR --output FILE TOOL...

One run a tool, one after the other; the time is that of the whole process, imports included. `cpu_seconds` beside
`seconds` shows whether one process was one core. A tool that does not install or run gets a row that says why.
"""
import argparse
import pathlib
import shutil
import subprocess
import sys

sys.dont_write_bytecode = True
from common import machine, measure, quality, write_results  # noqa: E402

# What each tool cannot do as the others do; in the results, beside its row.
NOTES = {
    "unecho": "21 bands x 3 rows, verified; --threads 1, with --provenance",
    "rensa": "drops candidates by estimated similarity",
    "gaoya": "its own word analyser; drops candidates by estimated similarity",
    "datasketch": "candidates are not verified",
    "text-dedup": "words between any two non-word characters, empty ones included; union-find; Arrow, turned into JSONL",
    "datatrove": "given the word rule of the others in place of spaCy's; union-find",
    "data-juicer": "words at white space, punctuation dropped; union-find",
}
# One core each, also in libraries that would take more.
ONE_THREAD = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS",
                                     "POLARS_MAX_THREADS")}
ONE_THREAD.update({"TOKENIZERS_PARALLELISM": "false", "HF_HUB_OFFLINE": "1", "HF_DATASETS_DISABLE_PROGRESS_BARS": "1"})


def version(venv, tool):
    package = "py-data-juicer" if tool == "data-juicer" else tool
    shown = subprocess.run([venv / "bin/pip", "show", package], capture_output=True, text=True).stdout
    return next((line.split()[1] for line in shown.splitlines() if line.startswith("Version:")), "")


def run(tool, args, work):
    kept = work / "kept.jsonl"
    row = {"tool": tool, "note": NOTES[tool]}
    if tool == "unecho":
        row["version"] = subprocess.run([args.unecho, "--version"], capture_output=True, text=True).stdout.split()[-1]
        command = f"{args.unecho} dedup --match-fields text --threads 1 {args.input} -o {kept} --provenance {work}/provenance.jsonl"
    else:
        venv = args.venvs / tool
        failed = venv / "failed"
        if failed.exists():
            return {**row, "error": "does not install: " + failed.read_text().strip()}
        row["version"] = version(venv, tool)
        adapter = pathlib.Path(__file__).resolve().parent / "peers.py"
        command = f"{venv}/bin/python {adapter} {tool} {args.input} {kept} {work}/state"
    took = measure(command, work, {**ONE_THREAD, "HF_HOME": str(work / "hf")})
    if took["exit"] != 0 or not kept.exists():
        said = [line for line in took["said"].splitlines() if line.strip()]
        return {**row, "error": f"does not run (exit code {took['exit']}): {said[-1][:200] if said else ''}"}
    size = args.input.stat().st_size
    row.update(seconds=round(took["seconds"], 3), cpu_seconds=round(took["cpu_seconds"], 3),
               mb_per_second=round(size / 1e6 / took["seconds"], 2), peak_mb=round(took["peak_mb"]))
    row.update(quality(args.quality, args.input, kept))
    return row


def main():
    parser = argparse.ArgumentParser()
    for name in ("venvs", "unecho", "quality", "input", "work", "output"):
        parser.add_argument(f"--{name}", type=pathlib.Path, required=True)
    parser.add_argument("tools", nargs="+", choices=list(NOTES))
    args = parser.parse_args()
    rows = []
    for tool in args.tools:
        work = args.work / tool
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(parents=True)
        row = run(tool, args, work)
        shutil.rmtree(work)
        print({key: value for key, value in row.items() if key != "note"}, flush=True)
        rows.append(row)
    records = next((row["records"] for row in rows if "records" in row), 0)
    write_results(args.output, {
        "machine": machine(),
        "command": "scripts/bench_peers.sh",
        "input": {"name": args.input.stem, "bytes": args.input.stat().st_size, "records": records, "field": "text"},
        "settings": "shingles of 5 lower-cased words, 14 bands x 8 rows, threshold .7, one process; one run each",
        "rows": rows})


main()
