#!/usr/bin/env python3
"""Fails where a C++ file is not as .clang-format lays it out, or a comment is wider than its 120 columns.

  format_test.py ROOT

Exit code 77, skipped, without clang-format, or with another major version than Debian 12 has: versions lay out differently.
"""
import pathlib
import re
import shutil
import subprocess
import sys

VERSION = "14"
COLUMNS = 120
FOLDERS = ("src", "include", "tests", "scripts")


def main():
    root = pathlib.Path(sys.argv[1])
    files = sorted(p for folder in FOLDERS for p in (root / folder).rglob("*") if p.suffix in (".cc", ".h"))
    wide = [f"{path.relative_to(root)}:{number}: a comment of {len(line)} columns"
            for path in files for number, line in enumerate(path.read_text().split("\n"), 1)
            if len(line) > COLUMNS and re.match(r"\s*//", line) and " " in line.strip()[3:]]
    program = shutil.which(f"clang-format-{VERSION}") or shutil.which("clang-format")
    found = subprocess.run([program, "--version"], capture_output=True, text=True).stdout if program else "no clang-format"
    if not re.search(rf"version {VERSION}\.", found):
        print("\n".join(wide))
        print(f"skipped: the layout is that of clang-format {VERSION}, here is {found.strip()}")
        return 1 if wide else 77
    checked = subprocess.run([program, "--dry-run", "-Werror", *files], capture_output=True, text=True, cwd=root)
    print("\n".join(wide) + checked.stderr)
    print(f"{len(files)} files looked at; to lay them out: {pathlib.PurePath(program).name} -i FILE...")
    return 1 if wide or checked.returncode != 0 else 0


if __name__ == "__main__":
    sys.exit(main())
