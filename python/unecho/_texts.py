from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Iterable, Mapping

from . import _unecho
from ._fate import Fate
from ._options import Options, takes_options
from ._unecho import Fates

if TYPE_CHECKING:
    from typing_extensions import Unpack


@takes_options
def dedup(
    texts: Iterable[str] | Iterable[Mapping[str, Any]] | Any,
    *,
    text: str | None = None,
    id: str | None = None,
    keep: str = "first",
    **options: Unpack[Options],
) -> Fates:
    """What becomes of each text, in the order in which they come.

    A text is removed if its similarity to one that is *kept* is at least ``threshold``; that one is its witness. The
    answers are those of ``unecho dedup`` for the same texts.

    Parameters
    ----------
    texts
        An iterable of ``str``; of mappings, as ``csv.DictReader`` gives them; or whatever has the Arrow PyCapsule
        interface: a pyarrow table or column, a polars or pandas frame or series.
        Of Arrow nothing is copied; strings, large strings, string views and dictionaries of them are read. None and
        null are empty texts, which are rejected. Columns of other options may be of numbers, truths, dates and
        timestamps, too, which are as in a Parquet file that the program reads.
    text
        Of a table or of mappings: the column that is compared.
    id
        A column whose values name the texts. The result has it, and ``witness_id``.
    threshold
        Jaccard similarity of shingles, above 0 and up to 1; 0.7, with ``compare="code"`` 1.
    compare
        What of a text counts: ``"words"``, ``"text"``, ``"code"``, ``"characters"``.
    ignore
        What does not count: ``"diacritics"``, ``"numbers"``, ``"markup"``, ``"punctuation"``, ``"case"``.
    shingle
        Tokens a shingle, from 1 to 64; 5, of characters 9.
    key
        Texts of equal value in this column are the same: ``"doi"``, ``"url:url"``, ``"title:fold,year"``; a list has
        several keys.
    differ
        Texts that differ in one of these columns are never the same.
    within
        Only texts of one value in this column are compared.
    keep
        Which of the same texts stays: ``"first"``, ``"last"``, ``"longest"`` in tokens, ``"COLUMN:max"`` or
        ``"COLUMN:min"``.
    threads
        None or 0: as many as the machine allows.
    repair, languages, ...
        Cleaning rules, as on the command line: ``repair="all"``, ``languages="en"``, ``quality="gopher"``,
        ``pii="mask"``, ``dedup_lines=True``, ``min_length=5``, ...

    Returns
    -------
    Fates
        A row for each text: fate, witness, similarity, group, reason; an Arrow table, and a sequence.

    Raises
    ------
    UsageError
        Options that cannot be meant.
    ValueError, TypeError
        A column that is not there, or is no text.

    Examples
    --------
    >>> fates = dedup(["It rained for nine days.", "It rained, for nine days!", "Then it snowed."])
    >>> fates.kept
    [0, 2]
    """
    return _unecho.dedup(texts, text, id, {"keep": keep, **options})



class Deduplicator:
    """Texts one by one or many at a time, each compared with all that was kept before.

    The options are those of :func:`dedup`, but for ``keep``: the first of the same texts stays, so that every answer is
    there at once. Texts are numbered from 0 as they are added; ``witness`` and ``group`` are such numbers.

    Memory: about 350 bytes a kept text, and 2 to 4 a token of it; the texts themselves are not kept. Threads: one caller at
    a time; :meth:`add_all` is parallel inside, without the interpreter lock.
    """

    @takes_options
    def __init__(self, **options: Unpack[Options]) -> None:
        self._inside = _unecho.Deduplicator(options)

    def add(self, text: str, fields: Mapping[str, Any] | None = None) -> Fate:
        """What becomes of one text. ``fields``: values of the columns that the options name.

        Costs some 20 microseconds and the look-up; many texts at once are faster by :meth:`add_all`.
        """
        return self._inside.add(text, [(name, str(value)) for name, value in (fields or {}).items() if value is not None])

    def add_all(self, texts: Any, *, text: str | None = None) -> Fates:
        """What becomes of many texts, as :func:`dedup` takes them: the same answers as one by one."""
        return self._inside.add_all(texts, text)

    def load(self, folder: str | os.PathLike[str]) -> None:
        """Takes the kept texts of an index as if they had come before. Before the first text.

        The index is a folder, which :meth:`save` or ``unecho clean --index`` has made with the same threshold, shingles
        and comparison. ``witness_source`` of a :class:`Fates` says then whose number ``witness`` is.
        """
        self._inside.load(folder)

    def save(self, folder: str | os.PathLike[str], source: str = "texts") -> None:
        """Adds what was added since to the index that was loaded or saved last, or to a new one: all, or nothing.

        ``source``: what the index calls these texts.
        """
        self._inside.save(folder, source)

    @property
    def num_added(self) -> int:
        """Texts that were added; those of an index do not count."""
        return self._inside.num_added

    @property
    def num_kept(self) -> int:
        """Texts that were kept; those of an index count."""
        return self._inside.num_kept

    @property
    def memory_bytes(self) -> int:
        """What its tables take."""
        return self._inside.memory_bytes
