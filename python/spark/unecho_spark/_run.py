from __future__ import annotations

import json
import os
import re
import shutil
import socket
import tempfile
import time
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from . import _program, _staging

if TYPE_CHECKING:
    from pyspark import SparkContext
    from pyspark.sql import SparkSession


class Error(Exception):
    """What went wrong, in the words of the tool."""


class _TaskFailed(Exception):
    """In a task; Spark hands its text on."""


class Task(NamedTuple):
    """A task that was done."""

    step: str
    number: int
    host: str
    seconds: float
    cpu_seconds: float
    peak_bytes: int
    """Of memory, of the program."""


class Run(NamedTuple):
    """A finished run."""

    folder: str
    """``out/`` in it has the corpus and what goes with it, in the order of their names."""
    tasks: list[Task]
    """Those that this call has done; a call that went on with a run has fewer than the run."""
    fates: dict[str, int]
    """Records by fate, and how many were ``read``."""

    @property
    def table(self) -> str:
        """For people: what each step took."""
        lines = [f"{'step':10}{'tasks':>7}{'CPU s':>11}{'longest s':>11}{'peak MB':>9}"]
        for step in dict.fromkeys(task.step for task in self.tasks):
            of = [task for task in self.tasks if task.step == step]
            lines.append(
                f"{step:10}{len(of):7}{sum(task.cpu_seconds for task in of):11.1f}{max(task.seconds for task in of):11.1f}"
                f"{max(task.peak_bytes for task in of) / 1e6:9.0f}"
            )
        return "\n".join(lines)


# --- the program on the machines -------------------------------------------------------------------------------------


class Program:
    """The tool, here and on the machines."""

    def __init__(self, spark: SparkSession, unecho: str | os.PathLike[str] | None) -> None:
        self.context: SparkContext = spark.sparkContext
        name = os.fspath(unecho) if unecho is not None else None
        self.here = _program.find(name or "unecho")
        self._there = name if name and os.sep not in name else _send_program(self.context, self.here)
        _send_package(self.context)

    def do(self, *arguments: str, folder: str | None = None) -> str:
        """Runs it here."""
        done = _program.run([self.here, *arguments], folder)
        if done.code != 0:
            raise Error(_program.why(done))
        return done.out

    def on_the_machines(self) -> Callable[[], str]:
        """What a task calls to find it."""
        there = self._there

        def find() -> str:
            from pyspark import SparkFiles

            sent = SparkFiles.get(there)
            return sent if os.path.exists(sent) else _program.find(there)

        return find


def _send_program(context: SparkContext, path: str) -> str:
    """Spark knows what it sends by the name, and sends nothing twice; another build of the tool has another name."""
    about = os.stat(path)
    name = f"unecho-{about.st_size:x}-{about.st_mtime_ns:x}"
    if not any(sent.endswith("/" + name) for sent in context.listFiles):
        folder = tempfile.mkdtemp(dir=context._temp_dir)
        context.addFile(shutil.copy2(path, os.path.join(folder, name)))
    return name


def _send_package(context: SparkContext) -> None:
    """So that it has to be installed nowhere but on the driver."""
    name = f"{__package__}.zip"
    if any(path.endswith("/" + name) for path in context.listFiles):
        return
    path = os.path.join(tempfile.mkdtemp(dir=context._temp_dir), name)
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(Path(__file__).parent.glob("*.py")):
            archive.write(file, f"{__package__}/{file.name}")
    context.addPyFile(path)


def on_machines(context: SparkContext, what: str, items: Sequence[Any], work: Callable[[Any], Any]) -> list[Any]:
    """``work(item)`` for each, on the machines, a task each."""
    if not items:
        return []
    context.setJobDescription(what)
    try:
        return context.parallelize(items, len(items)).map(work).collect()
    except Exception as error:   # Py4JJavaError, with the trace of the task in it
        said = re.search(r"_TaskFailed: (.*?)(?=\n\s*\n|\n\s*at |\Z)", str(error), re.DOTALL)
        if said is None:
            raise
        raise Error(said[1].strip()) from error
    finally:
        context.setJobDescription(None)


# --- steps -------------------------------------------------------------------------------------------------------------


def _do(find: Callable[[], str], folder: str, step: str, number: int, options: list[str]) -> Task:
    begin = time.monotonic()
    done = _program.run([find(), "shard", step, folder, str(number), *options])
    if done.code != 0:
        raise _TaskFailed(f"step {step}, task {number}, on {socket.gethostname()}: {_program.why(done)}")
    return Task(step, number, socket.gethostname(), time.monotonic() - begin, done.cpu_seconds, done.peak_bytes)


def resume(
    spark: SparkSession,
    folder: str | os.PathLike[str],
    *,
    unecho: str | os.PathLike[str] | None = None,
    **options: Any,
) -> Run:
    """All of a planned run that is not done yet: what ``unecho shard plan`` has planned, or what a call that failed has left.

    Parameters
    ----------
    folder
        As for ``unecho shard plan``.
    unecho
        As for :func:`clean`.
    options
        ``threads``, ``memory`` and ``tmpdir`` of each task. The plan has all others.
    """
    return finish(spark, folder, unecho, arguments_of(options))


def finish(spark: SparkSession, folder: str | os.PathLike[str], unecho: str | os.PathLike[str] | None, options: list[str]) -> Run:
    return _finish(Program(spark, unecho), os.path.abspath(folder), options)


def _status(program: Program, folder: str) -> dict[str, Any]:
    return json.loads(program.do("shard", "status", "--json", folder))


def _finish(program: Program, folder: str, options: list[str]) -> Run:
    if not any(option.startswith("--threads=") for option in options):
        options = [f"--threads={program.context.getConf().get('spark.task.cpus', '1')}", *options]
    find = program.on_the_machines()
    tasks: list[Task] = []
    for step in _status(program, folder)["steps"]:
        name = step["name"]
        done = set(step["done"])
        left = [number for number in range(step["tasks"]) if number not in done]
        what = f"unecho shard {name} {folder}"
        tasks += on_machines(program.context, what, left, lambda number, name=name: _do(find, folder, name, number, options))
    after = _status(program, folder)
    if not after["complete"]:
        raise Error(
            f"{folder}: all tasks were done, and the run is not complete as this machine sees it: {json.dumps(after)}; is the folder on a "
            "file system that all machines see?"
        )
    return Run(folder, tasks, after["records"])


def clean(
    spark: SparkSession,
    inputs: str | os.PathLike[str] | Sequence[str | os.PathLike[str]],
    folder: str | os.PathLike[str],
    *,
    shards: int | None = None,
    copy_to: str | None = None,
    unecho: str | os.PathLike[str] | None = None,
    **options: Any,
) -> Run:
    """Dumps in, clean corpus out: the bytes of ``unecho clean`` over all of them.

    Parameters
    ----------
    inputs
        Files and folders that all machines see, or what Hadoop's file system reads (``s3a://``, ``hdfs://``, ...), which is
        copied to ``folder.staged`` first.
    folder
        Of this run, on a file system that all machines see. A run that was begun there with the same inputs and options goes on.
    shards
        Into how many the inputs are cut; as many as Spark has slots if not given. The bytes do not depend on it.
    copy_to
        Where the files of ``folder/out`` are copied to in the end, by Hadoop's file system (``s3a://bucket/clean``).
    unecho
        The program. A path: it travels with the job. A bare name: each machine has one on its PATH. None: the one on the PATH of
        the driver travels.
    options
        All that ``unecho shard plan`` takes: ``threshold=0.8``, ``key="doi"``, ``keep="year:max"``, ``repair="all"``, ... By default
        ``output="corpus.jsonl"`` and ``provenance="provenance.jsonl"``: a name that ends in ``.zst`` is compressed. ``threads``,
        ``memory`` and ``tmpdir`` are those of each task; threads are as many as Spark gives it cores (``spark.task.cpus``).

    Raises
    ------
    Error
        With the tool's message. What was done stays done: the same call again goes on.
    """
    if isinstance(inputs, (str, os.PathLike)):
        inputs = [inputs]
    return plan_and_finish(spark, [os.fspath(name) for name in inputs], folder, shards, copy_to, unecho, arguments_of(options))


_OF_TASKS = ("--threads=", "--memory=", "--tmpdir=")
_OUTPUTS = ("--output=corpus.jsonl", "--provenance=provenance.jsonl")   # where nothing else is said


def plan_and_finish(
    spark: SparkSession,
    names: list[str],
    folder: str | os.PathLike[str],
    shards: int | None,
    copy_to: str | None,
    unecho: str | os.PathLike[str] | None,
    arguments: list[str],
) -> Run:
    program = Program(spark, unecho)
    folder = os.path.abspath(folder)
    names, start = _staging.fetch(spark, names, f"{folder}.staged", on_machines)
    planned = [argument for argument in arguments if not argument.startswith(_OF_TASKS)]
    said = {argument.partition("=")[0] for argument in planned}
    if "--output-dir" in said:
        said.add("--output")   # in its place
    planned += [output for output in _OUTPUTS if output.partition("=")[0] not in said]
    number = shards or program.context.defaultParallelism
    program.do("shard", "plan", folder, *names, f"--shards={number}", *planned, folder=start)
    run = _finish(program, folder, [argument for argument in arguments if argument.startswith(_OF_TASKS)])
    if copy_to is not None:
        _staging.put(spark, os.path.join(folder, "out"), copy_to, on_machines)
    return run


_AGAIN = {"key", "differ", "glob"}   # their commas have a meaning of their own


def arguments_of(options: dict[str, Any]) -> list[str]:
    """Options by their names, as the command line has them: a list is what commas, or an option that is given again, are there."""
    arguments = []
    for name, value in options.items():
        option = "--" + name.replace("_", "-")
        if value is None or value is False:
            continue
        if value is True:
            arguments.append(option)
            continue
        values = [str(value)] if isinstance(value, (str, int, float, os.PathLike)) else [str(each) for each in value]
        arguments += [f"{option}={each}" for each in (values if name in _AGAIN else [",".join(values)])]
    return arguments
