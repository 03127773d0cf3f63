from __future__ import annotations

from typing import NamedTuple


class Record(NamedTuple):
    """One entry of a dump."""

    ref: str
    """What it is called: its source, ``#``, and its number there."""
    title: str
    """Empty if there is none."""
    text: str
    """What is compared besides the title: paragraphs or fields, joined by line ends."""
    reason: str | None
    """Of a rejected record why: ``too_long``, ``orphan_body``, ...; then only ``raw`` counts."""
    raw: bytes
    """The record as it stands in its source, decompressed and as UTF-8; of one that is too long its last part."""
    source: str
    """The source's name."""
    ordinal: int
    """Its number in its source, from 1."""
    line: int
    """The line on which it begins, from 1."""
    offset_bytes: int
    """Where it begins in the decompressed source."""
    size_bytes: int
    """How long it is there."""
