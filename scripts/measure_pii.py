#!/usr/bin/env python3
"""What `unecho --pii` finds in a corpus, string by string, to be judged by eye: most corpora hold so little that all of it fits a
screen. Each file is run through `unecho segment --pii mask`, and what the placeholders stand for is read off the unmasked text.

  measure_pii.py --unecho BINARY FILE...
"""
import argparse
import collections
import json
import re
import subprocess

PLACEHOLDER = re.compile(r"<(EMAIL|IP|CARD|PHONE)>")


def records(unecho, path, *options):
    out = subprocess.run([unecho, "segment", "-q", *options, path], check=True, capture_output=True).stdout
    return [json.loads(line) for line in out.splitlines()]


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def replaced(before, after):
    """(kind, text) for each placeholder that is in `after` and not in `before`."""
    parts = PLACEHOLDER.split(after)
    pattern = re.escape(parts[0]) + "".join("(.+?)" + re.escape(text) for text in parts[2::2])
    match = re.fullmatch(pattern, before, re.DOTALL)
    return [pair for pair in zip(parts[1::2], match.groups()) if pair[1] != f"<{pair[0]}>"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--unecho", required=True)
    parser.add_argument("files", nargs="+")
    args = parser.parse_args()
    found, num_records, num_bytes = collections.defaultdict(list), 0, 0
    for path in args.files:
        plain, masked = records(args.unecho, path), records(args.unecho, path, "--pii", "mask")
        num_records += len(plain)
        for record, changed in zip(plain, masked):
            for before, after in zip(strings(record), strings(changed)):
                num_bytes += len(before.encode())
                if before != after and PLACEHOLDER.search(after):
                    for kind, text in replaced(before, after):
                        found[kind].append(text)
    print(f"{num_records} records, {num_bytes / 1e6:.1f} MB of text")
    for kind in ("EMAIL", "IP", "CARD", "PHONE"):
        counted = collections.Counter(found[kind])
        print(f"{kind}: {len(found[kind])}")
        for text, times in sorted(counted.items()):
            print(f"  {times} x {text}")


if __name__ == "__main__":
    main()
