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


def commit():
    """Of the code: results, and the page that shows them, may have changed since."""
    name = output_of("git", "rev-parse", "--short=10", "HEAD")
    changed = output_of("git", "status", "--porcelain", "--untracked-files=no", "--", ".", ":!README.md", ":!docs", ":!scripts/bench/results")
    return (name + ("-dirty" if changed else "")) or "unknown"


def machine():
    """Where and of what a result is; the first member of every results file."""
    cpu = re.search(r"^Model name: *(.*)$", output_of("lscpu"), re.M)
    return {
        "cpu": cpu[1] if cpu else "unknown",
        "cores": os.cpu_count(),
        "memory_gib": round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30),
        "kernel": os.uname().release,
        "compiler": (output_of("c++", "--version").splitlines() or ["unknown"])[0] + ", Release",
        "commit": commit(),
        "date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d"),
    }


def measure(command, directory, environment=None):
    """Runs a shell command once. seconds, user and system seconds, peak_mb (of its largest process), read_mb and written_mb (of
    files; read are those that were not in the page cache), exit code, what it said."""
    # By way of time(1): the peak of a child of this process would be at least the peak of this process.
    usage = directory / "usage"
    start = time.monotonic()
    done = subprocess.run(["time", "-q", "-o", usage, "-f", "%M %U %S %I %O", "bash", "-o", "pipefail", "-c", command], cwd=directory,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
                          env={**os.environ, **(environment or {})})
    seconds = time.monotonic() - start
    peak, user, system, blocks_in, blocks_out = usage.read_text().split()
    return {"seconds": seconds, "cpu_seconds": float(user) + float(system), "peak_mb": int(peak) / 1024, "read_mb": int(blocks_in) * 512 // 1_000_000, "written_mb": int(blocks_out) * 512 // 1_000_000, "exit": done.returncode,
            "said": done.stdout}


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
