import json
import pathlib
import random
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def program():
    """The program of the wheel, beside the interpreter."""
    path = pathlib.Path(sys.executable).parent / "unecho"
    assert path.exists(), f"{path}: the wheel has put no program there"
    return str(path)


@pytest.fixture(scope="session")
def sample_data():
    return ROOT / "sample_data"


def made_up(seed=1, count=1500):
    """Texts with repeats, near repeats, blank ones, and letters beyond ASCII; years and DOIs beside them."""
    rng = random.Random(seed)
    rows, words = [], []
    for number in range(count):
        if not words or rng.random() < 0.5:
            words = [rng.choice(["w", "ö", "字", "Š"]) + str(rng.randrange(5000)) for _ in range(rng.randrange(4, 60))]
        for _ in range(rng.randrange(4)):
            words[rng.randrange(len(words))] = "x" + str(rng.randrange(5000))
        text = " ".join(words) if number % 50 else " \n"
        rows.append({"number": number, "text": text, "year": 1990 + rng.randrange(30), "doi": f"10.1/{rng.randrange(count)}"})
    return rows


def by_program(program, rows, folder, *options):
    """(fate, witness, similarity) of each row, as the program says."""
    path, provenance = folder / "rows.jsonl", folder / "provenance.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    subprocess.run([program, "dedup", "-q", "-f", "--dry-run", "--match-fields", "text", *options, path, "--provenance", provenance],
                   check=True)
    told = []
    for line in provenance.read_text(encoding="utf-8").splitlines():
        said = json.loads(line)
        witness = int(said["witness"].rsplit("#", 1)[1]) - 1 if said.get("witness") else None
        told.append((said["fate"], witness, said.get("similarity")))
    return told


def told(fates):
    """The same of a result."""
    columns = (fates.column("fate"), fates.column("witness"), fates.column("similarity"))
    return [(fate, witness, None if similarity is None else round(similarity, 6)) for fate, witness, similarity in zip(*columns)]
