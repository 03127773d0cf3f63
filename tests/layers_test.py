#!/usr/bin/env python3
"""Fails where the rooms of src/ use each other otherwise than CMakeLists.txt says.

  layers_test.py ROOT [--self-test]

The list room(NAME ROOM... ) in CMakeLists.txt is the order from the bottom up. Checked: a room includes only rooms that its line
names, and its line names only rooms above it in the list that it does include, so that there is no arrow upwards and no cycle; public headers include public
headers alone, and so does the glue of the Python package beside its own; `audit` reaches none of flow, match and write, directly or by way of others; every file of src/ is in a room;
no two headers give one name to two types: what the compiler makes of one, a destructor say, the linker would take for the other.
"""
import pathlib
import re
import sys

INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.MULTILINE)
ROOM = re.compile(r"^room\(([^)]*)\)", re.MULTILINE)
# The room that a public header belongs to: that of the code behind it.
PUBLIC = {"api": "base", "status": "base", "record": "base", "listener": "base", "comparison": "base", "layouts": "layouts", "clean": "clean",
          "options": "options", "deduplicator": "flow", "record_stream": "flow", "pipeline": "flow", "named_options": "given", "audit": "audit"}
TYPE = re.compile(r"^(?:namespace (?P<namespace>[\w:]+) \{|(?:class|struct|union|enum(?: class)?) (?:[A-Z][A-Z0-9_]+ )?(?P<name>[\w:]+)\b[^;{\n]*\{)", re.MULTILINE)
NEVER = {"audit": {"flow", "match", "write"}}


def rooms_of(cmake):
    """Room -> the rooms it may use, in the order of the list."""
    rooms = {}
    for line in ROOM.findall(cmake):
        words = line.split()
        until = min((words.index(word) for word in ("IN", "LIBRARIES") if word in words), default=len(words))
        rooms[words[0]] = words[1:until]
    return rooms


def check(cmake, files):
    """What is wrong, a line each. `files`: path relative to the root -> text."""
    rooms = rooms_of(cmake)
    wrong = []
    order = list(rooms)
    for room, uses in rooms.items():
        for used in uses:
            if used not in order[:order.index(room)]:
                wrong.append(f"CMakeLists.txt: room({room} ... {used}): {used} is not below {room}")
    arrows = {room: set() for room in rooms}
    for path, text in sorted(files.items()):
        parts = pathlib.PurePath(path).parts
        is_public = parts[0] == "include"
        if is_public:
            room = PUBLIC.get(pathlib.PurePath(path).stem)
            if room is None:
                wrong.append(f"{path}: layers_test.py does not know to which room this public header belongs")
                continue
        elif path in ("src/main.cc", "src/new.cc"):
            continue
        else:
            room = parts[1]
            if len(parts) < 3 or room not in rooms:
                wrong.append(f"{path}: is in no room that CMakeLists.txt lists")
                continue
        for target in INCLUDE.findall(text):
            if target.startswith("unecho/"):
                used = PUBLIC.get(pathlib.PurePath(target).stem)
            elif target.split("/")[0] in rooms:
                used = target.split("/")[0]
            elif "/" in target and target.split("/")[0] in ("absl", "cld2"):
                continue
            else:
                used = None
            if used is None:
                wrong.append(f"{path}: {target} is of no room; write ROOM/FILE.h")
                continue
            if is_public and not target.startswith("unecho/"):
                wrong.append(f"{path}: a public header includes {target}, which is private")
            if used == room:
                continue
            arrows[room].add(used)
            if used not in rooms[room]:
                wrong.append(f"{path}: {room} uses {used} ({target}), and its line in CMakeLists.txt does not allow that")
    for room, uses in rooms.items():
        for used in uses:
            if used not in arrows[room]:
                wrong.append(f"CMakeLists.txt: room({room} ... {used}): nothing in {room} includes {used}")
    for room, forbidden in NEVER.items():
        reached, ahead = set(), [room]
        while ahead:
            for used in arrows.get(ahead.pop(), ()):
                if used not in reached:
                    reached.add(used)
                    ahead.append(used)
        for bad in sorted(reached & forbidden):
            wrong.append(f"{room} reaches {bad}: what it checks must not check itself")
    return wrong


def check_names(files):
    """The types that two headers define. `files`: path relative to the root -> text."""
    where = {}
    for path, text in sorted(files.items()):
        namespace = ""
        for found in TYPE.finditer(text) if path.endswith(".h") else ():
            if found["namespace"]:
                namespace = found["namespace"]
            else:
                where.setdefault(f"{namespace}::{found['name']}", []).append(path)
    return [f"{name} is defined in {' and '.join(paths)}" for name, paths in where.items() if len(paths) > 1]


def check_glue(files):
    """The same of python/src: name -> text."""
    return [f"python/src/{name}: {target} is no public header" for name, text in sorted(files.items()) for target in INCLUDE.findall(text)
            if pathlib.PurePath(target).parts != ("unecho", pathlib.PurePath(target).name) and target not in files]


def self_test():
    """Each kind of mistake is found."""
    cmake = "room(base)\nroom(match base)\nroom(audit)\nroom(flow match)\n"
    good = {"src/base/a.h": "", "src/match/b.h": '#include "base/a.h"', "src/flow/c.h": '#include "match/b.h"', "include/unecho/record.h": ""}
    cases = {
        "an arrow upwards": {"src/base/x.h": '#include "match/b.h"'},
        "an arrow that is not allowed": {"src/audit/x.h": '#include "match/b.h"'},
        "a private header in a public one": {"include/unecho/audit.h": '#include "base/a.h"'},
        "a file in no room": {"src/y.h": ""},
        "a header without its room": {"src/match/x.cc": '#include "b.h"'},
    }
    failed = [] if not check(cmake, good) else ["what is right is called wrong"]
    failed += [name for name, more in cases.items() if not check(cmake, good | more)]
    if not check(cmake.replace("room(audit)", "room(audit base)"), good):
        failed.append("an arrow of the list that nothing needs")
    if not check("room(base match)\nroom(match base)\n", {}):
        failed.append("a cycle in the list")
    if not any("reaches" in line for line in check("room(match)\nroom(report match)\nroom(audit report)\n",
               {"src/report/a.h": '#include "match/b.h"', "src/audit/c.h": '#include "report/a.h"'})):
        failed.append("a forbidden room by way of another")
    headers = {"src/base/a.h": "namespace unecho {\nclass A;\nstruct B {\n};\n}\n", "src/base/b.h": "namespace unecho {\nclass A {\n};\n}\n",
               "src/clean/c.h": "namespace unecho::clean {\nstruct B {\n};\n}\n"}
    if check_names(headers):
        failed.append("what is right in the names is called wrong")
    if len(check_names(headers | {"src/match/d.h": "namespace unecho {\nenum class A : uint8_t {\n};\nclass B final : public C {\n};\n}\n"})) != 2:
        failed.append("a name of two types")
    if check_glue({"a.cc": '#include "b.h"\n#include "unecho/audit.h"', "b.h": "#include <string>"}):
        failed.append("what is right in the glue is called wrong")
    if len(check_glue({"a.cc": '#include "base/status.h"\n#include "../../src/b.h"'})) != 2:
        failed.append("a private header in the glue")
    return failed


def main():
    root = pathlib.Path(sys.argv[1])
    for name in self_test():
        print(f"the test itself does not find: {name}")
        return 1
    files = {}
    for folder in ("src", "include"):
        for path in (root / folder).rglob("*"):
            if path.suffix in (".cc", ".h"):
                files[path.relative_to(root).as_posix()] = path.read_text()
    wrong = check((root / "CMakeLists.txt").read_text(), files)
    wrong += check_names(files)
    wrong += check_glue({path.name: path.read_text() for path in (root / "python/src").iterdir()})
    print("\n".join(wrong) or f"{len(files)} files, every arrow points down")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
