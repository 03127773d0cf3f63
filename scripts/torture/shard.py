#!/usr/bin/env python3
"""Tries to make unecho shard write something else than one run: one random trial after another until the time is over.

    shard.py --unecho FILE [--seconds N | --hours N] [--seed N] [--only KIND,KIND]

Each trial is one of these kinds, chosen by its seed (`--only KIND --seed N` of the line that reports it begins with it):

    split    random records in random files with random options and policies, in one run and in shards, whose tasks are run in any order, some of
             them twice: the outputs of the shards, one behind the other, are those of the run
    stop     kill -9 at random moments, over and over, and to its end: the same
    damage   a file of a task has a bit flipped, or is cut or removed: an error that names it, or the same bytes
"""
import json
import os
import shutil
import signal
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import index  # noqa: E402
import torture  # noqa: E402
import worlds  # noqa: E402
from torture import Run, read, write  # noqa: E402

OUTPUTS = ("corpus.jsonl", "provenance.jsonl", "removed.jsonl", "rejects.jsonl")
STEPS = ("sign", "pairs", "resolve", "decide", "write")


class ShardTorture(index.IndexTorture):
    def kinds(self):
        return ["split", "stop", "damage"]

    def planned(self, chance, folder, most):
        """What one run writes, and a plan of the same; None where the options contradict one another."""
        world = index.World(chance, most)
        while "works" in world.options:
            world = index.World(chance, most)
        self.lay_down(chance, folder, world.parts)
        # A run of bibliographies would compare works, which shards do not.
        options = list(world.options) + ([] if "--compare" in world.options else ["--compare", "words"])
        if chance.random() < 0.15 and world.form in ("jsonl", "lines") and "--match" not in options:
            write(os.path.join(folder, "sets.jsonl"), worlds.written(worlds.make_records(chance, 3), "jsonl") +
                  json.dumps({"text": world.any_text}) + "\n")
            options += ["--against", "sets.jsonl"] + (["--against-layout", "jsonl"] if world.form == "lines" else [])
        policies = [[], [], ["--keep", "last"], ["--keep", "longest"]]
        if world.form in ("jsonl", "csv", "json"):
            policies += [["--keep", "year:max"], ["--keep", "title:min"], ["--mark"] if world.form == "jsonl" else []]
        options += chance.choice(policies)
        inputs = [name for part in world.parts for name in index.names_of(part)]
        line = [*inputs, *options]
        for name, option in zip(OUTPUTS, ("-o", "--provenance", "--removed", "--rejects")):
            line += [option, name]
        whole = Run([self.unecho, "clean", "-q", *line], folder)
        if whole.code == 2:
            return None
        if whole.code != 0:
            return None  # such as a field that no record has; said in other words
        plan = Run([self.unecho, "shard", "plan", "-q", "job", *line, "--shards", str(chance.choice((1, 2, 3, 7)))], folder)
        plan.expect(plan.code == 0, "no plan")
        return {name: read(os.path.join(folder, name)) for name in OUTPUTS}

    def compare(self, run, folder, wanted):
        for name in OUTPUTS:
            stem = name.split(".")[0]
            there = sorted(os.listdir(os.path.join(folder, "job", "out")))
            got = b"".join(read(os.path.join(folder, "job", "out", each)) for each in there if each.startswith(stem + "-"))
            run.expect(got == wanted[name], "%s is not that of one run" % name)

    def split(self, chance, folder):
        wanted = self.planned(chance, folder, 60 if chance.random() < 0.97 else 4000)
        if wanted is None:
            return
        for step in STEPS:
            state = subprocess.run([self.unecho, "shard", "status", "--json", "job"], cwd=folder, capture_output=True, check=True)
            tasks = list(range({each["name"]: each["tasks"] for each in json.loads(state.stdout)["steps"]}[step]))
            chance.shuffle(tasks)
            for task in tasks + chance.sample(tasks, chance.choice((0, 0, 1))):
                more = ["--threads", str(chance.choice((1, 2, 5)))] if chance.random() < 0.5 else []
                run = Run([self.unecho, "shard", step, "-q", "job", str(task), *more], folder)
                run.expect(run.code == 0, "a task fails")
        self.compare(run, folder, wanted)

    def stop(self, chance, folder):
        wanted = self.planned(chance, folder, 200)
        if wanted is None:
            return
        line = [self.unecho, "shard", "run", "-q", "job"]
        for _ in range(chance.randint(1, 12)):
            process = subprocess.Popen(line, cwd=folder, stderr=subprocess.DEVNULL)
            time.sleep(chance.random() * chance.choice((0.03, 0.2)))
            process.send_signal(signal.SIGKILL)
            process.wait()
        run = Run(line, folder)
        run.expect(run.code == 0, "it does not go on")
        self.compare(run, folder, wanted)

    def damage(self, chance, folder):
        wanted = self.planned(chance, folder, 60)
        if wanted is None:
            return
        run = Run([self.unecho, "shard", "run", "-q", "job"], folder)
        run.expect(run.code == 0, "it fails")
        # From some step on it is done anew, with a damaged file of a step before.
        first = chance.randint(1, len(STEPS) - 1)
        for step in STEPS[first:]:
            shutil.rmtree(os.path.join(folder, "job", step))
        shutil.rmtree(os.path.join(folder, "job", "out"))
        files = []
        for step in STEPS[:first]:
            for place, _, names in os.walk(os.path.join(folder, "job", step)):
                files += [os.path.join(place, name) for name in names if os.path.getsize(os.path.join(place, name)) > 0]
        if not files:
            return
        path = chance.choice(sorted(files))
        how = chance.choice(("flip", "cut", "remove"))
        data = bytearray(read(path))
        if how == "flip":
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        elif how == "cut":
            del data[chance.randrange(len(data)):]
        os.remove(path)
        if how != "remove":
            write(path, bytes(data))
        run = Run([self.unecho, "shard", "run", "-q", "job"], folder)
        run.command = run.command + ["and", how, path]
        if run.code == 0:
            return self.compare(run, folder, wanted)
        run.expect(run.code == 1 and "unecho: " in run.said, "a damaged file")
        return None


if __name__ == "__main__":
    torture.main(ShardTorture, __doc__)
