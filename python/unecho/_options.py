from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from typing import Any, TypedDict, TypeVar

Names = str | Sequence[str]
Function = TypeVar("Function", bound=Callable[..., Any])


class Options(TypedDict, total=False):
    """What :func:`dedup` and :class:`Deduplicator` take besides texts; what they mean is said at :func:`dedup`."""

    threshold: float | None
    compare: str | None
    ignore: Names | None
    shingle: int | None
    key: Names | None
    differ: Names | None
    within: str | None
    threads: int | None
    repair: Names | None
    languages: Names | None
    quality: Names | None
    pii: Names | None
    min_length: int | None
    dedup_lines: bool
    dedup_paragraphs: bool
    dedup_sentences: bool
    inside: bool
    dedup_min_tokens: int | None
    rules: str | None


def takes_options(function: Function) -> Function:
    """Shows each of the options in the signature, in place of ``**options``: for help() and completions."""
    kinds = {name: getattr(kind, "__forward_arg__", kind) for name, kind in Options.__annotations__.items()}
    signature = inspect.signature(function)
    own = [parameter for parameter in signature.parameters.values() if parameter.kind is not parameter.VAR_KEYWORD]
    added = [inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=kind) for name, kind in kinds.items()]
    function.__signature__ = signature.replace(parameters=own + added)  # type: ignore[attr-defined]
    function.__annotations__ = {**{name: kind for name, kind in function.__annotations__.items() if name != "options"}, **kinds}
    return function
