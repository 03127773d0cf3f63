#!/usr/bin/env python3
"""Tables from the results files: those of docs/benchmarks.md, between its marks, and all rows of one file.

usage: render.py              rewrites the tables of docs/benchmarks.md from scripts/bench/results/; the same again changes nothing
       render.py --check      only says whether that would change something (exit code 1)
       render.py --show FILE  prints all rows of a results file
"""
import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
RESULTS = ROOT / "scripts/bench/results"
PAGE = ROOT / "docs/benchmarks.md"
BEGIN, END = "<!-- speed: begin; written by scripts/bench/render.py -->", "<!-- speed: end -->"

TITLES = {
    "all_new": "all new, 1.5 kB each",
    "all_new_1m": "all new, 1.5 kB each",
    "identical": "all identical",
    "template_90": "copies of one template, J above .9",
    "template_60": "copies of one template, J about .61",
    "template_60_100k": "copies of one template, J about .61 (one run)",
    "log_lines": "eight templates, 60 bytes each, J of .2 to .33",
    "short": "all new, 50 bytes each",
    "long": "all new, 10 MB each",
    "titles": "titles, 11,000 distinct",
}


def number(value, digits=None):
    """For people: 1,234 and .5 and 1.25; a dash for what is not known."""
    if value is None:
        return "-"
    if isinstance(value, int):
        return f"{value:,}"
    if digits is None:
        digits = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{value:,.{digits}f}"


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return lines + ["| " + " | ".join(row) + " |" for row in rows]


def made_on(results):
    machine = results["machine"]
    return (f"{machine['cpu']}, {machine['cores']} cores, {machine['memory_gib']} GiB, Linux {machine['kernel']}; {machine['compiler']}; "
            f"commit {machine['commit']}, {machine['date']}")


# --- whole runs
# ---------------------------------------------------------------------------------------------------------

RUN_HEAD = ["", "from → to", "threads", "median s", "MB/s", "time / yardstick", "peak MB", "kept", "no witness", "pairs left"]


def run_cells(row):
    name = row["tool"] + (" --keep last" if "--keep last" in row["command"] else "")
    return [name, f"{row['from']} → {row['to']}", str(row["threads"] or "-"), number(row["median"], 3), number(row["mb_per_second"]),
            number(row.get("of_yardstick")), number(row["peak_mb"], 0), number(row.get("kept")), number(row.get("no_witness")),
            number(row.get("pairs_left"))]


def describe(results, name):
    made = results["inputs"][name]
    return f"{made['records']:,} records, {made['bytes'] / 1e6:,.0f} MB, {TITLES.get(name, name)}"


def runs_tables(results):
    names = list(results["inputs"])
    real = names[0] if names[0] not in TITLES else None
    lines = []
    for name in [real, "all_new"] if real else ["all_new"]:
        rows = [row for row in results["rows"] if row["input"] == name]
        lines += ["", f"**{describe(results, name)}.**", ""] + table(RUN_HEAD, map(run_cells, rows))
    bad = []
    for name in names:
        if name in (real, "all_new"):
            continue
        for row in results["rows"]:
            if row["input"] == name and row["tool"] == "unecho":
                bad.append([describe(results, name), str(row["threads"]), number(row["median"], 3), number(row["mb_per_second"]),
                            number(row.get("of_yardstick")), number(row["peak_mb"], 0), number(row["kept"]),
                            number(row.get("no_witness")), number(row.get("pairs_left"))])
    lines += ["", "**Bad cases, and growth** (unecho, plain file to file).", ""]
    lines += table(["", "threads"] + RUN_HEAD[3:], bad)
    grown = [f"{ratio:.2f} ({of})" for of, ratio in results["cost_per_record_1m_to_100k"].items()]
    if grown:
        lines += ["", "Cost per record of a million, as a multiple of that of a hundred thousand, where the machine has the memory at hand: " + ", ".join(grown) + "."]
    return lines


def runs_part(results):
    return [f"{made_on(results)}. `{results['command']}`: medians of {results['runs']} in turns, files in the page cache, output to "
            f"{results['written_to']}. MB/s are of the plain bytes. *No witness*: removed records without a kept one of similarity >= .7. *Pairs "
            f"left*: pairs of kept records with similarity >= .7. Both are counted exactly, by code that the tool does not use."] + runs_tables(results)


# --- crowds
# ------------------------------------------------------------------------------------------------------------

def crowds_table(results):
    rows = []
    for records in dict.fromkeys(row["records"] for row in results["rows"]):
        of = {row["build"]: row for row in results["rows"] if row["records"] == records}
        first = next(iter(of.values()))
        rows.append([number(records), number(first["bytes"] // 1_000_000)] + [number(of[build]["cpu"], 1) for build in results["builds"]] +
                    [number(max(row["peak_mb"] for row in of.values()), 0), number(first["kept"])])
    return table(["records", "MB"] + [f"CPU s, {build}" for build in results["builds"]] + ["peak MB", "kept"], rows)


def crowds_part(results):
    turns = "one turn" if results["runs"] == 1 else f"the fastest of {results['runs']} turns, of one for the largest"
    return ["", f"**One template, J about .61, as it grows**: what no filter makes linear. A bitmap in which each shingle sets a bit, and one in which each flips a "
            f"bit, as now; both keep the same bytes. (`{results['command']}`: one thread, CPU seconds of {turns}; the "
            f"load of the machine, of {results['machine']['cores']} cores, was {results['load']:.0f} when it began, so other processes cost cache; commit "
            f"{results['machine']['commit']}, {results['machine']['date']}.)", ""] + crowds_table(results)


# --- options
# ------------------------------------------------------------------------------------------------------------

def options_table(results):
    rows = []
    for row in results["rows"]:
        rows.append([f"`{row['option']}`" if row["option"] else "none of them", row["to"], str(row["threads"]), number(row["median"], 3),
                     number(row["cpu"], 3), number(row["of_plain"]), number(row["peak_mb"], 0), number(row["kept"])])
    return table(["", "to", "threads", "median s", "CPU s", "CPU / none of them", "peak MB", "kept"], rows)


def options_part(results):
    made = results["options_input"]
    return ["", f"**What fields and marks cost**, on {made['name']} ({made['records']:,} records, {made['bytes'] / 1e6:,.0f} MB; with provenance and "
            f"report; {results['runs']} turns, CPU seconds of the fastest; commit {results['machine']['commit']}, {results['machine']['date']}; "
            f"`{results['command']}`; the load of the machine was {results['load']:.0f} when it began). Every answer was audited, and every claim holds. Under `--mark` all records are written, not "
            "only those that are kept: into a file that is more bytes to copy for the kernel, which no program can spare. "
            "Under `--key id` each record has a key of its own, so that none is a repeat, and each is looked for among the kept ones.", ""] + options_table(results)


# --- an index
# --------------------------------------------------------------------------------------------------------------

def index_table(results):
    rows = []
    for row in results["rows"]:
        size = f"{row['bytes'] / 1e6:,.0f} MB" if "bytes" in row else ""
        rows.append([row["input"] if size else "", row["step"], size, number(row["median"], 2), number(row["cpu"], 2), number(row["peak_mb"], 0),
                     number(row["kept"]) if row["kept"] is not None else "", number(row["index_mb"], 0) if "index_mb" in row else ""])
    return table(["", "", "input", "median s", "CPU s", "peak MB", "kept", "index MB"], rows)


def index_part(results):
    return ["", f"**What an index costs** (`--index`), on {results['index_records']:,} made records, provenance written, two threads; {results['runs']} turns, CPU seconds of the "
            f"fastest; commit {results['machine']['commit']}, {results['machine']['date']}; `{results['command']}`; the load of the machine was {results['load']:.0f} when it "
            "began. In every turn the bytes of the two runs, one behind the other, were those of the one run over both halves, provenance too.", ""] + index_table(results)


# --- beyond memory
# --------------------------------------------------------------------------------------------------------------

def memory_table(results):
    rows, before = [], None
    for row in results["rows"]:
        head = (row["input"], row["records"])
        rows.append([*([row["input"], number(row["records"]), f"{row['bytes'] / 1e6:,.0f} MB"] if head != before else ["", "", ""]), row["step"],
                     number(row["limit_mb"]) if row["limit_mb"] else "", number(row["peak_mb"], 0), number(row["seconds"], 1), number(row["cpu"], 1),
                     number(row["cpu"] * 1e6 / row["records"], 1), number(row["read_mb"]), number(row["written_mb"]),
                     number(row["kept"]) if row["kept"] is not None else ""])
        before = head
    return table(["", "records", "input", "", "limit MiB", "peak MiB", "s", "CPU s", "us a record", "read MB", "written MB", "kept"], rows)


def memory_part(results):
    return ["", f"**Beyond memory**, made records of 1.5 kB, provenance written, two threads, one run each; commit {results['machine']['commit']}, "
            f"{results['machine']['date']}; `{results['command']}`; the load of the machine was {results['load']:.0f} when it began. Copies come long behind "
            "what they are copies of: all new ones first, again, with a word more, again, with a word more. The bytes of the runs with little memory were those "
            "of the runs in memory, provenance too. Read is what was not in the page cache; written is all that was, of which 1.8 kB a kept record is output.", ""] + memory_table(results)


# --- stores
# --------------------------------------------------------------------------------------------------------------

def stores_table(results):
    rows = []
    for row in results["rows"]:
        rows.append([row["store"] if row["part"] == "new" else "", row["part"], number(row["records"]), number(row["seconds"], 1), number(row["cpu"], 1),
                     number(row["cpu"] * 1e6 / row["records"], 1), number(row["disk_mb"], 0), number(row["peak_mb"], 0)])
    return table(["", "", "records", "s", "CPU s", "us a record", "MB on disk", "peak MB"], rows)


def stores_part(results):
    return ["", f"**Stores** for what a run beyond memory puts on disk: 24 band keys, a row of 84 bytes and 460 of tokens a record, the same made ones for all; commit "
            f"{results['machine']['commit']}, {results['machine']['date']}; `{results['command']}`; the load of the machine was {results['load']:.0f} when it began. New "
            "records are looked up, which finds nothing, and added, 65,536 at a time; of copies all keys are found, and the original is read. RocksDB "
            f"{results['versions']['RocksDB']} without a log, with filters of 10 bits a key, asked for all keys of a record at once, by writes or by sorted files that it takes over; LMDB "
            f"{results['versions']['LMDB']} with the keys in order, synced with each 65,536 records.", ""] + stores_table(results)


# --- tables
# -------------------------------------------------------------------------------------------------------------

def parquet_table(results):
    rows = [[row["from"], row["step"], number(row["cpu"], 2), number(results["text_bytes"] / 1e6 / row["cpu"], 0), number(row["peak_mb"], 0)] for row in results["rows"]]
    return table(["from", "", "CPU s", "MB of text a CPU s", "peak MB"], rows)


def parquet_part(results):
    return ["", f"**Tables**: {results['table_records']:,} records of `arxiv_100k`, {results['text_bytes'] / 1e6:,.0f} MB of text, as Parquet in groups of "
            f"{results['group_rows']:,} rows, beside what pyarrow and DuckDB take to read the column of text and nothing else; one thread, CPU seconds of the fastest of "
            f"{results['runs']} turns, the start of Python not counted; commit {results['machine']['commit']}, {results['machine']['date']}; `{results['command']}`. In every turn the kept rows were the "
            "same, whatever they came from and went to.", ""] + parquet_table(results)


# --- Python
# -------------------------------------------------------------------------------------------------------------

def python_table(results):
    program = results["rows"][0]
    def share(row, of):
        return "" if row is program else f"{100 * program[of] / row[of]:.0f} %"
    rows = [[row["given"], number(row["seconds"], 2), number(row["cpu_seconds"], 2), number(results["text_mb"] / row["seconds"], 0), share(row, "seconds"), share(row, "cpu_seconds")]
            for row in results["rows"]]
    return table(["texts", "seconds", "CPU s", "MB/s of text", "speed, of the program's", "by CPU seconds"], rows)


def python_part(results):
    return ["", f"**Python**: the {results['python_records']:,} texts of `arxiv_100k`, {results['text_mb']:,.0f} MB, by `unecho.dedup()` from memory, beside the program reading them as "
            f"lines of JSON; of each the least of {results['runs']} turns in which all take theirs one after the other; two cores; the load of the machine was {results['load']:.0f} when it began; commit "
            f"{results['machine']['commit']}, {results['machine']['date']}; `{results['command']}`. Fates, witnesses and similarities were the program's in every turn.", ""] + python_table(results)


# --- shards
# -------------------------------------------------------------------------------------------------------------

SIMULATED_RECORDS, SIMULATED_MACHINES, SIMULATED_SHARDS = 10**10, 100, 10_000
RESOLVE_BYTES = 16   # of memory a record, of so many (src/shard/resolve.cc)


def steps_table(rows):
    lines, whole = [], {}
    for row in rows:
        if row["step"] == "one process":
            whole[row["input"]] = row
        first = row["step"] == "one process"
        lines.append([f"{row['input']} ({row['records']:,}, {row['bytes'] / 1e6:,.0f} MB)" if first else "", row["step"], number(row["tasks"]), number(row["cpu"], 2),
                      number(row["seconds"], 2), number(row["peak_mb"], 0), number(row["read_bytes"] / row["records"], 0), number(row["written_bytes"] / row["records"], 0)])
    for name, one in whole.items():
        of = [row for row in rows if row["input"] == name and row is not one]
        at = max(number for number, row in enumerate(rows) if row["input"] == name)
        lines[at] += [f"{sum(row['cpu'] for row in of) / one['cpu']:.2f}"]
    return table(["", "step", "tasks", "CPU s", "seconds", "peak MB", "bytes read a record", "written", "CPU s of all steps / one process"],
                 [line + [""] * (9 - len(line)) for line in lines])


def simulated_table(rows):
    """What the measured bytes a record come to."""
    lines = []
    for row in rows:
        if row["tasks"] is None:
            continue
        machines = 1 if row["tasks"] == 1 else SIMULATED_MACHINES
        each = SIMULATED_RECORDS / row["records"] / machines
        held = RESOLVE_BYTES * SIMULATED_RECORDS if row["held_bytes"] is None else row["held_bytes"] * SIMULATED_RECORDS / SIMULATED_SHARDS
        lines.append([row["step"], number(machines), number(row["read_bytes"] * each / 1e9, 1), number(row["written_bytes"] * each / 1e9, 1),
                      number((row["read_bytes"] + row["written_bytes"]) * each / 1e9, 1), number(held / 1e9, 2), number(row["cpu"] * each / 3600, 2)])
    return table(["step", "machines", "GB read by each", "GB written", "GB moved", "GB held by a task", "CPU hours"], lines)


def beside_table(rows):
    return table(["", "seconds", "CPU s", "bytes shuffled a record", "kept", "recall", "precision"],
                 [[f"{row['tool']} {row['version']}", number(row["seconds"], 1), number(row["cpu"], 1), number(row["shuffled_bytes"] / row["records"], 0), number(row["kept"]),
                   share(1 - row["pairs_left"] / row["pairs"]), share(1 - row["no_witness"] / max(1, row["removed"]))] for row in rows])


def clusters_tables(results):
    of = {part: [row for row in results["rows"] if row["part"] == part] for part in ("steps", "spark", "beside")}
    lines = steps_table(of["steps"])
    for row in of["spark"]:
        lines += ["", f"By Spark {row['version']}, two workers of one core in the same machine, {row['input']} takes {number(row['seconds'], 1)} s and {number(row['cpu'], 2)} CPU s of the "
                  f"program, where one process takes {number(row['one_seconds'], 2)} and {number(row['one_cpu'], 2)}: a task of Spark is a process, and each step waits for the one before it. "
                  f"Spark has shuffled {number(row['shuffled_bytes'])} bytes."]
    if of["beside"]:
        row = of["beside"][0]
        lines += ["", f"Spark's own MinHashLSH on {row['records']:,} records of {row['input']}, words in runs of five, six tables, the pairs joined by distance and the first of the same kept; "
                  "the start of Spark is in the CPU seconds, and not in the seconds; CPU seconds are those of all processes. *Recall*: of "
                  f"{number(row['pairs'])} pairs of similarity >= .7 those of which not both are kept. *Precision*: of what is removed, that with a kept record of similarity >= .7.", ""]
        lines += beside_table(of["beside"])
    made = [row for row in of["steps"] if row["input"] == "planted"]
    if made:
        lines += ["", f"**10^10 records on {SIMULATED_MACHINES} machines**, in {number(SIMULATED_SHARDS)} shards, reckoned from the bytes and seconds a record of planted ({made[0]['bytes'] / made[0]['records'] / 1e3:.1f} kB "
                  "each, of ten four new, four repeats and two near copies): nothing of this was run. What is moved is read from and written to the common file system.", ""] + simulated_table(made)
    return lines


def clusters_part(results):
    rounds = f", of each the least of {results['rounds']}" if "rounds" in results else ""
    return ["", f"**Shards** (`unecho shard`, {results['shards']} of them), the steps one after another on one machine, two threads{rounds}; the bytes of corpus and provenance were those of one process. Read are bytes by calls, of the page cache or not, and what is mapped of other tasks' files. "
            f"(Commit {results['machine']['commit']}, {results['machine']['date']}; `{results['command']}`; the load of the machine, of {results['machine']['cores']} cores, was {results['load']:.0f} "
            "when it began.)", ""] + clusters_tables(results)


# --- peers
# --------------------------------------------------------------------------------------------------------------

def peers_table(results):
    rows = []
    for row in results["rows"]:
        name = f"{row['tool']} {row.get('version', '')}".strip()
        if "error" in row:
            rows.append([name] + ["-"] * 7 + [row["error"]])
        else:
            rows.append([name, number(row["seconds"], 1 if row["seconds"] >= 1 else 2), number(row["cpu_seconds"], 1), number(row["mb_per_second"]), number(row["peak_mb"]),
                         number(row["kept"]), number(row["no_witness"]), number(row["pairs_left"]), row["note"]])
    return table(["", "seconds", "CPU s", "MB/s", "peak MB", "kept", "no witness", "pairs left", ""], rows)


def peers_part(results):
    made = results["input"]
    return ["", f"**Peers** on {made['name']} ({made['records']:,} records, {made['bytes'] / 1e6:,.0f} MB; {results['settings']}; reading and "
            f"writing JSONL included; commit {results['machine']['commit']}, {results['machine']['date']}; `{results['command']}`).", ""] + peers_table(results)


# --- bibliographies
# ------------------------------------------------------------------------------------------------------------

def share(value):
    """.9979 and 1, as precision, recall and F1 are written."""
    return "-" if value is None else "1" if value == 1 else f"{value:.4f}".lstrip("0")


def works_sets_table(rows):
    lines, last = [], None
    for row in rows:
        name = "" if row["set"] == last else f"{row['set']} ({row['records']:,})"
        last = row["set"]
        lines.append([name, row["tool"]] + [share(row[each]) for each in ("f1", "precision", "recall")] +
                     [number(row["lost"]), number(row["seconds"], 1 if row["seconds"] >= 1 else 2), number(row["cpu_seconds"], 1 if row["cpu_seconds"] >= 1 else 2),
                      number(row["peak_mb"])])
    return table(["set (records)", "", "pair F1", "precision", "recall", "entries lost", "seconds", "CPU s", "peak MB"], lines)


def works_growth_table(rows):
    lines = [[number(row["records"]), number(row["bytes"] // 1_000_000), number(row["seconds"], 1), number(row["cpu_seconds"], 1),
              number(row["cpu_us_a_record"], 1), number(row["peak_mb"]), number(row["kept"])] +
             [share(row[each]) for each in ("f1", "precision", "recall")] for row in rows]
    return table(["records", "MB", "seconds", "CPU s", "CPU us a record", "peak MB", "kept", "pair F1", "precision", "recall"], lines)


def works_tables(results):
    rows = {part: [row for row in results["rows"] if row["part"] == part] for part in ("sets", "growth")}
    lines = []
    if rows["sets"]:
        lines += works_sets_table(rows["sets"])
    if rows["growth"]:
        lines += ["", "What it costs as bibliographies grow: made-up ones (`scripts/bench/make_bibliography.py`), 30 % copies as databases make them. "
                  "Their F1 says that keys lose nothing as they grow, and nothing about real ones: who made the copies knew what the rule forgives.", ""]
        lines += works_growth_table(rows["growth"])
    return lines


def works_part(results):
    machine = results["machine"]
    return ["", f"**Bibliographies**: `--compare works` beside `--compare words` and bib-dedupe, on sets in which people marked what is one work. Pairs of records are counted; "
            f"an entry is lost if none of its records is kept. (Commit {machine['commit']}, {machine['date']}; `{results['command']}`; "
            f"{machine['compiler']}; the load of the machine, of {machine['cores']} cores, was {results['load']:.0f} when it began; unecho by two threads, with provenance and report. The rule was made with all of these sets at hand, "
            "so the figures are not those of a test; bib-dedupe was made with the first three, among others. The last three have no authors, years or journals: "
            "`scripts/bench/bib_dedupe_peer.py` says what it was given in their place.)", ""] + works_tables(results)


# --- kernels
# ------------------------------------------------------------------------------------------------------------

def kernels_table(results):
    def flow_order(row):
        parts = ["reference", "decoders", "layouts", "utf8_check", "clean", "tokens", "exact", "shingles", "sketch", "bands", "bitmap_filter",
                 "verify", "corpus_id", "corpus", "provenance", "format"]
        first = row["name"].split("/")[0]
        return parts.index(first) if first in parts else len(parts)
    rows = []
    for row in sorted(results["rows"], key=flow_order):
        best = row.get(results["sets"][-1], {})
        rows.append([row["name"]] + [number(row[name]["gb_per_second"]) if name in row else "-" for name in results["sets"]] +
                    [number(best.get("ns_per_item"))])
    return table(["GB/s"] + results["sets"] + [f"ns an item, {results['sets'][-1]}"], rows)


def kernels_part(results):
    return ["", f"<details><summary>Kernels and stages by themselves, one core, beside what the machine can do at all ({results['command']}, "
            f"commit {results['machine']['commit']})</summary>", ""] + kernels_table(results) + ["", "</details>"]


def read(name):
    path = RESULTS / name
    return json.loads(path.read_text()) if path.exists() else None


def rendered():
    lines = [BEGIN, ""]
    for name, part in (("runs.json", runs_part), ("crowds.json", crowds_part), ("options.json", options_part), ("index.json", index_part), ("memory.json", memory_part), ("stores.json", stores_part), ("tables.json", parquet_part), ("python.json", python_part), ("clusters.json", clusters_part), ("peers.json", peers_part), ("works.json", works_part), ("kernels.json", kernels_part)):
        results = read(name)
        if results is not None:
            lines += part(results)
    return "\n".join(lines + ["", END])


def check_readme(page):
    """The peers in the README are rows of the page: without CPU seconds and remarks."""
    def cells(line):
        return [cell.strip() for cell in line.strip().strip("|").split("|")]
    rows = {cells(line)[0]: cells(line) for line in page.split("**Peers**")[-1].splitlines() if line.startswith("|")}
    shown = [cells(line) for line in (ROOT / "README.md").read_text().splitlines() if line.startswith("|") and line.count("|") == 8]
    if len(shown) < 3:
        sys.exit("README.md: the table of other tools is not there")
    for row in shown[2:]:
        if row != [*rows.get(row[0], [])[:2], *rows.get(row[0], [])[3:8]]:
            sys.exit(f"README.md: the row of {row[0]} is not that of docs/benchmarks.md: copy it")


def main():
    arguments = sys.argv[1:]
    if len(arguments) == 2 and arguments[0] == "--show":
        results = json.loads(pathlib.Path(arguments[1]).read_text())
        lines = runs_tables(results) if "inputs" in results else crowds_table(results) if "builds" in results else options_table(results) if "options_input" in results else index_table(results) if "index_records" in results else memory_table(results) if "memory_records" in results else stores_table(results) if "stored_records" in results else parquet_table(results) if "table_records" in results else python_table(results) if "python_records" in results else clusters_tables(results) if "shards" in results else peers_table(results) if "input" in results else works_tables(results) if "works" in results else kernels_table(results)
        print(made_on(results), *lines, sep="\n")
        return
    if arguments not in ([], ["--check"]):
        sys.exit(__doc__)
    text = PAGE.read_text()
    if text.count(BEGIN) != 1 or text.count(END) != 1:
        sys.exit(f"{PAGE}: the marks are not there once each:\n{BEGIN}\n{END}")
    before, rest = text.split(BEGIN)
    fresh = before + rendered() + rest.split(END)[1]
    if arguments == ["--check"]:
        if fresh != text:
            sys.exit("the tables of docs/benchmarks.md are not those of scripts/bench/results: run scripts/bench/render.py")
        check_readme(text)
    elif fresh != text:
        PAGE.write_text(fresh)


main()
