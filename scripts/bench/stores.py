#!/usr/bin/env python3
"""What unecho_stores measures of each store, as a results file.  stores.py UNECHO_STORES RECORDS FOLDER OUTPUT.json"""
import json
import os
import pathlib
import shutil
import subprocess
import sys

sys.dont_write_bytecode = True
from common import machine, write_results  # noqa: E402

STORES = {"runs": "unecho's files", "lmdb": "LMDB", "rocksdb-sorted": "RocksDB, sorted files", "rocksdb": "RocksDB"}


def main():
    program, records, folder, output = sys.argv[1], int(sys.argv[2]), pathlib.Path(sys.argv[3]), pathlib.Path(sys.argv[4])
    load, rows = round(os.getloadavg()[0], 1), []
    for store, name in STORES.items():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        lines = subprocess.run([program, store, str(records), folder], stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()
        rows += [{**json.loads(line), "store": name} for line in lines]
        print(*lines, sep="\n", file=sys.stderr)
    shutil.rmtree(folder)
    versions = {library: subprocess.run(["dpkg-query", "-Wf", "${Version}", package], capture_output=True, text=True).stdout
                for library, package in (("RocksDB", "librocksdb-dev"), ("LMDB", "liblmdb-dev"))}
    write_results(output, {"machine": machine(), "command": "scripts/bench_stores.sh", "load": load, "stored_records": records, "versions": versions, "rows": rows})


main()
