"""Whole runs on two workers, beside one process."""
import pathlib
import shutil
import subprocess
import sys
import time

import pytest
import unecho_spark
from conftest import PROGRAM, ROOT, SHARED, clean, of_shards
from unecho_spark import _run

PAGES = sorted((ROOT / "sample_data").glob("page_*.txt"))
SETS = {
    "sample": PAGES,
    "seeds": sorted(SHARED.glob("seeds/*.txt")),
    "labelled": [SHARED / "labelled/mccormick_articles_2500/records.jsonl"],
    "bench": [SHARED / "bench/arxiv_100k.jsonl.zst"],
}


def inputs_of(name, folder):
    """A set as several files: a file is not cut into shards."""
    files = SETS[name]
    if not files or not files[0].exists():
        pytest.skip("the shared data is not there")
    if len(files) > 1:
        return files
    text = subprocess.run(["zstdcat", "-f", files[0]], stdout=subprocess.PIPE, check=True).stdout.splitlines(keepends=True)
    parts = [folder / f"part-{number}.jsonl" for number in range(9)]
    for number, part in enumerate(parts):
        part.write_bytes(b"".join(text[len(text) * number // len(parts):len(text) * (number + 1) // len(parts)]))
    return parts


long = pytest.mark.long


@pytest.mark.parametrize("name", ["seeds", "labelled", pytest.param("bench", marks=long), pytest.param("sample", marks=long)])
def test_the_bytes_are_those_of_one_process(spark, tmp_path, name):
    inputs = inputs_of(name, tmp_path)
    one = clean(tmp_path / "one", inputs)
    for shards in (1, 2, 7):
        run = unecho_spark.clean(spark, inputs, tmp_path / f"of-{shards}", shards=shards)
        assert of_shards(run) == one, shards
        assert {task.step for task in run.tasks} >= {"sign", "write"}
        assert run.fates["read"] == one[1].count(b"\n") and run.fates["kept"] == one[1].count(b'"fate":"kept"')


@long
def test_options_are_those_of_the_command_line(spark, tmp_path):
    one = clean(tmp_path / "one", PAGES, "--threshold", "0.6", "--keep", "longest", "--ignore", "numbers,diacritics", "--require-body")
    run = unecho_spark.clean(
        spark, PAGES, tmp_path / "run", shards=2, threshold=0.6, keep="longest", ignore=["numbers", "diacritics"], require_body=True, min_length=None
    )
    assert of_shards(run) == one


def test_a_worker_that_is_killed_changes_nothing(spark, tmp_path, instead):
    one = clean(tmp_path / "one", PAGES)
    # The first task of each of three steps kills its executor, the Java process above it, when the tool has begun.
    program = instead(
        f"""
        if [[ $step =~ sign|pairs|write ]] && mkdir {tmp_path}/killed-$step 2>/dev/null; then
          "$program" "$@" &
          above=$PPID
          until [ "$(cat /proc/$above/comm)" = java ]; do above=$(ps -o ppid= -p $above | tr -d ' '); done
          echo $BASHPID > {tmp_path}/killed-$step/pid
          kill -9 $above
          sleep 60
        fi"""
    )
    run = unecho_spark.clean(spark, PAGES, tmp_path / "run", shards=2, unecho=program)
    assert of_shards(run) == one
    killed = sorted(tmp_path.glob("killed-*"))
    assert [folder.name for folder in killed] == ["killed-pairs", "killed-sign", "killed-write"]
    deadline = time.monotonic() + 30
    for folder in killed:   # nobody works on for an executor that is gone
        while pathlib.Path("/proc", (folder / "pid").read_text().strip()).exists():
            assert time.monotonic() < deadline, folder
            time.sleep(0.1)


@long
def test_tasks_that_run_twice_at_once_change_nothing(spark, tmp_path):
    one = clean(tmp_path / "one", PAGES)
    folder = str(tmp_path / "run")
    program = _run.Program(spark, PROGRAM)
    program.do("shard", "plan", folder, *map(str, PAGES), "--shards", "2", "--provenance", "provenance.jsonl")
    find = program.on_the_machines()
    for step in _run._status(program, folder)["steps"]:
        twice = sorted([*range(step["tasks"])] * 2)
        _run.on_machines(spark.sparkContext, "twice", twice, lambda number, name=step["name"]: _run._do(find, folder, name, number, []))
    assert of_shards(unecho_spark.resume(spark, folder)) == one


def test_a_task_that_fails_says_why_and_the_run_goes_on_later(spark, tmp_path, instead):
    one = clean(tmp_path / "one", PAGES)
    program = instead('if [ "$step$task" = pairs1 ]; then echo "unecho: error: the disk is full" >&2; exit 1; fi')
    with pytest.raises(unecho_spark.Error, match=r"^step pairs, task 1, on \S+: unecho: error: the disk is full$"):
        unecho_spark.clean(spark, PAGES, tmp_path / "run", shards=2, unecho=program)
    run = unecho_spark.resume(spark, tmp_path / "run")
    assert of_shards(run) == one
    assert "sign" not in {task.step for task in run.tasks}


def test_what_cannot_be_meant_is_said_before_anything_runs(spark, tmp_path):
    with pytest.raises(unecho_spark.Error, match="no-such-dump"):
        unecho_spark.clean(spark, tmp_path / "no-such-dump", tmp_path / "run", shards=2)
    with pytest.raises(unecho_spark.Error, match="--threshold"):
        unecho_spark.clean(spark, PAGES, tmp_path / "run", shards=2, threshold=7)
    with pytest.raises(FileNotFoundError, match="no program /no/such/program"):
        unecho_spark.clean(spark, PAGES, tmp_path / "run", unecho="/no/such/program")


def test_inputs_and_outputs_of_hadoop_are_staged(spark, hadoop, tmp_path):
    shutil.copytree(ROOT / "sample_data", hadoop / "dumps", ignore=lambda _, names: [name for name in names if not name.startswith("page_")])
    (hadoop / "dumps" / "_SUCCESS").touch()
    run = unecho_spark.clean(spark, "viewfs:///store/dumps", tmp_path / "run", shards=2, copy_to="viewfs:///store/clean")
    staged = tmp_path / "run.staged"
    names = sorted(str(path.relative_to(staged)) for path in staged.rglob("*") if path.is_file())
    assert names == [f"store/dumps/{page.name}" for page in PAGES]
    corpus = subprocess.run([PROGRAM, "clean", "-q", *names], cwd=staged, stdout=subprocess.PIPE, check=True).stdout
    assert b"".join(file.read_bytes() for file in sorted((hadoop / "clean").glob("corpus-*"))) == corpus == of_shards(run)[0]
    before = {path: path.stat().st_ino for path in staged.rglob("*")}
    unecho_spark.clean(spark, "viewfs:///store/dumps", tmp_path / "run", shards=2)
    assert before == {path: path.stat().st_ino for path in staged.rglob("*")}   # what is there is not copied again


@long
def test_the_command_line(tmp_path):
    one = clean(tmp_path / "one", PAGES, "--threshold", "0.6")
    command = [sys.executable, "-m", "unecho_spark", tmp_path / "run", *PAGES, "--shards=2", "--threshold=0.6", "--master=local[2]"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert of_shards(_run.Run(str(tmp_path / "run"), [], {})) == one
    assert "sign" in done.stderr
