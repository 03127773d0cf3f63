import pytest
from conftest import by_program, made_up, told

import unecho


@pytest.mark.parametrize("options, words", [
    ({}, []),
    ({"threshold": 0.5}, ["--threshold", "0.5"]),
    ({"threshold": 0.9, "threads": 1}, ["--threshold", "0.9"]),
    ({"threads": 4}, []),
    ({"keep": "last"}, ["--keep", "last"]),
    ({"keep": "longest", "threshold": 0.5}, ["--keep", "longest", "--threshold", "0.5"]),
    ({"compare": "characters"}, ["--compare", "characters"]),
    ({"compare": "text", "ignore": ["case", "punctuation"]}, ["--compare", "text", "--ignore", "case,punctuation"]),
    ({"min_length": 10, "shingle": 3}, ["--min-length", "10", "--shingle", "3"]),
])
def test_a_list_has_the_fates_that_the_program_gives(program, tmp_path, options, words):
    rows = made_up()
    fates = unecho.dedup([row["text"] for row in rows], **options)
    assert told(fates) == by_program(program, rows, tmp_path, *words)
    assert {"kept", "exact", "near", "rejected"} <= set(fates.column("fate"))


@pytest.mark.parametrize("options, words", [
    ({"key": "doi"}, ["--key", "doi"]),
    ({"key": ["doi", "text,year"], "differ": "year"}, ["--key", "doi", "--key", "text,year", "--differ", "year"]),
    ({"within": "year"}, ["--within", "year"]),
    ({"keep": "year:max"}, ["--keep", "year:max"]),
])
def test_fields_of_rows_count_as_in_the_program(program, tmp_path, options, words):
    rows = made_up(2, 600)
    assert told(unecho.dedup(rows, text="text", **options)) == by_program(program, rows, tmp_path, *words)


def test_a_result_is_a_sequence_and_says_what_was_kept():
    fates = unecho.dedup(["It rained for nine days.", "It rained, for nine days!", "", "Then it snowed."])
    assert len(fates) == 4
    assert fates.kept == [0, 3]
    assert fates[1] == unecho.Fate("exact", 0, 1.0, 0, None)
    assert fates[-2] == unecho.Fate("rejected", None, None, None, "empty")
    assert fates[3].group == 3
    assert fates.counts == {"kept": 2, "exact": 1, "near": 0, "rejected": 1}
    assert [fate.fate for fate in fates] == fates.column("fate")
    assert "4 texts" in repr(fates)
    with pytest.raises(KeyError):
        fates.column("colour")


def test_iterables_are_taken_as_they_come():
    texts = ["a b c d e f", "a b c d e f", "g"]
    assert told(unecho.dedup(iter(texts))) == told(unecho.dedup(tuple(texts))) == told(unecho.dedup(texts))
    assert len(unecho.dedup([])) == 0
    assert unecho.dedup([None, "x"]).column("fate") == ["rejected", "kept"]


def test_ids_name_rows_and_witnesses():
    fates = unecho.dedup([{"name": "a", "t": "one two"}, {"name": 7, "t": "one, two"}], text="t", id="name")
    assert fates.column("name") == ["a", "7"]
    assert fates.column("witness_id") == [None, "a"]


def test_values_count_to_their_last_character():
    rows = [{"t": "one two", "k": "a\0b"}, {"t": "three four", "k": "a\0c"}]
    fates = unecho.dedup(rows, text="t", key="k", id="k")
    assert fates.column("fate") == ["kept", "kept"]
    assert fates.column("k") == ["a\0b", "a\0c"]


def test_a_column_that_no_row_has_is_an_error_and_one_that_some_have_is_none():
    rows = [{"t": "one two"}, {"t": "three four", "doi": None}]
    assert unecho.dedup(rows, text="t", key="doi").kept == [0, 1]
    for options in ({"key": "isbn"}, {"id": "isbn"}, {"keep": "isbn:max"}, {"differ": ["doi", "isbn"]}):
        with pytest.raises(ValueError, match=r"no row has a column isbn; the first has \['t'\]"):
            unecho.dedup(rows, text="t", **options)
    assert unecho.dedup([], text="t", key="isbn").kept == []
    assert unecho.Deduplicator(key="isbn").add_all(rows, text="t").kept == [0, 1]   # there may be more


def test_rules_rewrite_texts():
    fates = unecho.dedup(["Caf\u00c3\u00a9 &amp; bar", "two words here"], repair="all")
    assert fates.column("text") == ["Café & bar", None]
    held = unecho.dedup(["Caf\u00c3\u00a9 &amp; bar", "two words here"], repair="all", keep="last")
    assert held.column("text") == ["Café & bar", None]


@pytest.mark.parametrize("call, kind, says", [
    (lambda: unecho.dedup(["x"], threshold=2), unecho.UsageError, "--threshold 2"),
    (lambda: unecho.dedup(["x"], threshhold=0.5), unecho.UsageError, "--threshold"),
    (lambda: unecho.dedup(["x"], compare="meaning"), unecho.UsageError, "meaning"),
    (lambda: unecho.dedup(["x"], against="eval.jsonl"), unecho.UsageError, "--against"),
    (lambda: unecho.dedup(["x"], verbose=True), unecho.UsageError, "--verbose"),
    (lambda: unecho.dedup(["x"], key="doi"), ValueError, "text="),
    (lambda: unecho.dedup("x"), TypeError, "list of texts"),
    (lambda: unecho.dedup(b"x"), TypeError, "list of texts"),
    (lambda: unecho.dedup(None), TypeError, "not iterable"),
    (lambda: unecho.dedup({"t": ["x"]}, text="t"), TypeError, "list of mappings"),
    (lambda: unecho.dedup(["x"], text="t"), TypeError, "a row is a str"),
    (lambda: unecho.dedup([["x"]], text="t"), TypeError, "a row is a list"),
    (lambda: unecho.dedup([{"t": "x", "k": "\ud800"}], text="t", key="k"), UnicodeEncodeError, "surrogates"),
    (lambda: unecho.dedup([1]), TypeError, "int"),
    (lambda: unecho.dedup(["\ud800"]), UnicodeEncodeError, "surrogates"),
])
def test_what_cannot_be_meant_is_said(call, kind, says):
    with pytest.raises(kind, match=says):
        call()


def test_an_error_has_a_code_and_is_a_value_error():
    with pytest.raises(ValueError) as caught:
        unecho.dedup(["x"], threshold=2)
    assert isinstance(caught.value, unecho.Error)
    assert caught.value.code == "INVALID_ARGUMENT"


def test_what_an_iterator_raises_comes_through():
    def broken():
        yield "x"
        raise RuntimeError("no more")

    with pytest.raises(RuntimeError, match="no more"):
        unecho.dedup(broken())
