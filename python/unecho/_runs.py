from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from . import _unecho
from ._record import Record
from .errors import UnechoWarning

Path = str | os.PathLike[str]
Paths = Path | Sequence[Path]


class Progress(NamedTuple):
    """How far a run is."""

    phase: str
    """``reading``, ``deciding``, ``writing``, ..."""
    bytes: int
    """Decompressed bytes read."""
    total_bytes: int
    """That will be read; 0 if that is not known (pipes, compressed files)."""
    records: int
    """Records read."""
    kept: int
    """Records kept."""


class Run(NamedTuple):
    """A finished run."""

    fates: dict[str, int]
    """Records by fate: ``kept``, ``exact``, ``near``, ``contaminated``, ``reference``, ``rejected``."""
    reasons: dict[str, int]
    """Rejected records by reason."""
    bytes: dict[str, int]
    """Bytes of the sources by class: ``record``, ``left_out``, ``furniture``, ``separator``, ``rejected``."""
    table: str
    """For people: what became of the records of each source."""


class Audit(NamedTuple):
    """What an audit found."""

    violations: list[str]
    """What is wrong, the first 100; empty if every claim holds."""
    num_violations: int
    fates: dict[str, int]
    """Records by fate."""
    pairs_left: int | None
    """With ``recall``: pairs of kept records that are the same all the same."""


def _warn(message: str) -> None:
    warnings.warn(message, UnechoWarning, stacklevel=3)


def clean(
    paths: Paths,
    *,
    output: Path | None = None,
    provenance: Path | None = None,
    report: Path | None = None,
    progress: Callable[[Progress], object] | None = None,
    on_warning: Callable[[str], object] | None = None,
    **options: Any,
) -> Run:
    """Dumps in; corpus, provenance and report out: ``unecho clean`` in this process.

    Parameters
    ----------
    paths
        A file, a folder, or a list of them, in any layout, compression and encoding.
    output
        The corpus; ``.zst``, ``.gz``, ... is compressed. None: everything is counted, and no corpus is written; an
        ``index`` gets what is new all the same.
    provenance
        What became of each record and why, as JSON lines.
    report
        Parameters, ledger and statistics, as JSON.
    progress
        Called in this thread every 50 ms or so. What it raises ends the run.
    on_warning
        Called with what nobody should miss, in place of a Python warning (:class:`UnechoWarning`).
    options
        All others of ``unecho clean``: ``threshold=0.8``, ``key="doi"``, ``keep="year:max"``, ``against="eval.jsonl"``,
        ``index="papers.idx"``, ``mark=True``, ``as_="input"``, ``force=True``, ...

    The interpreter lock is released while it works. Ctrl-C, or an exception of a callback, ends it, and leaves no
    output.

    Raises
    ------
    UsageError
        Options that cannot be meant.
    NotFoundError, ExistsError
        An input that is not there; an output that is, without ``force=True``.
    Error
        All else, with the tool's message.
    """
    options = {"output": output, "provenance": provenance, "report": report, **options}
    if output is None and not options.get("output_dir"):
        # A dry run adds nothing to an index.
        options.update({"output": os.devnull} if options.get("index") else {"dry_run": True})
    tell = None if progress is None else lambda seen: progress(Progress(*seen))
    return Run(**_unecho.run(paths, options, on_warning or _warn, tell))


def audit(
    paths: Paths = (),
    *,
    provenance: Path,
    corpus: Path | None = None,
    report: Path | None = None,
    recall: bool = False,
    **options: Any,
) -> Audit:
    """Recomputes every claim of a finished run from its inputs, by code that the run does not use.

    Parameters
    ----------
    paths
        The inputs of the run; none: as the report names them.
    provenance, corpus, report
        What the run wrote. Without the report, ``options`` say how it was made.
    recall
        Compare all kept records as well: no pair may reach the threshold.
    options
        All others of ``unecho audit``.
    """
    options = {"provenance": provenance, "corpus": corpus, "report": report, "recall": recall, **options}
    return Audit(**_unecho.audit(paths, options))


def records(paths: Paths, **options: Any) -> Iterator[Record]:
    """The records of dumps, one after another, those that are rejected with a reason among them.

    ``options`` are those of ``unecho segment`` that are about single records: ``layout="csv"``,
    ``match_fields=["title", "text"]``, ``encoding="latin-1"``, ``repair="all"``, ``languages="en"``, ...

    Memory: one batch, 256 KiB or the longest record.
    """
    return _unecho.Records(paths, options)
