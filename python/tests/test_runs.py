import json
import os
import pathlib
import subprocess
import warnings

import pytest

import unecho


@pytest.fixture
def dumps(sample_data):
    return sorted(sample_data.glob("page_*.txt"))


def test_clean_writes_what_the_program_writes(program, dumps, tmp_path):
    run = unecho.clean(dumps, output=tmp_path / "a.jsonl", provenance=tmp_path / "ap.jsonl", report=tmp_path / "a.json", threshold=0.8)
    subprocess.run([program, "clean", "-q", *dumps, "-o", tmp_path / "b.jsonl", "--provenance", tmp_path / "bp.jsonl", "--threshold", "0.8"],
                   check=True)
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()
    assert (tmp_path / "ap.jsonl").read_bytes() == (tmp_path / "bp.jsonl").read_bytes()
    ledger = json.loads((tmp_path / "a.json").read_text())["ledger"]
    assert run.fates["kept"] == ledger["records"]["kept"] == len((tmp_path / "a.jsonl").read_text().splitlines())
    assert run.reasons == {"orphan_body": 1}
    assert sum(run.bytes.values()) == ledger["bytes"]["read"]
    assert "page_1.txt" in run.table

    audit = unecho.audit(provenance=tmp_path / "ap.jsonl", corpus=tmp_path / "a.jsonl", report=tmp_path / "a.json", recall=True)
    assert audit.violations == [] and audit.pairs_left == 0
    assert audit.fates["kept"] == run.fates["kept"]
    (tmp_path / "a.jsonl").write_text("{}\n")
    assert unecho.audit(dumps, provenance=tmp_path / "ap.jsonl", corpus=tmp_path / "a.jsonl", threshold=0.8).num_violations > 0


def test_a_name_of_a_file_may_be_of_any_bytes(tmp_path):
    path = os.fsdecode(bytes(tmp_path) + b"/\xff.jsonl")
    with open(path, "w") as file:
        file.write('{"text":"one two"}\n')
    for paths in (path, os.fsencode(path), [path], (name for name in [path]), pathlib.Path(path)):
        run = unecho.clean(paths)
        assert run.fates["kept"] == 1 and "%FF" in run.table
    with pytest.raises(unecho.NotFoundError, match="\ufffd.json: cannot be opened"):
        unecho.clean(path[:-1])


def test_without_an_output_all_is_counted(dumps, tmp_path):
    run = unecho.clean(str(dumps[0].parent), glob="page_*.txt", provenance=tmp_path / "p.jsonl")
    assert run.fates["kept"] == 67
    assert len((tmp_path / "p.jsonl").read_text().splitlines()) == sum(run.fates.values())


def test_without_an_output_an_index_gets_what_is_new_all_the_same(dumps, tmp_path):
    first = unecho.clean(dumps[:1], index=tmp_path / "papers.idx")
    assert (tmp_path / "papers.idx").is_dir() and first.fates["kept"] > 0
    counted = unecho.clean(dumps[:1], index=tmp_path / "papers.idx", dry_run=True)
    assert counted.fates["kept"] == 0
    assert unecho.clean(dumps, index=tmp_path / "papers.idx").fates["kept"] == 67 - first.fates["kept"]


def test_outputs_are_not_replaced_unasked(dumps, tmp_path):
    (tmp_path / "out").write_text("mine")
    with pytest.raises(FileExistsError):
        unecho.clean(dumps, output=tmp_path / "out")
    assert (tmp_path / "out").read_text() == "mine"
    unecho.clean(dumps, output=tmp_path / "out", force=True)
    assert (tmp_path / "out").read_text() != "mine"


@pytest.mark.parametrize("options, kind, says", [
    ({"threshold": 0}, unecho.UsageError, "--threshold"),
    ({"colour": "red"}, unecho.UsageError, "--colour: there is no such option"),
    ({"report": "page.html"}, unecho.UsageError, "unecho report"),
    ({"layout": "jsonk"}, unecho.UsageError, "jsonl"),
    ({"rules": "nowhere.toml", "repair": "all"}, unecho.Error, "nowhere.toml"),
])
def test_options_that_cannot_be_meant(dumps, options, kind, says):
    with pytest.raises(kind, match=says):
        unecho.clean(dumps, **options)


def test_an_input_that_is_not_there():
    with pytest.raises(FileNotFoundError, match="nowhere.txt"):
        unecho.clean("nowhere.txt")


def test_a_strict_run_says_where(tmp_path):
    (tmp_path / "in.jsonl").write_text('{"text":"a"}\nbroken\n')
    with pytest.raises(unecho.Error, match="in.jsonl:2") as caught:
        unecho.clean(tmp_path / "in.jsonl", output=tmp_path / "out", strict=True)
    assert caught.value.code == "DATA_LOSS"
    assert not (tmp_path / "out").exists()


def lines(path, count):
    path.write_text("".join(json.dumps({"text": f"word{number} " * 30}) + "\n" for number in range(count)))
    return path


def test_progress_is_told_and_can_end_the_run(tmp_path):
    path = lines(tmp_path / "in.jsonl", 200_000)
    seen = []
    unecho.clean(path, output=tmp_path / "out", progress=seen.append, threads=1)
    assert seen and all(isinstance(each, unecho.Progress) for each in seen)
    assert [each.bytes for each in seen] == sorted(each.bytes for each in seen)
    assert seen[-1].total_bytes == path.stat().st_size

    def stop(progress):
        raise KeyError("enough")

    with pytest.raises(KeyError, match="enough"):
        unecho.clean(path, output=tmp_path / "other", progress=stop, threads=1)
    assert not (tmp_path / "other").exists()


def test_warnings_are_python_warnings_or_go_to_a_callback(tmp_path):
    (tmp_path / "in.jsonl").write_text('{"text":"a"}\n{"text":"b"}\n')
    with pytest.warns(unecho.UnechoWarning, match="in.jsonl.corpus"):
        unecho.clean(tmp_path, output=tmp_path / "in.jsonl.corpus")
    heard = []
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        unecho.clean(tmp_path, glob="in.jsonl", output=tmp_path / "in.jsonl.other", on_warning=heard.append)
        assert heard == []
        unecho.clean(tmp_path, output=tmp_path / "third", on_warning=heard.append, provenance=tmp_path / "fourth")
    assert any("third" in said for said in heard)


def test_records_are_those_of_the_provenance(dumps, tmp_path):
    unecho.clean(dumps, provenance=tmp_path / "p.jsonl")
    said = [json.loads(line) for line in (tmp_path / "p.jsonl").read_text().splitlines()]
    records = list(unecho.records(dumps))
    assert [record.ref for record in records] == [each["ref"] for each in said]
    assert [record.reason is not None for record in records] == [each["fate"] == "rejected" for each in said]
    whole = dumps[0].read_bytes()
    first = records[0]
    assert whole[first.offset_bytes:first.offset_bytes + first.size_bytes] == first.raw
    assert first.title and first.text and first.title not in first.text
    assert (first.ordinal, first.source) == (1, str(dumps[0]))


def test_records_of_a_table_by_option(tmp_path):
    (tmp_path / "t.csv").write_text("name,note\nA,one\nB,two\n")
    assert [record.text for record in unecho.records(tmp_path / "t.csv", match_fields=["note"])] == ["one", "two"]
    with pytest.raises(FileNotFoundError):
        next(iter(unecho.records(tmp_path / "nowhere.csv")))


def test_names_of_files_are_any_bytes(tmp_path):
    name = (str(tmp_path).encode() + b"/caf\xe9.jsonl").decode("utf-8", "surrogateescape")
    with open(name, "w") as file:
        file.write('{"text":"a"}\n')
    assert unecho.clean(name).fates["kept"] == 1
