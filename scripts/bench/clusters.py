#!/usr/bin/env python3
"""What scripts/bench_clusters.sh runs: a run in shards, step by step, beside one process; by Spark; and Spark's MinHashLSH.

usage: clusters.py UNECHO QUALITY CORPUS.jsonl.zst FOLDER RESULTS.json
"""
import json
import os
import pathlib
import re
import resource
import shutil
import subprocess
import sys

import common

UNECHO, QUALITY, CORPUS = sys.argv[1:4]
FOLDER, RESULTS = pathlib.Path(sys.argv[4]), pathlib.Path(sys.argv[5])
HERE = pathlib.Path(__file__).resolve().parent
SHARDS = 7
ROUNDS = 3   # of one process and the steps in turn; of each the least counts
MADE = {"all_new": 200_000, "planted": 200_000, "titles": 1_000_000}
PEER_RECORDS = 10_000   # MinHashLSH takes minutes for twice as many


def moved():
    """Bytes that this process and its children that have ended have read and written, in the page cache or not."""
    counts = dict(line.split(": ") for line in pathlib.Path("/proc/self/io").read_text().splitlines())
    return int(counts["rchar"]), int(counts["wchar"])


def cpu_seconds():
    """Of children that have ended, in microseconds: time(1) cuts off at hundredths, of each process."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def measured(command):
    before, cpu = moved(), cpu_seconds()
    run = common.measure(command, FOLDER)
    if run["exit"] != 0:
        sys.exit(f"{command}: {run['said']}")
    after, cpu = moved(), cpu_seconds() - cpu
    return {"seconds": round(run["seconds"], 3), "cpu": round(cpu, 3), "peak_mb": round(run["peak_mb"], 1),
            "read_bytes": after[0] - before[0], "written_bytes": after[1] - before[1], "said": run["said"]}


def names_of_steps(run):
    done = subprocess.run([UNECHO, "shard", "status", "--json", run], cwd=FOLDER, stdout=subprocess.PIPE, check=True)
    return [(step["name"], step["tasks"]) for step in json.loads(done.stdout)["steps"]]


def traced(name, parts):
    """Bytes that each step maps of what others have written, at most: no counter of the kernel has them."""
    run, mapped = f"traced-{name}", {}
    subprocess.run(f"{UNECHO} shard plan -q {run} {parts} --shards {SHARDS} --provenance provenance.jsonl", shell=True, cwd=FOLDER, check=True)
    for step, _ in names_of_steps(run):
        subprocess.run(["strace", "-f", "--seccomp-bpf", "-y", "-e", "trace=mmap", "-o", "trace", UNECHO, "shard", step, "-q", run], cwd=FOLDER, check=True)
        calls = re.findall(r"mmap\(NULL, (\d+), PROT_READ, [A-Z_|]+, \d+<([^>]*)>, (\w+)", (FOLDER / "trace").read_text())
        # What several tasks map they share: each touches what it needs, so that the file counts once.
        mapped[step] = sum({(path, offset): int(size) for size, path, offset in calls if f"/{run}/" in path}.values())
    return mapped


def peaks(name, parts, shards):
    """Bytes of memory that each step has at most."""
    run, most = f"peaks-{name}-{shards}", {}
    subprocess.run(f"{UNECHO} shard plan -q {run} {parts} --shards {shards} --provenance provenance.jsonl", shell=True, cwd=FOLDER, check=True)
    for step, _ in names_of_steps(run):
        most[step] = measured(f"{UNECHO} shard {step} -q {run}")["peak_mb"] * 2**20
    return most


def parts_of(name, lines):
    folder = FOLDER / name
    folder.mkdir()
    for number in range(SHARDS):
        part = lines[len(lines) * number // SHARDS:len(lines) * (number + 1) // SHARDS]
        (folder / f"part-{number}.jsonl").write_bytes(b"".join(part))
    return " ".join(f"{name}/part-{number}.jsonl" for number in range(SHARDS))


def joined(folder, kind):
    return b"".join(path.read_bytes() for path in sorted((FOLDER / folder / "out").glob(f"{kind}-*")))


def same_bytes(folder):
    for kind in ("corpus", "provenance"):
        if joined(folder, kind) != (FOLDER / f"one-{kind}.jsonl").read_bytes():
            sys.exit(f"{folder}: the bytes of {kind} are not those of one process")


def steps(name, lines, rows):
    """One process, and the steps one after another on this machine."""
    parts, least = parts_of(name, lines), {}
    about = {"part": "steps", "input": name, "records": len(lines), "bytes": sum(map(len, lines))}

    def run_step(step, command):
        run = measured(command)
        run.pop("said")
        if step not in least or run["cpu"] < least[step]["cpu"]:
            least[step] = run

    run = f"run-{name}"
    for _ in range(ROUNDS):
        shutil.rmtree(FOLDER / run, ignore_errors=True)
        run_step("one process", f"{UNECHO} clean -q -f {parts} -o one-corpus.jsonl --provenance one-provenance.jsonl")
        run_step("plan", f"{UNECHO} shard plan -q {run} {parts} --shards {SHARDS} --provenance provenance.jsonl")
        tasks = dict(names_of_steps(run))
        for step in tasks:
            run_step(step, f"{UNECHO} shard {step} -q {run}")
        same_bytes(run)
    mapped, of_one, of_all = traced(name, parts), peaks(name, parts, SHARDS), peaks(name, parts, 1)
    for step, done in least.items():
        if step in tasks:
            done["read_bytes"] += mapped[step]
            # What a record more takes, of a task that has all against one that has a share. resolve has all of them both times.
            done["held_bytes"] = None if tasks[step] == 1 else max(0, round((of_all[step] - of_one[step]) / (len(lines) - len(lines) / SHARDS)))
        rows.append({**about, "step": step, "tasks": tasks.get(step), **done})
        print(f"{name:10}{step:14}{done['cpu']:8.2f} CPU s {done['seconds']:8.2f} s", file=sys.stderr)


def by_spark(name, lines, rows):
    """The same on two workers of one core: what the scheduler adds."""
    parts = " ".join(str(FOLDER / part) for part in parts_of(f"{name}-spark", lines).split())
    run = measured(f"{UNECHO} clean -q -f {parts} -o one-corpus.jsonl --provenance one-provenance.jsonl")
    done = subprocess.run([sys.executable, HERE / "spark_shards.py", UNECHO, FOLDER / "run-spark", str(SHARDS), "local-cluster[2,1,1024]", *parts.split()],
                          stdout=subprocess.PIPE, check=True)
    said = json.loads(done.stdout.splitlines()[-1])
    same_bytes("run-spark")
    rows.append({"part": "spark", "input": name, "records": len(lines), "one_seconds": run["seconds"], "one_cpu": run["cpu"], "seconds": round(said["seconds"], 2),
                 "cpu": round(said["program_cpu_seconds"], 2), "shuffled_bytes": said["shuffled_bytes"], "version": said["version"]})


def beside_minhash(name, lines, rows):
    """One file: what each keeps, and what is left and lost by it, by code that neither uses."""
    source = FOLDER / "peer.jsonl"
    source.write_bytes(b"".join(lines[:PEER_RECORDS]))
    pairs = common.quality(QUALITY, source, source)["pairs_left"]
    tools = {
        "Spark MinHashLSH": f"{sys.executable} {HERE}/spark_minhash.py peer.jsonl kept-minhash.jsonl 'local[2]'",
        "unecho in shards, by Spark": f"{sys.executable} {HERE}/spark_shards.py {UNECHO} {FOLDER}/run-peer {SHARDS} 'local[2]' $PWD/peer-?.jsonl",
    }
    for number in range(SHARDS):   # one input for the one, files for shards for the other
        (FOLDER / f"peer-{number}.jsonl").write_bytes(b"".join(lines[:PEER_RECORDS][PEER_RECORDS * number // SHARDS:PEER_RECORDS * (number + 1) // SHARDS]))
    for tool, command in tools.items():
        run = measured(command)
        said = json.loads(run.pop("said").splitlines()[-1])
        kept = FOLDER / "kept-minhash.jsonl"
        if "unecho" in tool:
            kept = FOLDER / "kept-unecho.jsonl"
            kept.write_bytes(joined("run-peer", "corpus"))
        quality = common.quality(QUALITY, source, kept)
        rows.append({"part": "beside", "input": name, "tool": tool, "version": said["version"], "records": PEER_RECORDS, "seconds": round(said["seconds"], 2),
                     "cpu": round(said["cpu_seconds"], 2), "shuffled_bytes": said["shuffled_bytes"], "kept": quality["kept"], "removed": quality["removed"],
                     "no_witness": quality["no_witness"], "pairs": pairs, "pairs_left": quality["pairs_left"]})


def main():
    rows = []
    name = pathlib.Path(CORPUS).name.split(".")[0]
    lines = subprocess.run(["zstd", "-dc", CORPUS], stdout=subprocess.PIPE, check=True).stdout.splitlines(keepends=True)
    load = os.getloadavg()[0]
    steps(name, lines, rows)
    for kind, records in MADE.items():
        made = subprocess.run([sys.executable, HERE / "make_data.py", kind, str(records)], stdout=subprocess.PIPE, check=True).stdout
        steps(kind, made.splitlines(keepends=True), rows)
    by_spark(name, lines, rows)
    beside_minhash(name, lines, rows)
    common.write_results(RESULTS, {"machine": common.machine(), "command": "scripts/bench_clusters.sh", "load": load, "shards": SHARDS, "rows": rows})


main()
