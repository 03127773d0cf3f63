import os
import pathlib
import random
import shlex
import subprocess

import pytest

ROOT = pathlib.Path(os.environ["UNECHO_REPOSITORY"]).resolve()
PROGRAM = os.environ["UNECHO_BINARY"]
SHARED = ROOT.parent / "shared" / "data"
os.environ["PATH"] = os.path.dirname(PROGRAM) + os.pathsep + os.environ["PATH"]   # that of the driver travels with the jobs


@pytest.fixture(scope="session")
def hadoop(tmp_path_factory):
    """A folder that Hadoop calls viewfs:///store, and that only Hadoop finds under this name."""
    return tmp_path_factory.mktemp("store")


@pytest.fixture(scope="session")
def spark(hadoop):
    """Two workers of one core each, processes of their own, as on two machines with a common file system."""
    from pyspark.sql import SparkSession

    quick = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"   # three JVMs that live for a minute
    session = (
        SparkSession.builder.master("local-cluster[2,1,1024]")
        .config("spark.driver.extraJavaOptions", quick)
        .config("spark.executor.extraJavaOptions", quick)
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.hadoop.fs.viewfs.mounttable.default.link./store", f"file://{hadoop}")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


def clean(folder, inputs, *options):
    """Corpus and provenance of one process, and how many seconds it took."""
    folder.mkdir(parents=True)
    subprocess.run(
        [PROGRAM, "clean", "-q", *map(str, inputs), "-o", folder / "corpus.jsonl", "--provenance", folder / "provenance.jsonl", *options], check=True
    )
    return (folder / "corpus.jsonl").read_bytes(), (folder / "provenance.jsonl").read_bytes()


def of_shards(run):
    """The same of a run of shards."""
    files = [sorted(pathlib.Path(run.folder, "out").glob(f"{kind}-*")) for kind in ("corpus", "provenance")]
    return tuple(b"".join(file.read_bytes() for file in of) for of in files)


@pytest.fixture
def instead(tmp_path):
    """A program that is the tool, but for some lines of shell that come before: $step and $task are what it is asked for."""

    def write(lines):
        path = tmp_path / "instead-of-unecho"
        path.write_text(
            f"#!/bin/bash\nprogram={shlex.quote(PROGRAM)} step=$2 task=$4\n"
            f'{lines}\nexec "$program" "$@"\n'
        )
        path.chmod(0o755)
        return path

    return write


def made_up(seed=1, count=600):
    """Rows with repeats, near repeats and blank texts; years and DOIs beside them."""
    rng = random.Random(seed)
    rows, words = [], []
    for number in range(count):
        if not words or rng.random() < 0.5:
            words = [rng.choice(["w", "ö", "字"]) + str(rng.randrange(5000)) for _ in range(rng.randrange(4, 60))]
        for _ in range(rng.randrange(4)):
            words[rng.randrange(len(words))] = "x" + str(rng.randrange(5000))
        text = None if number % 100 == 7 else " ".join(words) if number % 50 else " \n"
        rows.append((number, text, 1990 + rng.randrange(30), f"10.1/{rng.randrange(count)}"))
    return rows
