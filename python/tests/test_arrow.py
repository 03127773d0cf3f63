import json
import subprocess

import pytest
from conftest import made_up, told

import unecho

pa = pytest.importorskip("pyarrow")
ROWS = made_up(3, 400)
TEXTS = [row["text"] for row in ROWS]
WANTED = told(unecho.dedup(TEXTS))


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), pa.string())],
                         ids=str)
def test_any_arrow_text_is_read(kind):
    column = pa.array(TEXTS).dictionary_encode() if pa.types.is_dictionary(kind) else pa.array(TEXTS, kind)
    assert told(unecho.dedup(column)) == WANTED
    assert told(unecho.dedup(pa.table({"t": column}), text="t")) == WANTED
    pieces = pa.chunked_array([column.slice(0, 33), column.slice(33, 0), column.slice(33)])
    assert told(unecho.dedup(pieces)) == WANTED
    assert told(unecho.dedup(pa.record_batch({"t": column}).slice(100), text="t")) == told(unecho.dedup(TEXTS[100:]))


def test_nulls_are_empty_texts():
    assert unecho.dedup(pa.array(["a b", None, "a b"])).column("fate") == ["kept", "rejected", "exact"]
    assert unecho.dedup(pa.nulls(2)).column("fate") == ["rejected", "rejected"]
    rows = pa.StructArray.from_arrays([pa.array(["a b", "a b", "a b"])], ["t"], mask=pa.array([False, True, False]))
    assert unecho.dedup(rows, text="t").column("fate") == ["kept", "rejected", "exact"]
    assert unecho.dedup(rows.slice(1), text="t").column("fate") == ["rejected", "kept"]


def test_nothing_is_copied_on_the_way_in():
    table = pa.table({"t": pa.array(TEXTS)})
    before = pa.total_allocated_bytes()
    unecho.dedup(table, text="t")
    assert pa.total_allocated_bytes() == before


def test_nothing_is_copied_on_the_way_out_and_it_lives_on():
    fates = unecho.dedup(TEXTS)
    tables = [pa.table(fates), pa.table(fates)]
    batch = pa.record_batch(fates)
    addresses = {t["similarity"].chunk(0).buffers()[1].address for t in tables} | {batch["similarity"].buffers()[1].address}
    assert len(addresses) == 1
    want = fates.column("similarity")
    del fates
    assert tables[0]["similarity"].to_pylist() == want
    assert batch.validate(full=True) is None and tables[1].validate(full=True) is None


def test_the_schema_is_what_is_documented():
    schema = pa.table(unecho.dedup(["x"])).schema
    assert schema.names == ["fate", "witness", "similarity", "group", "reason"]
    labels = pa.dictionary(pa.int8(), pa.large_string())
    assert schema.types == [labels, pa.int64(), pa.float64(), pa.int64(), labels]
    assert pa.schema(unecho.dedup(["x"])) == schema
    assert pa.table(unecho.dedup([])).num_rows == 0


def test_columns_beside_the_text():
    table = pa.Table.from_pylist(ROWS)
    for options in ({"key": "doi", "id": "number"}, {"keep": "year:max"}, {"within": "year", "id": "doi"}):
        assert told(unecho.dedup(table, text="text", **options)) == told(unecho.dedup(ROWS, text="text", **options))
    assert unecho.dedup(table, text="text", id="number").column("number") == [str(row["number"]) for row in ROWS]


TIMES = pa.array([-1, 0, 1500, None])
KEYS = {
    "numbers": pa.array([0.1, 2.0, float("nan"), None], from_pandas=False), "single": pa.array([0.1, -1e30, 1, None], pa.float32()),
    "truths": pa.array([True, False, True, None]), "days": pa.array([-1, 0, 20000, None], pa.date32()),
    "days of ms": pa.array([-86400000, 0, 86400000 * 20000, None], pa.date64()), "seconds": TIMES.cast(pa.timestamp("s")),
    "instants": TIMES.cast(pa.timestamp("ms", "Europe/Berlin")), "micro": TIMES.cast(pa.timestamp("us")), "nano": TIMES.cast(pa.timestamp("ns", "UTC")),
    "far": pa.array([2**62, -2**62, 253402300800, None], pa.timestamp("s")), "none": pa.nulls(4),
}


@pytest.mark.parametrize("name", KEYS)
def test_a_field_says_what_it_says_in_a_table_that_the_program_reads(program, tmp_path, name):
    table = pa.table({"t": ["one two", "three four", "five six", "seven eight"], "k": KEYS[name]})
    said = unecho.dedup(table, text="t", id="k").column("k")
    with pa.OSFile(str(tmp_path / "rows.arrow"), "wb") as sink, pa.ipc.new_file(sink, table.schema) as file:
        file.write_table(table)
    run = subprocess.run([program, "segment", "-q", "--layout", "lines", "--as", "input", tmp_path / "rows.arrow"], capture_output=True, text=True)
    if run.returncode != 0 and "the library that reads them is not here" in run.stderr:
        pytest.skip("built where there is no Arrow C++")
    values = [json.loads(line, parse_int=str, parse_float=str)["k"] for line in run.stdout.splitlines()]
    assert said == [value if value is None or isinstance(value, str) else str(value).lower() for value in values]


def test_what_is_no_utf8_is_handed_out_as_what_is():
    broken = pa.array([b"a\xff", "Gr\u00fc\u00dfe".encode()]).view(pa.string())
    fates = unecho.dedup(pa.table({"t": ["one two", "three four"], "i": broken}), text="t", id="i")
    assert fates.column("i") == ["a\ufffd", "Gr\u00fc\u00dfe"]
    pa.table(fates).validate(full=True)


@pytest.mark.parametrize("options, says", [
    ({}, "text has to name a column.*number, text, year, doi"),
    ({"text": "body"}, "text='body': there is no such column; there are number, text"),
    ({"text": "number"}, "text='number' is a column of the Arrow type 'l'"),
    ({"text": "text", "key": "isbn"}, "isbn"),
])
def test_columns_that_are_not_there(options, says):
    with pytest.raises(ValueError, match=says):
        unecho.dedup(pa.Table.from_pylist(ROWS), **options)


def test_two_columns_of_one_name():
    with pytest.raises(ValueError, match="text='t': there are several such columns; there are t, t"):
        unecho.dedup(pa.table([pa.array(["x"]), pa.array(["y"])], names=["t", "t"]), text="t")


def test_an_error_of_the_stream_comes_through():
    def batches():
        yield pa.record_batch({"t": ["x"]})
        raise RuntimeError("the disk is gone")

    with pytest.raises(ValueError, match="the disk is gone"):
        unecho.dedup(pa.RecordBatchReader.from_batches(pa.schema({"t": pa.string()}), batches()), text="t")
