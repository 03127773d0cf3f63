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


@pytest.mark.parametrize("options, says", [
    ({}, "text has to name a column.*number, text, year, doi"),
    ({"text": "body"}, "text='body': there is no such column; there are number, text"),
    ({"text": "number"}, "text='number' is a column of the Arrow type 'l'"),
    ({"text": "text", "key": "isbn"}, "isbn"),
])
def test_columns_that_are_not_there(options, says):
    with pytest.raises(ValueError, match=says):
        unecho.dedup(pa.Table.from_pylist(ROWS), **options)


def test_an_error_of_the_stream_comes_through():
    def batches():
        yield pa.record_batch({"t": ["x"]})
        raise RuntimeError("the disk is gone")

    with pytest.raises(ValueError, match="the disk is gone"):
        unecho.dedup(pa.RecordBatchReader.from_batches(pa.schema({"t": pa.string()}), batches()), text="t")
