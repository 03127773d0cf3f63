#!/usr/bin/env python3
"""The rows of bench.sh: makes the inputs, runs every command, and writes the results.

Every command runs once for what it keeps, its memory and the quality of its answer; that is the warm-up. Then
hyperfine times it; what it wrote is removed before each run, with the clock stopped. The commands on one input take
turns, one run each, so that ratios hold on a machine that is not always equally fast. Growth is measured apart, in turns of
a hundred thousand and a million records, behind a process that touches and frees more memory than they need: a virtual
machine pays for a page that its host has to find first (about 2 s a GB here), and only the larger run would.
"""
import argparse
import hashlib
import json
import pathlib
import re
import shlex
import shutil
import statistics
import subprocess
import sys

sys.dont_write_bytecode = True
from common import ROOT, machine, measure, quality, write_results  # noqa: E402

# Name, kind and records of each made input; how its quality is known: "checked" by unecho_quality, or "made so"
# (make_data.py says how: what must be kept is known, and the checker would take minutes), and then how many records
# must be kept.
INPUTS = {
    "all_new": ("all_new", 100_000, "checked"),
    "all_new_1m": ("all_new", 1_000_000, 1_000_000),
    "identical": ("identical", 100_000, "checked"),
    "template_90": ("template_90", 100_000, "checked"),
    "template_60": ("template_60", 10_000, 10_000),
    "template_60_100k": ("template_60", 100_000, 100_000),
    "log_lines": ("log_lines", 80_000, 80_000),
    "short": ("short", 1_000_000, "checked"),
    "long": ("long", 8, "checked"),
    "titles": ("titles", 5_000_000, "checked"),   # never fewer: the point is that they repeat
}


TOUCHED_BYTES = 5 << 30   # more than the runs of scaling() and what they write to memory need


class Bench:
    def __init__(self, args):
        self.args = args
        self.rows = []
        self.group = []          # rows not timed yet, with their commands
        self.yardstick = {}      # (input, threads) -> median seconds
        self.known_quality = {}  # (input, digest of what was kept) -> counts

    # --- inputs ----------------------------------------------------------------------------------------------------

    def path(self, name):
        return self.args.inputs / f"{name}.jsonl"

    def make(self, name):
        path = self.path(name)
        if path.exists():
            return
        kind, records, _ = INPUTS[name]
        records = max(8, records // 10) if self.args.quick and kind != "titles" else records
        part = path.with_suffix(".part")
        with open(part, "wb") as out:
            subprocess.run([sys.executable, ROOT / "scripts/bench/make_data.py", kind, str(records)], stdout=out, check=True)
        part.rename(path)

    def take_real(self):
        """The name of the input of real records, without suffixes; None without it."""
        if self.args.real is None:
            return None
        name = self.args.real.name.split(".")[0]
        path = self.path(name)
        if not path.exists():
            with open(path, "wb") as out:
                subprocess.run(["zstd", "-dcqf", self.args.real], stdout=out, check=True)   # plain files pass as they are
            if self.args.quick:
                size = path.stat().st_size // 10
                with open(path, "rb+") as file:
                    file.seek(size)
                    file.readline()
                    file.truncate()
        return name

    def compress(self, name):
        for suffix, command in ((".gz", "gzip -kf"), (".zst", "zstd -qkf")):
            if not self.path(name).with_name(f"{name}.jsonl{suffix}").exists():
                subprocess.run(f"{command} {self.path(name)}", shell=True, check=True)

    # --- one row ---------------------------------------------------------------------------------------------------

    def digest(self):
        out = self.args.out / "out"
        if not out.exists():
            return None
        with open(out, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def judge(self, name, kept):
        """What is wrong with the answer in `out`: no_witness and pairs_left. Nothing where only the number of kept records is known."""
        expected = INPUTS[name][2] if name in INPUTS else "checked"
        if expected != "checked":
            if kept != expected and not self.args.quick:
                raise SystemExit(f"{name}: {kept} records were kept; it is made so that {expected} must be")
            return {}
        key = (name, self.digest())
        if key not in self.known_quality:
            counts = quality(self.args.quality, self.path(name), self.args.out / "out")
            self.known_quality[key] = {"no_witness": counts["no_witness"], "pairs_left": counts["pairs_left"]}
        return self.known_quality[key]

    def time_group(self, runs=None):
        """Times the rows that have been added since the last call, in turns."""
        runs = runs or self.args.runs
        report = self.args.out / "times.json"
        taken = [[] for _ in self.group]
        for _ in range(runs if runs > 1 else 0):
            for (_, command), times in zip(self.group, taken):
                # A shell of its own, which costs 2 ms, in place of hyperfine's, which is measured anew for every call.
                subprocess.run(["hyperfine", "-N", "--runs", "1", "--prepare", "rm -f out prov", "--export-json", report,
                                f"bash -c {shlex.quote(command)}"], cwd=self.args.out, check=True, capture_output=True)
                times.append(json.loads(report.read_text())["results"][0])
        for (row, _), times in zip(self.group, taken):
            if times:
                row["median"] = round(statistics.median(time["median"] for time in times), 4)
                row["min"] = round(min(time["min"] for time in times), 4)
                row["cpu"] = round(statistics.median(time["user"] + time["system"] for time in times), 4)
            row["mb_per_second"] = round(self.path(row["input"]).stat().st_size / 1e6 / row["median"], 1)
            key = row["input"], row["threads"]
            if row["tool"] == "yardstick":
                self.yardstick[key] = row["median"]
            elif key in self.yardstick and (row["from"], row["to"]) == ("plain", "file") and "--keep" not in row["command"]:
                row["of_yardstick"] = round(row["median"] / self.yardstick[key], 2)
            print(f"{row['tool']:10} {row['input']:16} {row['from']:5} -> {row['to']:4} {row['threads']} {row['median']:8.3f} s "
                  f"{row['mb_per_second']:8.1f} MB/s", file=sys.stderr)
        self.rows += [row for row, _ in self.group]
        self.group = []

    def row(self, tool, name, command, threads=0, form="plain", to="file"):
        """Adds one to the group. `form` and `to`: how the input came and where the output went. threads 0: the tool has no say."""
        for left in ("out", "prov"):
            (self.args.out / left).unlink(missing_ok=True)
        row = {"tool": tool, "input": name, "from": form, "to": to, "threads": threads, "command": command}
        for directory in (self.args.inputs, self.args.unecho.parent, self.args.yardstick.parent if self.args.yardstick else None):
            if directory is not None:
                row["command"] = row["command"].replace(f"{directory}/", "")
        first = measure(command, self.args.out)
        if first["exit"] != 0:
            raise SystemExit(f"{command}\nexit code {first['exit']}: {first['said'][-400:]}")
        row["peak_mb"] = round(first["peak_mb"], 1)
        kept = re.search(r"\bkept (\d+)\b", first["said"])
        out = self.args.out / "out"
        if kept:
            row["kept"] = int(kept[1])
        elif out.exists():
            row["kept"] = sum(1 for _ in open(out, "rb"))
        if tool in ("unecho", "yardstick") and out.exists():
            row.update(self.judge(name, row["kept"]))
        row.update(median=round(first["seconds"], 4), min=round(first["seconds"], 4), cpu=round(first["cpu_seconds"], 4))
        self.group.append((row, command))

    # --- rows ------------------------------------------------------------------------------------------------------

    def floors(self, name):
        path = self.path(name)
        self.row("cat", name, f"cat {path} > /dev/null", to="null")
        self.row("wc -l", name, f"wc -l < {path}", to="null")
        self.row("sort -u", name, f"LC_ALL=C sort -u {path} > out")

    def unecho(self, name, threads, form="plain", to="file", more=""):
        suffix = "" if form == "plain" else f".{form}"
        command = f"{self.args.unecho} dedup --match-fields text --threads {threads}{more} {self.path(name)}{suffix}"
        command += " -o out --provenance prov" if to == "file" else " | cat > /dev/null"
        self.row("unecho", name, command, threads, form, to)

    def beside_yardstick(self, name, all_threads=(1, 2)):
        for threads in all_threads:
            if self.args.yardstick is not None:
                self.row("yardstick", name, f"{self.args.yardstick} {self.path(name)} out prov t=0.7 j={threads}", threads)
            self.unecho(name, threads)

    def run(self):
        names = [name for name in INPUTS if self.args.slow or name != "template_60_100k"]
        for name in names:
            self.make(name)
        real = self.take_real()
        for name in filter(None, (real, "all_new")):
            self.compress(name)
            self.floors(name)
            self.beside_yardstick(name)
            for form, to in (("plain", "pipe"), ("gz", "file"), ("gz", "pipe"), ("zst", "file"), ("zst", "pipe")):
                for threads in (1, 2):
                    self.unecho(name, threads, form, to)
            if name == real:
                self.unecho(real, 2, more=" --keep last")
                self.time_group()
        for name in names[1:]:
            slow = name == "template_60_100k"
            self.beside_yardstick(name, (2,) if slow else (1, 2))
            self.time_group(1 if slow else None)

    def scaling(self):
        """Cost per record of a million new records, as a multiple of that of a hundred thousand: medians of ratios in turn."""
        ratios = {}
        for _ in range(self.args.runs):
            for threads in (1, 2):
                commands = {"unecho": lambda path: f"{self.args.unecho} dedup -q --match-fields text --threads {threads} {path} -o out --provenance prov"}
                if self.args.yardstick is not None:
                    commands["yardstick"] = lambda path: f"{self.args.yardstick} {path} out prov t=0.7 j={threads}"
                for tool, command in commands.items():
                    cost = {}
                    for name in ("all_new", "all_new_1m"):
                        for left in ("out", "prov"):
                            (self.args.out / left).unlink(missing_ok=True)
                        subprocess.run([sys.executable, "-c", f"b'x' * {TOUCHED_BYTES}"], check=True)
                        cost[name] = measure(command(self.path(name)), self.args.out)["seconds"] / self.records(name)
                    ratios.setdefault(f"{tool}, {threads} threads", []).append(cost["all_new_1m"] / cost["all_new"])
        return {of: round(statistics.median(each), 3) for of, each in ratios.items()}

    def records(self, name):
        with open(self.path(name), "rb") as file:
            return sum(1 for _ in file)


def main():
    parser = argparse.ArgumentParser()
    for name in ("unecho", "quality", "inputs", "out", "output"):
        parser.add_argument(f"--{name}", type=pathlib.Path, required=True)
    parser.add_argument("--yardstick", type=pathlib.Path)
    parser.add_argument("--real", type=pathlib.Path)
    parser.add_argument("--runs", type=int)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--slow", action="store_true")
    args = parser.parse_args()
    args.runs = args.runs or (1 if args.quick else 5)
    if args.yardstick is None:
        print("no yardstick (UNECHO_YARDSTICK): its rows, and the ratios to it, are left out", file=sys.stderr)
    if args.real is None:
        print("no real records (UNECHO_BENCH_INPUT): their rows are left out", file=sys.stderr)
    if shutil.which("hyperfine") is None:
        raise SystemExit("hyperfine is not installed")
    bench = Bench(args)
    bench.run()
    file_system = subprocess.run(["stat", "-f", "-c", "%T", args.out], capture_output=True, text=True).stdout.strip()
    inputs = {name: {"bytes": bench.path(name).stat().st_size, "records": bench.records(name)}
              for name in dict.fromkeys(row["input"] for row in bench.rows)}
    write_results(args.output, {
        "machine": machine(), "command": "scripts/bench.sh", "runs": args.runs, "written_to": file_system,
        "has_yardstick": args.yardstick is not None, "inputs": inputs, "cost_per_record_1m_to_100k": bench.scaling(), "rows": bench.rows})


main()
