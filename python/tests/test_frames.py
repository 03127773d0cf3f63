import pytest
from conftest import made_up, told

import unecho

ROWS = made_up(4, 300)
WANTED = told(unecho.dedup(ROWS, text="text", key="doi"))


def test_a_pandas_frame():
    pd = pytest.importorskip("pandas")
    frame = pd.DataFrame(ROWS)
    fates = unecho.dedup(frame, text="text", key="doi")
    assert told(fates) == WANTED
    assert list(frame.iloc[fates.kept]["number"]) == fates.kept
    assert told(unecho.dedup(frame["text"])) == told(unecho.dedup([row["text"] for row in ROWS]))
    assert list(pd.DataFrame.from_arrow(fates)["fate"]) == fates.column("fate")


def test_a_polars_frame():
    pl = pytest.importorskip("polars")
    frame = pl.DataFrame(ROWS)
    fates = unecho.dedup(frame, text="text", key="doi")
    assert told(fates) == WANTED
    assert frame[fates.kept]["number"].to_list() == fates.kept
    assert pl.DataFrame(fates)["witness"].to_list() == fates.column("witness")
    assert frame.with_columns(pl.DataFrame(fates)["fate"]).filter(pl.col("fate") == "kept")["number"].to_list() == fates.kept
