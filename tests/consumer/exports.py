#!/usr/bin/env python3
"""What libunecho.so exports is the public API: exports.py LIBRARY NAMES [--update]

NAMES lists functions by their qualified names, without parameters, a line each. Weak symbols, which come of inline
functions and differ between compilers, have to be of a class that is listed."""
import pathlib
import re
import subprocess
import sys


def exported(library):
    """(is weak, name) of each symbol."""
    lines = subprocess.run(["nm", "-D", "--defined-only", "-C", library], check=True, capture_output=True, text=True).stdout
    for line in lines.splitlines():
        kind, symbol = re.match(r"[0-9a-f]* ?(\S) (.*)", line).groups()
        if kind == "A":  # the name of the version
            continue
        symbol = re.sub(r"@@?UNECHO_0$|\[abi:\w+\]", "", symbol).removesuffix(" const")
        yield kind in "WVu", re.sub(r"\(.*", "", symbol.replace("(anonymous namespace)", "<anonymous>"))


def main():
    library, names = sys.argv[1], pathlib.Path(sys.argv[2])
    symbols = set(exported(library))
    strong = {name for weak, name in symbols if not weak}
    if "--update" in sys.argv:
        names.write_text("".join(name + "\n" for name in sorted(strong)))
    wanted = set(names.read_text().split("\n")) - {""}
    classes = {name.rsplit("::", 1)[0] for name in wanted} - {"unecho"} | {"unecho::Listener"}   # which is inline
    wrong = [f"{name}: is exported, and is not in {names.name}" for name in sorted(strong - wanted)]
    wrong += [f"{name}: is in {names.name}, and is not exported" for name in sorted(wanted - strong)]
    wrong += [f"{name}: is exported, and is of no class that is" for weak, name in sorted(symbols)
              if weak and not {name.rsplit("::", 1)[0], re.sub(r"^(vtable|typeinfo|typeinfo name) for ", "", name)} & classes]
    wrong += [f"{name}: is not of namespace unecho" for name in sorted(wanted) if not name.startswith("unecho::")]
    print("\n".join(wrong) if wrong else f"{len(strong)} functions are exported, all of the API")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
