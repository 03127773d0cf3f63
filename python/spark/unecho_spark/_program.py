"""The program as a child of this process, on the driver and in tasks.

Tasks get this file with the package, and import nothing but the standard library through it.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import subprocess
import tempfile
from typing import NamedTuple

_PR_SET_PDEATHSIG = 1
_LAST_BYTES = 4000   # of what a program said: the error is at its end


class Done(NamedTuple):
    code: int
    out: str
    """Standard output."""
    said: str
    """Standard error, the end of it."""
    cpu_seconds: float
    peak_bytes: int


def run(command: list[str], folder: str | None = None, environment: dict[str, str] | None = None) -> Done:
    """Runs a command to its end. It ends with this process: an executor that is killed, or a task that Spark gives up, leaves
    nothing behind that would use a machine for nobody."""
    libc = ctypes.CDLL(None)   # here: between fork and exec no library can be loaded
    parent = os.getpid()

    def end_with_parent() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:   # it ended before the line above
            os._exit(1)

    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as said:
        child = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=said,
            preexec_fn=end_with_parent,
        )
        try:
            _, status, usage = os.wait4(child.pid, 0)
        except BaseException:
            child.kill()
            child.wait()
            raise
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        said.seek(max(0, said.seek(0, os.SEEK_END) - _LAST_BYTES))
        return Done(
            child.returncode,
            out.read().decode("utf-8", "replace"),
            said.read().decode("utf-8", "replace").strip(),
            usage.ru_utime + usage.ru_stime,
            usage.ru_maxrss * 1024,
        )


def find(name: str) -> str:
    """The path of a program on this machine."""
    path = shutil.which(name)
    if path is None:
        raise FileNotFoundError(
            f"there is no program {name} on this machine: install unecho here, or say where it is (unecho='/path/to/unecho'; a program "
            "that scripts/portable.sh makes runs on any Linux)"
        )
    return os.path.abspath(path)


def why(done: Done) -> str:
    """For people: what a program that failed said, or what ended it."""
    if done.code < 0:
        by = signal.Signals(-done.code).name
        hint = "; the machine had too little memory for it?" if by == "SIGKILL" else ""
        return f"it was ended by {by}{hint} {done.said}".rstrip()
    return done.said or f"it ended with exit code {done.code} and said nothing"
