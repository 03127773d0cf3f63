#!/usr/bin/env python3
"""Tries to make unecho lose or invent something: one random trial after another until the time is over.

    torture.py --unecho FILE [--seconds N | --hours N] [--seed N] [--only KIND,KIND]

Each trial is one of these kinds, chosen by its seed (`--only KIND --seed N` of the line that reports it begins with it):

    world    random records with random options, in all formats: the fates are those of a naive program (worlds.py), the audit agrees,
             and the bytes of the outputs do not depend on threads, batches, compression, or on how the input arrives
    fault    a system call fails (strace --inject): the outputs are whole and the exit code 0, or it is 1, something was said, and no
             output has its name
    short    reads and writes of few bytes, and interrupted ones (short_io.c): the same bytes
    kill     a signal at a random moment: an output is whole or not there, and no temporary file is left
    limit    memory, file size, descriptors, processes and stack are limited, for this and every other command: as with a fault
    damage   archives that are cut or have a bit flipped: an error, or the same bytes
    spill    an index that is larger than --memory, with any options, and files of it that cannot be read or written, or come back
             with other bytes (bad_disk.c): as with a fault (in one of 16 turns: it takes seconds)

The last line says how many trials passed and failed; what failed is told above it, with its command.
"""
import argparse
import bz2
import gzip
import json
import lzma
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import worlds  # noqa: E402

OUTPUTS = ("corpus.jsonl", "provenance.jsonl", "rejects.jsonl", "removed.jsonl")
ERRORS = ("EIO", "ENOSPC", "ENOMEM", "EMFILE", "EACCES", "EINTR", "EAGAIN")
CALLS = ("openat", "read", "pread64", "write", "pwrite64", "writev", "mmap", "newfstatat", "fstat", "lseek", "ftruncate", "fallocate",
         "fsync", "linkat", "rename", "renameat", "renameat2", "unlink", "madvise", "clone3", "getdents64", "readlink", "fchmod",
         "fchown", "pipe2", "statfs", "sysinfo", "getrandom", "fcntl", "dup", "close")
MOST_FAILED = 10  # of a kind; then it is not tried any more


class Failed(Exception):
    pass


class Run:
    """What a command did: its exit code and what it said."""
    of_trial = []  # the commands, in order

    def __init__(self, command, folder, **more):
        self.command = command
        Run.of_trial.append(" ".join(map(str, command)))
        done = subprocess.run(command, cwd=folder, stdin=more.pop("stdin", subprocess.DEVNULL), stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=60, **more)
        self.code, self.out, self.said = done.returncode, done.stdout, done.stderr.decode("utf-8", "replace")

    def expect(self, holds, what):
        if not holds:
            raise Failed("%s\n    %s\n    exit code %d: %s" % (what, " ".join(map(str, self.command)), self.code, self.said.strip()[:600]))


def read(path):
    with open(path, "rb") as file:
        return file.read()


def write(path, data):
    with open(path, "wb") as file:
        file.write(data if isinstance(data, bytes) else data.encode())


def command(unecho, inputs, options=(), place=""):
    out = [unecho, "clean", "-q", *inputs, *options, "-o", place + OUTPUTS[0]]
    for name, option in zip(OUTPUTS[1:], ("--provenance", "--rejects", "--removed")):
        out += [option, place + name]
    return out


def outputs(folder):
    return {name: read(os.path.join(folder, name)) for name in OUTPUTS if os.path.exists(os.path.join(folder, name))}


def leftovers(folder):
    return sorted(name for name in os.listdir(folder) if ".unecho-" in name)


class Torture:
    def __init__(self, unecho, place):
        self.unecho = os.path.abspath(unecho)
        self.place = place
        self.preload = self.compiled_preload("short_io")
        self.bad_disk = self.compiled_preload("bad_disk")
        self.has_strace = shutil.which("strace") is not None and subprocess.run(
            ["strace", "-o", os.devnull, "true"], stderr=subprocess.DEVNULL).returncode == 0
        self.loader_calls = None

    def compiled_preload(self, name):
        compiler = shutil.which("cc") or shutil.which("gcc")
        if compiler is None:
            return None
        library = os.path.join(self.place, name + ".so")
        source = os.path.join(os.path.dirname(os.path.abspath(__file__)), name + ".c")
        done = subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"])
        return library if done.returncode == 0 else None

    def kinds(self):
        out = ["world", "kill", "limit", "damage", "spill"]
        for kind, there, why in (("fault", self.has_strace, "no strace that may trace here"), ("short", self.preload, "no C compiler")):
            if there:
                out.append(kind)
            else:
                print("skipped: %s (%s)" % (kind, why))
        return out

    # --- inputs -------------------------------------------------------------------------------------------------------------
    def small_input(self, chance, folder):
        """A file of some kind with duplicates and something to reject; gives its name and options."""
        records = worlds.make_records(chance, chance.randint(5, 60))
        form = chance.choice(worlds.FORMATS)
        data = worlds.written(records, form)
        if form == "jsonl":
            data += '{"title": 5}\n{broken\n'
        name = "in." + form
        write(os.path.join(folder, name), data)
        options = chance.choice(([], ["--keep", "longest"], ["--dedup-lines"], ["--mark"], ["--threads", "1"], ["--as", "input"],
                                 ["--annotate"], ["--exact-join"]))
        return name, options

    def compressed(self, data, kind):
        if kind == "gz":
            return gzip.compress(data)
        if kind == "bz2":
            return bz2.compress(data)
        if kind == "xz":
            return lzma.compress(data)
        tool = {"zst": ["zstd", "-q", "--check", "-c"], "lz4": ["lz4", "-q", "-c"]}[kind]
        return subprocess.run(tool, input=data, stdout=subprocess.PIPE, check=True).stdout

    # --- what must hold after a run that may have failed -----------------------------------------------------------------------
    def expect_whole_or_nothing(self, run, folder, wanted, may_say_nothing=False, may_leave=False):
        run.expect(run.code in (0, 1), "an exit code that nobody has promised")
        there = outputs(folder)
        if run.code == 0:
            run.expect(there == wanted, "exit code 0, and the outputs are not those of a run that nothing happened to: %s" %
                       [name for name in OUTPUTS if there.get(name) != wanted.get(name)])
        else:
            run.expect(may_say_nothing or "unecho: " in run.said, "exit code 1 without a word")
            run.expect(all(there[name] == wanted[name] for name in there), "an output has its name and is not whole")
        if not may_leave:
            run.expect(not leftovers(folder), "temporary files are left: %s" % leftovers(folder))

    def reference(self, folder, name, options):
        place = os.path.join(folder, "reference")
        os.mkdir(place)
        run = Run(command(self.unecho, [name], options, "reference/"), folder)
        run.expect(run.code == 0, "a run to which nothing happens fails")
        return outputs(place)

    def large_input(self, chance, folder):
        """Short records, of which a third are copies: exact, or of a word more."""
        words = ["".join(chance.choices("etaoinshrdlu", k=chance.randint(2, 9))) for _ in range(3000)]
        texts, lines = [], []
        for i in range(chance.randint(60_000, 100_000)):
            if i % 3 == 2:
                text = chance.choice(texts) + chance.choice(("", " " + chance.choice(words)))
            else:
                text = " ".join(chance.choices(words, k=chance.randint(6, 20)))
                texts.append(text)
            lines.append('{"id":%d,"of":"%s","at":%d,"text":"%s"}\n' % (i, chance.choice("ab"), chance.randrange(90_000), text))
        write(os.path.join(folder, "in.jsonl"), "".join(lines))
        return "in.jsonl", ["--match-fields", "text", *chance.choice(
            ([], [], ["--keep", "longest"], ["--within", "of"], ["--differ", "of"], ["--key", "at"], ["--compare", "characters"],
             ["--threshold", "0.5"], ["--threads", "1"], ["--threads", "4"]))]

    # --- the kinds --------------------------------------------------------------------------------------------------------------
    def world(self, chance, folder):
        records = worlds.make_records(chance, chance.randint(2, 70))
        rule = worlds.Rule(chance)
        want = worlds.decide(records, rule)
        form = chance.choice(worlds.FORMATS)
        name = "in." + form
        write(os.path.join(folder, name), worlds.written(records, form))
        options = rule.options(form) + ["--exact-join"]
        run = Run(command(self.unecho, [name], options), folder)
        run.expect(run.code == 0, "it fails")
        got = [json.loads(line) for line in read(os.path.join(folder, "provenance.jsonl")).splitlines()]
        run.expect(len(got) == len(records), "%d records of %d" % (len(got), len(records)))
        for i, (line, fate) in enumerate(zip(got, want)):
            is_kept = line["fate"] == "kept"
            run.expect(is_kept == (fate is None), "record %d is %s, it should be %s" % (i + 1, line["fate"], fate))
            if fate is not None:
                run.expect((line["fate"], line["witness"]) == (fate[0], "%s#%d" % (name, fate[1] + 1)),
                           "record %d is %s for %s, it should be %s for #%d" % (i + 1, line["fate"], line["witness"], fate[0], fate[1] + 1))
        audit = Run([self.unecho, "audit", "-q", "--recall", "--provenance", "provenance.jsonl", "--corpus", "corpus.jsonl", *rule.options(form), name],
                    folder)
        audit.expect(audit.code == 0, "the audit does not agree")

        # Another way to the same bytes.
        wanted = outputs(folder)
        data = read(os.path.join(folder, name))
        other = os.path.join(folder, "other")
        os.mkdir(other)
        more = ["--threads", str(chance.choice((1, 2, 3, 8))), "--batch-size", chance.choice(("1KiB", "4KiB", "1MiB"))]
        kind = chance.choice(("plain", "gz", "bz2", "xz", "zst", "lz4", "pipe"))
        if kind == "pipe":
            reading, writer = self.slow_pipe(chance, data)
            pieces = Run(command(self.unecho, ["-"], ["--stdin-name", name, *options, *more], "other/"), folder, stdin=reading)
            os.close(reading)
            os.waitpid(writer, 0)
        else:
            where = os.path.join(other, name)
            write(where, data if kind == "plain" else self.compressed(data, kind))
            pieces = Run(command(self.unecho, [name], [*options, *more]), other)
            os.remove(where)
        pieces.expect(pieces.code == 0 and outputs(other) == wanted, "other bytes by %s %s" % (kind, more))

    def slow_pipe(self, chance, data):
        """The reading end of a pipe into which another process writes `data` in pieces, and that process."""
        reading, writing = os.pipe()
        writer = os.fork()
        if writer == 0:
            try:
                os.close(reading)
                while data:
                    size = chance.choice((1, 7, 100, 4096, 65536))
                    os.write(writing, data[:size])
                    data = data[size:]
            finally:
                os._exit(0)
        os.close(writing)
        return reading, writer

    def fault(self, chance, folder):
        name, options = self.small_input(chance, folder)
        wanted = self.reference(folder, name, options)
        counts = self.counted(command(self.unecho, [name], [*options, "-f"]), folder)
        for each in OUTPUTS:
            os.remove(os.path.join(folder, each))
        call = chance.choice([each for each in CALLS if counts.get(each, 0) > self.loader_calls_of(each, folder)])
        first = self.loader_calls_of(call, folder) + 1
        when = "%d%s" % (chance.randint(first, counts[call]), chance.choice(("", "", "+")))
        error = chance.choice(ERRORS)
        if error in ("EINTR", "EAGAIN"):
            when = when.rstrip("+")  # what says so for ever is tried again for ever
        run = Run(["strace", "-f", "-qq", "-o", os.devnull, "-e", "inject=%s:error=%s:when=%s" % (call, error, when),
                   *command(self.unecho, [name], options)], folder)
        # The word itself may have failed, and so may the removal of a file.
        self.expect_whole_or_nothing(run, folder, wanted, may_say_nothing=call in ("write", "writev"), may_leave=call in ("unlink",))

    def counted(self, run, folder):
        """How often each system call is made."""
        table = os.path.join(folder, "calls")
        subprocess.run(["strace", "-f", "-qq", "-c", "-o", table, *run], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        out = {}
        for line in open(table):
            parts = line.split()
            if len(parts) >= 5 and parts[3].isdigit():
                out[parts[-1]] = int(parts[3])
        os.remove(table)
        return out

    def short(self, chance, folder):
        name, options = self.small_input(chance, folder)
        wanted = self.reference(folder, name, options)
        kind = chance.choice(("plain", "plain", "gz", "bz2", "xz", "zst", "lz4"))
        if kind != "plain":
            write(os.path.join(folder, name), self.compressed(read(os.path.join(folder, name)), kind))
        environment = dict(os.environ, LD_PRELOAD=self.preload, TORTURE_SEED=str(chance.randrange(1 << 30)))
        run = Run(command(self.unecho, [name], options), folder, env=environment)
        run.expect(run.code == 0 and outputs(folder) == wanted, "other bytes by short reads and writes of %s" % kind)

    def kill(self, chance, folder):
        records = worlds.make_records(chance, 60)
        write(os.path.join(folder, "in.jsonl"), worlds.written(records, "jsonl") * chance.choice((1, 50, 400)))
        options = chance.choice(([], ["--keep", "longest"], ["--threads", "1"]))
        wanted = self.reference(folder, "in.jsonl", options)
        which = chance.choice((signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGKILL))
        line = command(self.unecho, ["in.jsonl"], options)
        process = subprocess.Popen(line, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        time.sleep(chance.random() ** 2 * 0.2)
        process.send_signal(which)
        said = process.communicate(timeout=60)[1].decode()
        run = Run(["true"], folder)
        run.command, run.code, run.said = line + ["and", which.name], process.returncode, said
        # Before main() the signal does what it does by default.
        run.expect(run.code in (0, 128 + which, -which), "an exit code that nobody has promised")
        there = outputs(folder)
        run.expect(all(there[name] == wanted[name] for name in there), "an output has its name and is not whole")
        run.expect(run.code != 0 or there == wanted, "exit code 0, and an output is not there")
        run.expect(not leftovers(folder), "temporary files are left: %s" % leftovers(folder))

    def limit(self, chance, folder):
        name, options = self.small_input(chance, folder)
        which, value = chance.choice((
            (resource.RLIMIT_AS, int(2 ** chance.uniform(25, 32))),
            (resource.RLIMIT_AS, int(chance.uniform(40, 400) * 2 ** 20)),
            (resource.RLIMIT_DATA, int(2 ** chance.uniform(20, 30))),
            (resource.RLIMIT_FSIZE, chance.choice((0, 1, 100, 4096, 20000))),
            (resource.RLIMIT_NOFILE, chance.randint(4, 24)),
            (resource.RLIMIT_NPROC, chance.randint(1, 12)),
            (resource.RLIMIT_STACK, int(2 ** chance.uniform(18, 23)))))
        threads = [] if "--threads" in options else ["--threads", chance.choice(("1", "2", "8"))]
        under = ["with limit", which, "at", value]
        if chance.random() < 0.5:
            wanted = self.reference(folder, name, options)
            run = self.limited(command(self.unecho, [name], options + threads), folder, which, value)
            run.command = run.command + under
            if run.code != 127:
                self.expect_whole_or_nothing(run, folder, wanted)
            return
        line = self.other_command(chance, folder, name, options, threads)
        before = sorted(os.listdir(folder))
        free = Run(line, folder)
        free.expect(free.code in (0, 1), "an exit code that nobody has promised")
        if os.path.exists(os.path.join(folder, "page.html")):
            os.remove(os.path.join(folder, "page.html"))
        run = self.limited(line, folder, which, value)
        run.command = run.command + under
        if run.code == 127:
            return
        run.expect(run.code in (0, 1), "an exit code that nobody has promised")
        run.expect(run.code == 0 or run.code == free.code or "unecho: " in run.said, "exit code 1 without a word")
        run.expect(run.code == 1 or run.out == free.out, "exit code 0, and it does not say what it says without a limit")
        there = [each for each in sorted(os.listdir(folder)) if run.code == 1 or each != "page.html"]
        run.expect(there == before, "files come or go: %s" % there)

    def other_command(self, chance, folder, name, options, threads):
        """A command that reads what a run has written, or looks at its input."""
        made = Run([*command(self.unecho, [name], options), "--report", "report.json"], folder)
        made.expect(made.code == 0, "a run to which nothing happens fails")
        told = ["--provenance", OUTPUTS[1]]
        return [self.unecho] + chance.choice((
            ["audit", *told, "--corpus", OUTPUTS[0], "--recall", name],
            ["explain", "%s#%d" % (name, chance.randint(1, 5)), *told, name],
            ["stats", OUTPUTS[1]],
            ["report", "report.json", *told, "-o", "page.html", name],
            ["tune", *threads, name],
            ["segment", *threads, name],
            ["inspect", name]))

    def limited(self, line, folder, which, value):
        """Runs it under a limit of the system; exit code 127 if it did not even begin."""
        program = os.open(self.unecho, os.O_RDONLY)  # now: others may not look into our folders
        os.chmod(folder, 0o777)
        os.chmod(self.place, 0o755)

        def under():
            if which == resource.RLIMIT_NPROC and os.geteuid() == 0:
                os.setuid(54321)  # the limit does not hold for root
            resource.setrlimit(which, (value, value))

        try:
            run = Run(["/proc/self/fd/%d" % program, *line[1:]], folder, preexec_fn=under, pass_fds=[program])
        except (subprocess.SubprocessError, OSError):
            run = Run(["true"], folder)
            run.code = 127
        finally:
            os.close(program)
        run.command = line
        return run

    def spill(self, chance, folder):
        name, options = self.large_input(chance, folder)
        wanted = self.reference(folder, name, [*options, "--memory", "2G"])
        line = command(self.unecho, [name], [*options, "--memory", "%dM" % chance.randint(26, 80)])
        environment = None
        if self.bad_disk and chance.random() < 0.3:
            environment = dict(os.environ, LD_PRELOAD=self.bad_disk, TORTURE_SEED=str(int(10 ** (chance.random() * 5))))
        elif self.has_strace and chance.random() < 0.5:
            call = chance.choice(("pread64", "pwrite64", "openat", "mmap"))
            when = "%d%s" % (self.loader_calls_of(call, folder) + int(10 ** (chance.random() * 4)), chance.choice(("", "+")))
            line = ["strace", "-f", "-qq", "-o", os.devnull, "-e", "trace=" + call, "-e",
                    "inject=%s:error=%s:when=%s" % (call, chance.choice(("EIO", "ENOSPC", "ENOMEM")), when), *line]
        self.expect_whole_or_nothing(Run(line, folder, env=environment), folder, wanted)

    def loader_calls_of(self, call, folder):
        if self.loader_calls is None:
            self.loader_calls = self.counted([self.unecho, "--version"], folder)
        return self.loader_calls.get(call, 0)

    def damage(self, chance, folder):
        name, options = self.small_input(chance, folder)
        wanted = self.reference(folder, name, options)
        kind = chance.choice(("gz", "bz2", "xz", "zst", "lz4"))
        data = bytearray(self.compressed(read(os.path.join(folder, name)), kind))
        if chance.random() < 0.5:
            del data[chance.randint(max(1, len(data) // 4), len(data) - 1):]
        else:
            at = chance.randrange(4 if kind != "gz" else 10, len(data))
            data[at] ^= 1 << chance.randrange(8)
        write(os.path.join(folder, name), bytes(data))
        run = Run(command(self.unecho, [name], options), folder)
        self.expect_whole_or_nothing(run, folder, wanted)

    def trial(self, kind, seed):
        folder = tempfile.mkdtemp(dir=self.place)
        Run.of_trial.clear()
        try:
            getattr(self, kind)(random.Random(seed), folder)
            shutil.rmtree(folder)
            return True
        except Failed as failure:
            print("FAILED %s --seed %d: %s\n    in %s: %s" % (kind, seed, failure, folder, "\n        ".join([""] + Run.of_trial)), flush=True)
        except subprocess.TimeoutExpired as hang:
            print("FAILED %s --seed %d: it hangs: %s\n    in %s" % (kind, seed, " ".join(map(str, hang.cmd)), folder), flush=True)
        except Exception:  # what a run has written cannot even be read
            print("FAILED %s --seed %d: %s\n    in %s" % (kind, seed, traceback.format_exc(), folder), flush=True)
        return False


def main(torture_class, documentation):
    parser = argparse.ArgumentParser(description=documentation, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--unecho", required=True)
    parser.add_argument("--seconds", type=float, default=100)
    parser.add_argument("--hours", type=float)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="")
    arguments = parser.parse_args()
    seconds = arguments.hours * 3600 if arguments.hours else arguments.seconds

    place = tempfile.mkdtemp(prefix="unecho-torture-")
    torture = torture_class(arguments.unecho, place)
    kinds = torture.kinds()
    if arguments.only:
        kinds = [kind for kind in kinds if kind in arguments.only.split(",")]
    if not kinds:
        sys.exit("nothing to try")
    counts = {kind: [0, 0] for kind in kinds}
    end, seed = time.monotonic() + seconds, arguments.seed
    while time.monotonic() < end:
        for kind in kinds:
            if counts[kind][1] == MOST_FAILED or (kind == "spill" and seed % 16 != 1 and len(kinds) > 1):
                continue
            counts[kind][not torture.trial(kind, seed)] += 1
        seed += 1
    for kind, (passed, failed) in counts.items():
        print("%-8s %d passed, %d failed" % (kind, passed, failed))
    failed = sum(each[1] for each in counts.values())
    if failed == 0:
        shutil.rmtree(place)
    print("%d passed, %d failed" % (sum(each[0] for each in counts.values()), failed))
    sys.exit(failed > 0)


if __name__ == "__main__":
    main(Torture, __doc__)
