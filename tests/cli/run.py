#!/usr/bin/env python3
"""Golden tests of the command line, as plain files.

A case is cases/<group>/<name>.sh, run by `bash -eu -o pipefail` after prelude.sh, in an empty directory of its own, with
nothing on standard input. It is expected to exit 0 and to print nothing; the exceptions stand beside it:

  <name>.exit           the exit code, 77 is "skipped" for every case
  <name>.stdout         standard output, byte for byte
  <name>.stderr.glob    standard error, line by line: `*` is any text in a line, a line `...` is any number of lines

And for every case: $TMPDIR is empty afterwards, and no temporary file (*.unecho-*) is left anywhere.

In a case, `unecho` is the binary under test; $DATA is the sample data, $SHARED the larger data sets (which may be
absent: `skip`). What is in tests/cli/bin is on the PATH.

  run.py --unecho BINARY --data DIR [--shared DIR] [--update] [CASE.sh ...]      no CASE: all of them

--update writes the files above anew from what the case did.
"""
import argparse
import difflib
import fnmatch
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
SKIPPED = 77
TIMEOUT_SECONDS = 240


def matches_glob(lines, pattern):
    """Whether `lines` match the lines of a .stderr.glob file."""
    if not pattern:
        return not lines
    if pattern[0] == "...":
        return any(matches_glob(lines[skip:], pattern[1:]) for skip in range(len(lines) + 1))
    as_regex = "".join(".*" if c == "*" else re.escape(c) for c in pattern[0])
    return bool(lines) and bool(re.fullmatch(as_regex, lines[0])) and matches_glob(lines[1:], pattern[1:])


def run_case(case, args, scratch):
    """(exit code, stdout, stderr, files left behind)."""
    work, tmp, bin_dir = scratch / "work", scratch / "tmp", scratch / "bin"
    for directory in (work, tmp, bin_dir):
        directory.mkdir()
    (bin_dir / "unecho").symlink_to(pathlib.Path(args.unecho).resolve())
    env = {k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")}
    env.update(PATH=f"{bin_dir}:{HERE / 'bin'}:{os.environ['PATH']}", DATA=str(pathlib.Path(args.data).resolve()),
               SHARED=str(pathlib.Path(args.shared).resolve()), TMPDIR=str(tmp), HOME=str(work), LC_ALL="C.UTF-8", TERM="dumb")
    process = subprocess.Popen(["bash", "-eu", "-o", "pipefail", "-c", 'source "$0"; source "$1"', str(HERE / "prelude.sh"),
                                str(case)], cwd=work, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, start_new_session=True)
    try:
        out, err = process.communicate(timeout=TIMEOUT_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        out, err = process.communicate()
        err += b"\nstopped: it took longer than %d s\n" % TIMEOUT_SECONDS
    left = [f"$TMPDIR/{p.relative_to(tmp)}" for p in tmp.rglob("*")]
    left += [str(p.relative_to(work)) for p in work.rglob("*") if fnmatch.fnmatch(p.name, "*.unecho-*")]
    return process.returncode, out, err, left


def read(path, default):
    return path.read_bytes() if path.exists() else default


def check(case, args):
    """Runs one case. Returns 0 passed, 1 failed, 77 skipped; says what is wrong."""
    beside = lambda suffix: case.with_suffix(suffix)
    with tempfile.TemporaryDirectory(prefix="unecho_cli_") as scratch:
        code, out, err, left = run_case(case, args, pathlib.Path(scratch))
    if code == SKIPPED:
        sys.stderr.write(err.decode(errors="replace"))
        return SKIPPED
    if args.update:
        write_or_remove(beside(".exit"), b"%d\n" % code if code else b"")
        write_or_remove(beside(".stdout"), out)
        pattern = read(beside(".stderr.glob"), b"").decode().splitlines()
        if not matches_glob(err.decode(errors="replace").splitlines(), pattern):
            write_or_remove(beside(".stderr.glob"), err)
        return 0
    wrong = []
    want_code = int(read(beside(".exit"), b"0"))
    if code != want_code:
        wrong.append(f"exit code {code}, expected {want_code}")
    want_out = read(beside(".stdout"), b"")
    if out != want_out:
        as_lines = lambda text: text.decode(errors="backslashreplace").splitlines(keepends=True)
        wrong.append("stdout differs:\n" + "".join(difflib.unified_diff(as_lines(want_out), as_lines(out), "expected", "got", n=1)))
    pattern = read(beside(".stderr.glob"), b"").decode().splitlines()
    if not matches_glob(err.decode(errors="replace").splitlines(), pattern):
        wrong.append("stderr was not expected" + (" (it does not match %s)" % beside(".stderr.glob").name if pattern else ""))
    if left:
        wrong.append("files left behind: " + " ".join(left))
    if not wrong:
        return 0
    print(f"FAILED {case}")
    for text in wrong:
        print(text)
    print("--- stdout\n%s\n--- stderr\n%s\n---" % tuple(t.decode(errors="backslashreplace")[:8000] for t in (out, err)))
    return 1


def write_or_remove(path, content):
    if content:
        path.write_bytes(content)
    elif path.exists():
        path.unlink()


def main():
    parser = argparse.ArgumentParser(description="Golden tests of the command line.")
    parser.add_argument("--unecho", default=shutil.which("unecho"))
    parser.add_argument("--data", default=HERE.parent.parent / "sample_data")
    parser.add_argument("--shared", default="absent")
    parser.add_argument("--update", action="store_true")
    parser.add_argument("cases", nargs="*", type=pathlib.Path)
    args = parser.parse_args()
    cases = [case.resolve() for case in args.cases] or sorted((HERE / "cases").glob("*/*.sh"))
    results = {case: check(case, args) for case in cases}
    if len(results) > 1:
        failed = [c for c, result in results.items() if result == 1]
        skipped = sum(result == SKIPPED for result in results.values())
        print(f"{len(results) - len(failed) - skipped} passed, {len(failed)} failed, {skipped} skipped")
        for case in failed:
            print(f"  {case.parent.name}/{case.stem}")
    sys.exit(max(results.values(), key=lambda r: (r == 1, r)) if len(results) == 1 or 1 in results.values() else 0)


if __name__ == "__main__":
    main()
