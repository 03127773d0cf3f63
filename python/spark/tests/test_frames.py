"""DataFrames in, DataFrames out."""
import json
import subprocess

import pytest
import unecho_spark
from conftest import PROGRAM, made_up

COLUMNS = ["number", "body", "year", "doi"]


def by_program(folder, *options):
    """id -> (fate, id of the witness, similarity), as one process says of the rows as they were written."""
    source, provenance = folder / "rows.jsonl", folder / "provenance.jsonl"
    source.write_bytes(b"".join(part.read_bytes() for part in sorted((folder / "run/rows").glob("part-*"))))
    subprocess.run([PROGRAM, "dedup", "-q", "--dry-run", "--match-fields", "body", "--id-field", "number", *options, source, "--provenance", provenance],
                   check=True)
    said = [json.loads(line) for line in provenance.read_text().splitlines()]
    return {each["id"]: (each["fate"], each.get("witness_id"), each.get("similarity")) for each in said}


@pytest.mark.parametrize("options", [pytest.param({}, marks=pytest.mark.long), {"key": "doi", "keep": "year:max", "threshold": 0.6}], ids=["plain", "fields"])
def test_the_answers_are_those_of_the_program(spark, tmp_path, options):
    rows = made_up()
    frame = spark.createDataFrame(rows, COLUMNS).repartition(5).sortWithinPartitions("number")
    fates = unecho_spark.dedup(frame, text="body", id="number", folder=tmp_path / "run", shards=3, **options)
    assert fates.columns == ["number", "fate", "witness", "similarity", "group", "reason"]
    assert fates.schema["number"].dataType == fates.schema["witness"].dataType == frame.schema["number"].dataType
    answers = fates.collect()
    wanted = by_program(tmp_path, *(f"--{name}={value}" for name, value in options.items()))
    assert {row["number"]: (row["fate"], row["witness"], row["similarity"]) for row in answers} == wanted
    assert len(answers) == len(rows)
    for row in answers:
        if row["fate"] == "rejected":
            assert row["group"] is None and row["reason"] == "empty"
        else:
            assert row["group"] == (row["number"] if row["fate"] == "kept" else row["witness"])
    kept = frame.join(fates.where("fate = 'kept'"), "number", "left_semi")
    assert kept.count() == sum(fate == "kept" for fate, _, _ in wanted.values())


def test_a_frame_without_rows(spark, tmp_path):
    frame = spark.createDataFrame([], "id string, text string")
    fates = unecho_spark.dedup(frame, folder=tmp_path / "run")
    assert fates.collect() == [] and fates.columns == ["id", "fate", "witness", "similarity", "group", "reason"]


def test_a_column_that_is_not_there(spark, tmp_path):
    frame = spark.createDataFrame([("a", "b")], ["id", "text"])
    with pytest.raises(ValueError, match="no column doi"):
        unecho_spark.dedup(frame, folder=tmp_path / "run", key="doi:fold")
