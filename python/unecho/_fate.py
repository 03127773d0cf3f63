from __future__ import annotations

from typing import NamedTuple


class Fate(NamedTuple):
    """What became of one text."""

    fate: str
    """``kept``, ``exact``, ``near`` or ``rejected``."""
    witness: int | None
    """Of a removed text: the number of the text that was kept in its place."""
    similarity: float | None
    """Of a removed text: its Jaccard similarity to that one, from 0 to 1."""
    group: int | None
    """The number of the kept text: of itself, or of its witness."""
    reason: str | None
    """Of a rejected text: ``empty``, ``min_length``, ..."""
