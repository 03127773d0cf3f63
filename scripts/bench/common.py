"""What the runners share: one measured command, the quality of a corpus, and the results file."""
import datetime
import json
import os
import pathlib
import re
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
RESULTS = ROOT / "scripts/bench/results"


def output_of(*command):
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    return done.stdout.strip() if done.returncode == 0 else ""


def machine():
    """Where and of what a result is; the first member of every results file."""
    cpu = re.search(r"^Model name: *(.*)$", output_of("lscpu"), re.M)
    return {
        "cpu": cpu[1] if cpu else "unknown",
        "cores": os.cpu_count(),
        "memory_gib": round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30),
        "kernel": os.uname().release,
        "compiler": (output_of("c++", "--version").splitlines() or ["unknown"])[0] + ", Release",
        "commit": output_of("git", "describe", "--always", "--dirty", "--abbrev=10") or "unknown",
        "date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d"),
    }


def measure(command, directory, environment=None):
    """Runs a shell command once. seconds, user and system seconds, peak_mb (of its largest process), exit code, what it said."""
    with open(directory / "said", "w+") as said:
        start = time.monotonic()
        process = subprocess.Popen(["bash", "-o", "pipefail", "-c", command], cwd=directory, stdin=subprocess.DEVNULL,
                                   stdout=said, stderr=subprocess.STDOUT, env={**os.environ, **(environment or {})})
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - start
        said.seek(0)
        text = said.read()
    return {"seconds": seconds, "cpu_seconds": usage.ru_utime + usage.ru_stime, "peak_mb": usage.ru_maxrss / 1024,
            "exit": process.returncode, "said": text}


def quality(program, source, kept):
    """Exact counts by unecho_quality: kept, removed, no_witness, pairs_left."""
    done = subprocess.run([program, source, kept], capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(done.stderr.strip())
    return json.loads(done.stdout)


def write_results(path, document):
    """One row a line, so that a change of one row is a change of one line."""
    rows = document.pop("rows")
    text = json.dumps(document, indent=1, ensure_ascii=False)
    body = ",\n".join("  " + json.dumps(row, ensure_ascii=False) for row in rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text[:-2] + ',\n "rows": [\n' + body + "\n ]\n}\n")
