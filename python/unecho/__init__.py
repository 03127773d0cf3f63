"""Deduplicates, cleans and decontaminates text, and proves what it did.

========================  =============================================================================================
:func:`dedup`             what became of each text of a list, an Arrow table or a data frame
:class:`Deduplicator`     texts one by one or many at a time; what is kept can be saved as an index, and loaded
:func:`records`           the records of a dump in any layout, compression and encoding
:func:`clean`             a whole run: dumps in; corpus, provenance and report out
:func:`audit`             recomputes every claim of a finished run
:class:`Error` and kin    what went wrong, with the tool's own message
========================  =============================================================================================

Options have the names that they have on the command line, with ``_`` for ``-``: ``unecho clean --help`` lists them.
"""

from ._fate import Fate
from ._record import Record
from ._runs import Audit, Progress, Run, audit, clean, records
from ._texts import Deduplicator, dedup
from ._unecho import Fates, __version__
from .errors import Error, ExistsError, NotFoundError, UnechoWarning, UsageError

__all__ = [
    "Audit",
    "Deduplicator",
    "Error",
    "ExistsError",
    "Fate",
    "Fates",
    "NotFoundError",
    "Progress",
    "Record",
    "Run",
    "UnechoWarning",
    "UsageError",
    "__version__",
    "audit",
    "clean",
    "dedup",
    "records",
]
