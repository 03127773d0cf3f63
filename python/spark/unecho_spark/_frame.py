from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

from ._run import clean

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_COLUMNS_OF = ("match", "match_fields", "key", "differ", "within")


def dedup(
    df: DataFrame,
    text: str = "text",
    id: str = "id",
    *,
    folder: str | os.PathLike[str],
    shards: int | None = None,
    unecho: str | os.PathLike[str] | None = None,
    **options: Any,
) -> DataFrame:
    """What becomes of each row: a row of ``id``, ``fate``, ``witness``, ``similarity``, ``group``, ``reason`` for each.

    A row is removed if the similarity of its text to one that is *kept* is at least ``threshold``; that one is its ``witness``, and
    ``group`` the ``id`` of the kept one of each group. The kept rows::

        df.join(dedup(df, folder="/shared/run").where("fate = 'kept'"), "id", "left_semi")

    The frame is written to ``folder`` once, as JSON lines; the program reads it from there, and Spark moves none of the text. So
    a frame that is not the same twice does no harm.

    Parameters
    ----------
    df
        With the columns of ``text`` and ``id``, and those that the options name. ``match_fields=["title", "text"]`` compares more than
        ``text``.
    folder
        New or empty, on a file system that all machines see. The answer is read from it when it is asked for, so it has to stay
        until then.
    shards, unecho
        As for :func:`clean`.
    options
        All that ``unecho shard plan`` takes: ``threshold=0.8``, ``key="doi"``, ``keep="year:max"``, ``quality="gopher"``, ... By
        default the first of the same texts stays, in the order of the frame: sort it, or say by ``keep`` what is to decide.
    """
    from pyspark.sql import functions as F
    from pyspark.sql.types import DoubleType, StringType, StructField, StructType

    folder = os.path.abspath(folder)
    rows = os.path.join(folder, "rows")
    named = [column for column in _named_columns(options) if column not in (id, text)]
    missing = [column for column in (id, text, *named) if column not in df.columns]
    if missing:
        raise ValueError(f"the frame has no column {missing[0]}; it has {', '.join(df.columns)}")
    # A text that is null is an empty one: a row without text has no id in the provenance.
    body = df.select(F.col(id), F.coalesce(F.col(text), F.lit("")).alias(text), *named)
    body.write.option("ignoreNullFields", "false").json(f"file://{rows}")
    parts = sorted(name for name in os.listdir(rows) if name.startswith("part-") and os.path.getsize(os.path.join(rows, name)))
    run = os.path.join(folder, "run")
    if parts:
        options = {"layout": "jsonl", "match_fields": text, "id_field": id, **options}
        clean(df.sparkSession, [os.path.join(rows, name) for name in parts], run, shards=shards, unecho=unecho, **options)
    kind = df.schema[id].dataType
    names = ("fate", "witness_id", "similarity", "reason")
    schema = StructType(
        [StructField("id", kind)]
        + [StructField(name, kind if name == "witness_id" else DoubleType() if name == "similarity" else StringType()) for name in names]
    )
    read = df.sparkSession.read.schema(schema)
    fates = read.json(f"file://{run}/out/provenance-*") if parts else df.sparkSession.createDataFrame([], schema)
    group = F.when(F.col("fate").isin("kept", "exact", "near"), F.coalesce("witness_id", "id"))
    return fates.select(F.col("id").alias(id), "fate", F.col("witness_id").alias("witness"), "similarity", group.alias("group"), "reason")


def _named_columns(options: dict[str, Any]) -> list[str]:
    """Columns that the options name: ``doi:fold,year`` has two, and ``messages[].content`` one."""
    named = []
    for option in _COLUMNS_OF:
        value = options.get(option)
        for each in [value] if isinstance(value, str) else value or []:
            named += [re.split(r"[:.\[]", field)[0] for field in each.split(",")]
    keep = options.get("keep", "first")
    if ":" in keep and not keep.startswith("source:"):
        named.append(keep.split(":")[0])
    return list(dict.fromkeys(named))
