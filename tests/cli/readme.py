#!/usr/bin/env python3
"""Runs every command of a Markdown file, and compares what it prints with what the file says; looks whether its links lead somewhere.

  readme.py --unecho BINARY --data DIR FILE.md

Blocks marked ```sh hold commands; blocks marked ```console hold `$ command` lines, each followed by its output (stdout and
stderr; a trailing backslash or <<'END' continues a command; a line `...` stands for any lines). Numbers of seconds and megabytes are
not compared. All blocks run in order, in one directory that holds what the text talks about: dumps/ (the page dumps of the
sample data), messy.jsonl, and old.jsonl.zst. A block after the comment <!-- not-run: reason --> is left out.
"""
import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from run import matches_glob  # noqa: E402

TIMEOUT_SECONDS = 120


def blocks(text):
    """(first line number, kind, lines) of the blocks that are to be run."""
    not_run = False
    lines = text.split("\n")
    i = 0
    while i < len(lines):
        if lines[i].startswith("<!-- not-run:"):
            not_run = True
        elif match := re.fullmatch(r"```(\w*)", lines[i]):
            end = lines.index("```", i + 1)
            if match[1] in ("sh", "console") and not not_run:
                yield i + 2, match[1], lines[i + 1:end]
            not_run = False
            i = end
        i += 1


def in_here_document(command):
    here = re.search(r"<<'(\w+)'", command)
    return here and not re.search(rf"\n{here[1]}$", command)


def commands(first_line, kind, lines):
    """(line number, command, expected output or None) of a block."""
    out = []
    for number, line in enumerate(lines, first_line):
        continued = out and not out[-1][2] and (out[-1][1].endswith("\\") or in_here_document(out[-1][1]))
        if continued:
            out[-1][1] += "\n" + line
        elif kind == "sh":
            out.append([number, line, None])
        elif line.startswith("$ "):
            out.append([number, line[2:], []])
        else:
            out[-1][2].append(line)
    return [c for c in out if c[1].strip() and not c[1].lstrip().startswith("#")]


def without_measurements(line):
    """Times and sizes differ from run to run; how they are aligned follows from their digits."""
    line = re.sub(r"\b[\d.]+ [KMG]?B/s(?!\w)", "# B/s", line)
    return re.sub(r"\s+", " ", re.sub(r"\b[\d.]+ (s|MB|GB)\b", r"# \1", line)).strip()


def anchors(text):
    """What a link may name in a file: its headings, as GitHub writes them."""
    headings = re.findall(r"^#+ (.*)$", without_blocks(text), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def without_blocks(text):
    return re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)


def dead_links(path):
    """Links of a file to files that are not there, or to headings that they do not have."""
    dead = []
    for target in re.findall(r"\]\(([^)\s]+)\)", without_blocks(path.read_text(encoding="utf-8"))):
        if "://" in target:
            continue
        name, _, anchor = target.partition("#")
        to = path.parent / name if name else path
        if not to.exists() or (anchor and anchor not in anchors(to.read_text(encoding="utf-8"))):
            dead.append(target)
    return dead


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--unecho", type=pathlib.Path, required=True)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("readme", type=pathlib.Path)
    args = parser.parse_args()
    ran = 0
    dead = dead_links(args.readme)
    failures = len(dead)
    for target in dead:
        print(f"{args.readme.name}: a link leads nowhere: {target}")
    with tempfile.TemporaryDirectory(prefix="unecho_readme_") as scratch:
        work, bin_dir = pathlib.Path(scratch, "work"), pathlib.Path(scratch, "bin")
        (work / "dumps").mkdir(parents=True)
        bin_dir.mkdir()
        (bin_dir / "unecho").symlink_to(args.unecho.resolve())
        for page in args.data.glob("page_*.txt"):
            (work / "dumps" / page.name).write_bytes(page.read_bytes())
        (work / "messy.jsonl").write_bytes((args.data / "messy.jsonl").read_bytes())
        subprocess.run(["zstd", "-q", "messy.jsonl", "-o", "old.jsonl.zst"], cwd=work, check=True)
        env = dict(os.environ, PATH=f"{bin_dir}:{os.environ['PATH']}", LC_ALL="C.UTF-8")
        for block in blocks(args.readme.read_text(encoding="utf-8")):
            for line, command, expected in commands(*block):
                ran += 1
                done = subprocess.run(["bash", "-o", "pipefail", "-c", command], cwd=work, env=env, stdin=subprocess.DEVNULL,
                                      stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=TIMEOUT_SECONDS, check=False)
                got = done.stdout.decode("utf-8", "replace").splitlines()
                ok = done.returncode == 0
                if expected is not None:
                    ok = ok and matches_glob([without_measurements(g) for g in got], [without_measurements(e) for e in expected])
                if not ok:
                    failures += 1
                    print(f"{args.readme.name}:{line}: {command}\nexit code {done.returncode}; it printed:\n" + "\n".join(got))
    print(f"{ran - failures + len(dead)} commands as the text says, {failures - len(dead)} not; {len(dead)} dead links")
    sys.exit(1 if failures or not ran else 0)


if __name__ == "__main__":
    main()
