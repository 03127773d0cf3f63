#!/usr/bin/env python3
"""`unecho shard slurm FOLDER | sh` on a Slurm of one machine, which this starts: the bytes of one process, also when a task is killed and
requeued, and when a failed run is submitted again.

  slurm.py --unecho BINARY --data DIR [--slurm FOLDER_OF_PACKAGES] [--stand-in]

Where there is no Slurm (scripts/slurm.sh fetches it), or where it does not start, a stand-in for sbatch runs the tasks at once.
"""
import argparse
import contextlib
import json
import os
import pathlib
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
import time

PATIENCE_SECONDS = 90

STAND_IN = r"""#!/usr/bin/env python3
# sbatch, but that it runs the tasks before it returns, and again if they ask for it by exit code 99.
import os, subprocess, sys
options = dict(argument[2:].partition("=")[::2] for argument in sys.argv[1:])
folder = os.environ["STAND_IN"]
for job in options.get("dependency", "afterok").split(":")[1:]:
    if open(f"{folder}/{job}").read() != "ok":
        options["array"] = ""
job = str(len(os.listdir(folder)) + 1)
failed = "dependency" in options and not options["array"]
for part in filter(None, options["array"].split(",")):
    first, _, last = part.partition("-")
    for task in range(int(first), int(last or first) + 1):
        name = options["output"].replace("%A", job).replace("%a", str(task))
        code = 99
        while code == 99:
            with open(name, "a") as said:
                environment = dict(os.environ, SLURM_ARRAY_TASK_ID=str(task), SLURM_ARRAY_JOB_ID=job)
                code = subprocess.run(["sh", "-c", options["wrap"]], env=environment, stdout=said, stderr=said).returncode
        failed = failed or code != 0
with open(f"{folder}/{job}", "w") as file:
    file.write("failed" if failed else "ok")
print(job)
"""


class Slurm:
    """Environment, and how a task asks to be killed and queued again."""

    def __init__(self, name, environment, requeue):
        self.name, self.environment, self.requeue = name, environment, requeue

    def run(self, *command, **more):
        return subprocess.run(command, env=self.environment, stdout=subprocess.PIPE, text=True, **more)


def stand_in(scratch):
    (scratch / "bin").mkdir()
    (scratch / "jobs").mkdir()
    program = scratch / "bin" / "sbatch"
    program.write_text(STAND_IN)
    program.chmod(0o755)
    environment = dict(os.environ, PATH=f"{scratch}/bin:{os.environ['PATH']}", STAND_IN=str(scratch / "jobs"))
    return Slurm("a stand-in for sbatch", environment, "exit 99")


def free_port():
    with contextlib.closing(socket.socket()) as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


@contextlib.contextmanager
def real(scratch, packages):
    """slurmctld and slurmd, without privileges and without munge; None where they are not there or do not start."""
    root = packages / "root" if packages else pathlib.Path("/")
    library = next(iter(root.glob("usr/lib/*/slurm-wlm")), None)

    def program(name):
        return next((str(path) for path in (root / "usr/sbin" / f"{name}-wlm", root / "usr/sbin" / name) if path.exists()), None)

    if library is None or program("slurmctld") is None or program("slurmd") is None:
        yield None
        return
    host = socket.gethostname().split(".")[0]
    user = subprocess.run(["id", "-un"], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
    (scratch / "state").mkdir()
    (scratch / "spool").mkdir()
    settings = {
        "ClusterName": "test", "SlurmctldHost": f"{host}(127.0.0.1)", "SlurmUser": user, "SlurmdUser": user, "PluginDir": library,
        "AuthType": "auth/none", "CredType": "cred/none", "AuthInfo": "cred_expire=5", "SlurmctldPort": free_port(), "SlurmdPort": free_port(),
        "StateSaveLocation": scratch / "state", "SlurmdSpoolDir": scratch / "spool", "SlurmctldPidFile": scratch / "ctld.pid",
        "SlurmdPidFile": scratch / "slurmd.pid", "SlurmctldLogFile": scratch / "ctld.log", "SlurmdLogFile": scratch / "slurmd.log",
        "ProctrackType": "proctrack/linuxproc", "TaskPlugin": "task/none", "SelectType": "select/cons_tres", "SelectTypeParameters": "CR_CPU",
        "SchedulerParameters": "sched_interval=1,bf_interval=1,batch_sched_delay=0,sched_min_interval=100000", "ReturnToService": 2, "MpiDefault": "none",
        "JobAcctGatherType": "jobacct_gather/none", "AccountingStorageType": "accounting_storage/none", "SlurmdParameters": "config_overrides",
        "KillWait": 1, "NodeName": f"{host} NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN", "PartitionName": "all Nodes=ALL Default=YES State=UP",
    }
    configuration = scratch / "slurm.conf"
    configuration.write_text("".join(f"{name}={value}\n" for name, value in settings.items()))
    environment = dict(os.environ, SLURM_CONF=str(configuration), PATH=f"{root}/usr/bin:{os.environ['PATH']}",
                       LD_LIBRARY_PATH=f"{library.parent}:{library}")
    stepd = program("slurmstepd")
    commands = [[program("slurmctld"), "-D", "-f", configuration], [program("slurmd"), "-D", "-f", configuration, *(["-d", stepd] if stepd else [])]]
    with contextlib.ExitStack() as daemons:
        for command in commands:
            daemon = daemons.enter_context(subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
            daemons.callback(daemon.terminate)
        slurm = Slurm("Slurm " + slurm_version(environment), environment, 'scontrol requeue "${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID"; sleep 60')
        deadline = time.monotonic() + 15
        while time.monotonic() < deadline:
            if slurm.run("sinfo", "-h", "-o", "%t", stderr=subprocess.DEVNULL).stdout.strip() in ("idle", "mix", "alloc"):
                yield slurm
                slurm.run("scancel", "-u", user)
                return
            time.sleep(0.2)
        for log in ("ctld.log", "slurmd.log"):
            if (scratch / log).exists():
                print("\n".join((scratch / log).read_text().splitlines()[-5:]))
        yield None


def slurm_version(environment):
    return subprocess.run(["sinfo", "--version"], env=environment, stdout=subprocess.PIPE, text=True).stdout.split()[-1]


class Test:
    def __init__(self, slurm, unecho, pages, scratch):
        self.slurm, self.unecho, self.pages, self.scratch, self.failed = slurm, unecho, pages, scratch, 0

    def check(self, what, right):
        print(f"{'ok  ' if right else 'FAIL'} {self.slurm.name}: {what}")
        self.failed += not right

    def instead(self, name, lines):
        """A program that is the tool, but for some lines of shell that come before."""
        path = self.scratch / name
        path.write_text(f"#!/bin/bash\nprogram={shlex.quote(self.unecho)} step=$2 task=$4\n{lines}\nexec \"$program\" \"$@\"\n")
        path.chmod(0o755)
        return str(path)

    def plan(self, name):
        folder = self.scratch / name
        subprocess.run([self.unecho, "shard", "plan", folder, "-q", *self.pages, "--shards", "2", "--provenance", "provenance.jsonl"], check=True)
        return folder

    def submit(self, folder, program=None):
        """What is printed, by sh."""
        script = subprocess.run([self.unecho, "shard", "slurm", folder], stdout=subprocess.PIPE, text=True, check=True).stdout
        if program:
            script = script.replace(self.unecho, program)
        done = self.slurm.run("sh", "-s", "--", "--comment=a test", input=script)
        self.check("sbatch takes the scripts", done.returncode == 0)

    def wait(self):
        """Until nothing runs any more; a stand-in has run everything before it returns."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while shutil.which("squeue", path=self.slurm.environment["PATH"]) and self.slurm.run("squeue", "-h").stdout.strip():
            if time.monotonic() > deadline:
                print(self.slurm.run("squeue", "-a").stdout)
                self.slurm.run("scancel", "--me")
                break
            time.sleep(0.2)

    def status(self, folder):
        return json.loads(subprocess.run([self.unecho, "shard", "status", "--json", folder], stdout=subprocess.PIPE, check=True).stdout)

    def is_that_of_one_process(self, folder):
        one = self.scratch / "one.jsonl"
        if not one.exists():
            subprocess.run([self.unecho, "clean", "-q", *self.pages, "-o", one, "--provenance", self.scratch / "one-provenance.jsonl"], check=True)
        return all(
            b"".join(file.read_bytes() for file in sorted((folder / "out").glob(f"{kind}-*"))) == whole.read_bytes()
            for kind, whole in (("corpus", one), ("provenance", self.scratch / "one-provenance.jsonl"))
        )

    def all(self):
        plain, requeued, failed = self.plan("a run"), self.plan("requeued"), self.plan("failed")   # a name that has to be quoted
        self.submit(plain)
        # The first task of two steps is killed when the tool has begun, and queued again.
        self.submit(requeued, self.instead("killed", f"""
            if [[ $step =~ sign|write ]] && mkdir {shlex.quote(str(self.scratch))}/killed-$step 2>/dev/null; then
              "$program" "$@" &
              kill -9 $!
              {self.slurm.requeue}
            fi"""))
        self.submit(failed, self.instead("failing", 'if [ "$step" = pairs ]; then echo "unecho: error: the disk is full" >&2; exit 1; fi'))
        self.wait()

        self.check("the bytes are those of one process", self.is_that_of_one_process(plain))
        logs = list((plain / "log").glob("*"))
        self.check("each task has a log", len(logs) == sum(step["tasks"] for step in self.status(plain)["steps"]))
        self.check("tasks were killed and queued again", len(list(self.scratch.glob("killed-*"))) == 2)
        self.check("and the bytes are the same", self.is_that_of_one_process(requeued))
        state = {step["name"]: step for step in self.status(failed)["steps"]}
        self.check("where a step fails those behind it do not begin", not state["resolve"]["done"] and not state["write"]["done"])
        self.check("its log says why", any("the disk is full" in log.read_text() for log in (failed / "log").glob("pairs-*")))

        self.submit(failed)
        self.wait()
        self.check("what is left can be submitted later", self.is_that_of_one_process(failed))
        script = subprocess.run([self.unecho, "shard", "slurm", failed], stdout=subprocess.PIPE, text=True, check=True).stdout
        self.check("and then nothing is left", "submit sign" not in script and "submit write" not in script)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--unecho", type=pathlib.Path, required=True)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--slurm", type=pathlib.Path)
    parser.add_argument("--stand-in", action="store_true")
    args = parser.parse_args()
    pages = sorted(args.data.resolve().glob("page_*.txt"))
    with tempfile.TemporaryDirectory(prefix="unecho_slurm_") as name, contextlib.ExitStack() as stack:
        scratch = pathlib.Path(name)
        packages = args.slurm.resolve() if args.slurm and args.slurm.exists() else None
        slurm = None if args.stand_in else stack.enter_context(real(scratch, packages))
        test = Test(slurm or stand_in(scratch), str(args.unecho.resolve()), pages, scratch)
        test.all()
    sys.exit(1 if test.failed else 0)


if __name__ == "__main__":
    main()
