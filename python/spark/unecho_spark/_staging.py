"""Inputs that only Hadoop's file system reads are copied to where the program reads them, and outputs back.

The driver lists, by the file system of its JVM. The machines copy, a task a file, each by a JVM of its own that runs ``hadoop fs``:
the workers of PySpark have none at hand, and what Spark itself reads would go through its rows and their limits. No text
passes the driver, and a file may have any size.
"""

from __future__ import annotations

import glob
import os
import re
import tempfile
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from . import _program

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_URI = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
OnMachines = Callable[..., list[Any]]


class Copy(NamedTuple):
    source: str
    target: str
    milliseconds: int
    """When the source changed; the copy has this, so that a second look knows it again. 0: of no interest."""


def fetch(spark: SparkSession, names: Sequence[str], staged: str, on_machines: OnMachines) -> tuple[list[str], str]:
    """Names for the program, and the folder from which they are right. Names of the file system stay; of what is elsewhere there is
    a copy below ``staged`` when this returns."""
    here = os.getcwd()
    if not any(_URI.match(name) for name in names):
        return list(names), here
    copies: list[Copy] = []
    found: list[str] = []
    for name in names:
        if not _URI.match(name):
            found.append(os.path.join(here, name))
            continue
        of = _list(spark, name, staged)
        if not of:
            raise FileNotFoundError(f"{name}: there are no files")
        copies += of
        found += [os.path.relpath(copy.target, staged) for copy in of]
    targets: dict[str, str] = {}
    for copy in copies:
        if targets.setdefault(copy.target, copy.source) != copy.source:
            raise ValueError(f"{targets[copy.target]} and {copy.source} would be one name; stage one of them by hand")
    _copy(spark, "get", [copy for copy in copies if not _is_there(copy)], on_machines)
    return found, staged


def put(spark: SparkSession, folder: str, copy_to: str, on_machines: OnMachines) -> None:
    """Copies all files below a folder to where Hadoop's file system writes."""
    names = sorted(os.path.relpath(os.path.join(place, name), folder) for place, _, files in os.walk(folder) for name in files)
    jvm = spark.sparkContext._jvm
    for below in sorted({os.path.dirname(name) for name in names} | {""}):
        path = jvm.org.apache.hadoop.fs.Path(f"{copy_to.rstrip('/')}/{below}")
        path.getFileSystem(spark.sparkContext._jsc.hadoopConfiguration()).mkdirs(path)
    copies = [Copy(os.path.join(folder, name), f"{copy_to.rstrip('/')}/{name}", 0) for name in names]
    _copy(spark, "put", copies, on_machines)


def _list(spark: SparkSession, name: str, staged: str) -> list[Copy]:
    """The files of a name: a file, a pattern, or all below a folder, in the order of their names."""
    path = spark.sparkContext._jvm.org.apache.hadoop.fs.Path(name)
    system = path.getFileSystem(spark.sparkContext._jsc.hadoopConfiguration())
    files = []
    for matched in system.globStatus(path) or []:
        below = system.listFiles(matched.getPath(), True)
        while below.hasNext():
            file = below.next()
            uri = file.getPath().toString()
            hidden = any(part[:1] in "._" for part in uri[len(matched.getPath().toString()):].split("/") if part)
            if not hidden:   # _SUCCESS and .crc, as Spark itself does
                target = os.path.join(staged, re.sub(r"^[^:/]*:/+", "", uri))
                files.append(Copy(uri, target, file.getModificationTime()))
    return sorted(files)


def _is_there(copy: Copy) -> bool:
    try:
        return os.stat(copy.target).st_mtime_ns == copy.milliseconds * 1_000_000
    except FileNotFoundError:
        return False


# --- on the machines ---------------------------------------------------------------------------------------------------


def _copy(spark: SparkSession, how: str, copies: list[Copy], on_machines: OnMachines) -> None:
    if not copies:
        return
    text = spark.sparkContext._jvm.java.io.StringWriter()
    spark.sparkContext._jsc.hadoopConfiguration().writeXml(text)
    site = text.toString()
    on_machines(spark.sparkContext, f"hadoop fs -{how}", copies, lambda copy: _copy_one(how, copy, site))


def _copy_one(how: str, copy: Copy, site: str) -> None:
    from ._run import _TaskFailed

    with tempfile.TemporaryDirectory(prefix="unecho-spark-") as scratch:
        # In a file that nobody else can read, not on the command line: keys of object stores are among them.
        with open(os.path.join(scratch, "core-site.xml"), "w", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
            file.write(site)
        target = copy.target
        if how == "get":
            os.makedirs(os.path.dirname(target), exist_ok=True)
            target = f"{copy.target}.{os.getpid()}-{os.urandom(4).hex()}.part"
        try:
            command = [_java(), "-Xmx256m", "-cp", f"{scratch}:{_class_path()}", "org.apache.hadoop.fs.FsShell", f"-{how}", "-f"]
            done = _program.run([*command, copy.source, target])
            if done.code != 0:
                raise _TaskFailed(f"{copy.source} cannot be copied: {_program.why(done)}")
            if how == "get":
                os.utime(target, ns=(copy.milliseconds * 1_000_000,) * 2)
                os.replace(target, copy.target)
        finally:
            if how == "get" and os.path.exists(target):
                os.remove(target)


def _java() -> str:
    home = os.environ.get("JAVA_HOME")
    return os.path.join(home, "bin", "java") if home else "java"


def _class_path() -> str:
    """Where Spark has Hadoop's classes on this machine."""
    home = os.environ.get("SPARK_HOME")
    if not home:
        import pyspark

        home = os.path.dirname(pyspark.__file__)
    if glob.glob(os.path.join(home, "jars", "*.jar")):
        return os.path.join(home, "jars", "*")
    return os.environ.get("CLASSPATH", "")   # in containers of YARN
