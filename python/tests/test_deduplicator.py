import threading

import pytest
from conftest import by_program, made_up, told

import unecho

TEXTS = [row["text"] for row in made_up(5, 500)]


def test_one_by_one_is_as_many_at_once():
    single, together = unecho.Deduplicator(), unecho.Deduplicator()
    ones = [single.add(text) for text in TEXTS]
    assert ones == list(together.add_all(TEXTS)) == list(unecho.dedup(TEXTS))
    assert single.num_added == len(TEXTS)
    assert single.num_kept == sum(one.fate == "kept" for one in ones)
    assert single.memory_bytes > 0


def test_numbers_go_on_from_call_to_call():
    deduplicator = unecho.Deduplicator()
    got = list(deduplicator.add_all(TEXTS[:200])) + list(deduplicator.add_all(TEXTS[200:]))
    assert got == list(unecho.dedup(TEXTS))


def test_fields_of_one_text():
    deduplicator = unecho.Deduplicator(key="doi")
    assert deduplicator.add("On Rain", {"doi": "10.5/r"}).fate == "kept"
    assert deduplicator.add("Rain", {"doi": "https://doi.org/10.5/R"}).witness == 0
    assert deduplicator.add("Rain", {"doi": None}).fate == "kept"


def test_what_is_saved_is_known_to_the_program_and_when_loaded(program, tmp_path):
    first = unecho.Deduplicator()
    first.add_all(TEXTS[:250])
    first.save(tmp_path / "index", source="old")
    later = TEXTS[200:]
    rows = [{"text": text} for text in later]
    wanted = by_program(program, rows, tmp_path, "--index", tmp_path / "index", "--index-read-only")

    second = unecho.Deduplicator()
    second.load(tmp_path / "index")
    assert second.num_kept == first.num_kept
    fates = second.add_all(later)
    assert told(fates) == wanted
    assert "old" in fates.column("witness_source")
    second.save(tmp_path / "index", source="new")
    third = unecho.Deduplicator()
    third.load(tmp_path / "index")
    assert third.num_kept == second.num_kept


def test_an_index_that_is_not_there_or_is_another():
    with pytest.raises(FileNotFoundError, match="nowhere"):
        unecho.Deduplicator().load("nowhere")
    with pytest.raises(unecho.UsageError, match="keep"):
        unecho.Deduplicator(keep="last")


def test_an_index_of_another_threshold_is_told_from_it(tmp_path):
    first = unecho.Deduplicator()
    first.add("one two three")
    first.save(tmp_path / "index")
    with pytest.raises(unecho.Error, match="threshold"):
        unecho.Deduplicator(threshold=0.5).load(tmp_path / "index")


def test_threads_that_share_one_never_work_at_once():
    shared = unecho.Deduplicator()
    refused = []

    def work():
        for text in TEXTS[:100]:
            try:
                shared.add_all([text] * 20)
            except RuntimeError as error:
                refused.append(str(error))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert shared.num_added + 20 * len(refused) == 4 * 100 * 20
    assert all("another call" in said for said in refused)


def test_others_go_on_while_it_works():
    turns, done = [], threading.Event()

    def count():
        while not done.is_set():
            turns.append(1)

    thread = threading.Thread(target=count)
    thread.start()
    before = len(turns)
    unecho.Deduplicator(threads=1).add_all(TEXTS * 40)
    after = len(turns)
    done.set()
    thread.join()
    assert after > before
