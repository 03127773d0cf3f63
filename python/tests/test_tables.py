"""Kept rows of Parquet files are the rows that were there: pyarrow says so."""
import pathlib

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import unecho

pytestmark = pytest.mark.skipif(not (pathlib.Path(unecho.__file__).parent / "libunecho_parquet.so").exists(),
                                reason="built where there is no Arrow C++")

COUNT = 2500   # some groups, and some slices in a group


def texts():
    """Each third one is there already."""
    odd = ['quote " and \\ and / \n\t\r\b\f\x01\x1f\x7f', "Grüße, 世界, 😀", "", None, "null", "}{,:\"", "\u2028"]
    return [f"text {number - number % 3 // 2} " + (odd[number % len(odd)] or "") if number % 10 else odd[number // 10 % len(odd)]
            for number in range(COUNT)]


def undecodable(values):
    """A column of strings some of which are no UTF-8, which Arrow does not ask."""
    return pa.array([None if value is None else value.encode() + (b"\xff" if number % 500 == 7 else b"") for number, value in enumerate(values)],
                    pa.binary()).view(pa.string())


def every_other(values, other):
    return [other if number % 400 == 3 else value for number, value in enumerate(values)]


NUMBERS = list(range(COUNT))
COLUMNS = {
    "text": {},
    "other names": {"a\"b\\": texts(), "": NUMBERS, "ключ": [None] * COUNT},
    "large": {"large": pa.array(texts(), pa.large_string())},
    "whole": {"i8": pa.array([number % 256 - 128 for number in NUMBERS], pa.int8()), "u16": pa.array(NUMBERS, pa.uint16()),
              "i32": pa.array(every_other(NUMBERS, None), pa.int32()), "i64": pa.array([-2**63 + number for number in NUMBERS], pa.int64()),
              "u64": pa.array([2**64 - 1 - number for number in NUMBERS], pa.uint64())},
    "truths": {"yes": every_other([number % 3 == 0 for number in NUMBERS], None)},
    "real": {"f32": pa.array([number / 7 for number in NUMBERS], pa.float32()), "f64": pa.array([-number / 3e100 for number in NUMBERS])},
    "reals that are none": {"f64": pa.array(every_other([number / 3 for number in NUMBERS], float("nan")), from_pandas=False)},
    "real or null": {"f64": every_other([number / 3 for number in NUMBERS], None)},
    "no UTF-8": {"bytes": undecodable(texts())},
    "what stands for it": {"mark": every_other(texts(), "\ufffd")},
    "binary": {"bytes": pa.array([str(number).encode() for number in NUMBERS])},
    "lists": {"list": [[number, None] for number in NUMBERS]},
    "times": {"when": pa.array(NUMBERS, pa.timestamp("us", "UTC")), "day": pa.array(NUMBERS, pa.date32())},
    "words": {"word": pa.array([f"w{number % 9}" for number in NUMBERS]).dictionary_encode()},
    "views": {"view": pa.array(texts(), pa.string_view()), "bytes": pa.array([str(number).encode() for number in NUMBERS], pa.binary_view())},
    "structs": {"struct": [{"a": number, "b": None} for number in NUMBERS]},
}


@pytest.mark.parametrize("name", COLUMNS)
@pytest.mark.parametrize("options", [{}, {"threads": 1, "batch_size": "1KiB"}, {"keep": "longest"}])
def test_kept_rows_are_what_they_were(tmp_path, name, options):
    table = pa.table({"text": pa.array(texts()), **COLUMNS[name]})
    source, kept, provenance = tmp_path / "rows.parquet", tmp_path / "kept.parquet", tmp_path / "p.parquet"
    pq.write_table(table, source, row_group_size=2000, compression="zstd")
    unecho.clean(source, output=kept, provenance=provenance, as_="input", match_fields="text", **options)
    fates = pq.read_table(provenance)["fate"].to_pylist()
    rows = pq.read_table(source)
    wanted = pa.concat_tables([rows.slice(number, 1) for number, fate in enumerate(fates) if fate == "kept"])   # take() knows no views
    assert 0 < wanted.num_rows < COUNT
    got = pq.read_table(kept)
    assert got.schema.equals(wanted.schema, check_metadata=True)
    for column in wanted.column_names:
        want, have = wanted[column].combine_chunks(), got[column].combine_chunks()
        if pa.types.is_string(want.type) or pa.types.is_floating(want.type):   # NaN is NaN, and bytes are bytes
            want, have = [array.view(pa.binary() if pa.types.is_string(array.type) else f"int{array.type.bit_width}") for array in (want, have)]
        assert have.equals(want), column
    if name == "no UTF-8":
        assert any(value and value.endswith(b"\xff") for value in got["bytes"].combine_chunks().view(pa.binary()).to_pylist())


def test_the_bytes_depend_on_the_rows_alone(tmp_path):
    table = pa.table({"text": pa.array(texts()), **COLUMNS["what stands for it"]})
    pq.write_table(table, tmp_path / "rows.parquet", row_group_size=2000)
    said = set()
    for number, options in enumerate([{}, {"threads": 1}, {"threads": 7, "batch_size": "1KiB"}, {"memory": "300MiB"}]):
        unecho.clean(tmp_path / "rows.parquet", output=tmp_path / f"{number}.parquet", as_="input", match_fields="text", **options)
        said.add((tmp_path / f"{number}.parquet").read_bytes())
    assert len(said) == 1
