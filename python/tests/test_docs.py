"""Every Python block of docs/python.md, in order, in one place; a ```text block behind one is what it prints."""
import contextlib
import io
import pathlib
import re
import shutil

import unecho
from conftest import ROOT

PAGE = ROOT / "docs" / "python.md"


def blocks():
    """(line number, code, what it prints or None)"""
    text = PAGE.read_text(encoding="utf-8")
    for found in re.finditer(r"(<!-- not-run:[^\n]*\n)?^```python\n(.*?)^```\n(?:^```text\n(.*?)^```\n)?", text, re.MULTILINE | re.DOTALL):
        if not found[1]:
            yield text[:found.start(2)].count("\n") + 1, found[2], found[3]


def test_the_page_says_what_is_printed(tmp_path, monkeypatch, sample_data):
    (tmp_path / "dumps").mkdir()
    for page in sample_data.glob("page_*.txt"):
        shutil.copy(page, tmp_path / "dumps")
    monkeypatch.chdir(tmp_path)
    names, ran = {}, 0
    reads_tables = (pathlib.Path(unecho.__file__).parent / "libunecho_parquet.so").exists()
    for line, code, wanted in blocks():
        if "reviews" in code and not reads_tables:   # built where there was no pyarrow
            continue
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            exec(compile("\n" * (line - 1) + code, str(PAGE), "exec"), names)
        if wanted is not None:
            assert said.getvalue().split() == wanted.split(), f"{PAGE.name}:{line} prints:\n{said.getvalue()}"
        ran += 1
    assert ran > 0


def test_the_packages_that_the_page_names_are_those_of_the_build():
    wanted = re.search(r"^build_packages=\((.*?)\)", (ROOT / "scripts" / "setup.sh").read_text(), re.MULTILINE | re.DOTALL)[1].split()
    by_pip_or_of_the_tests = {"cmake", "ninja-build", "libgtest-dev", "libgmock-dev"}
    named = re.search(r"^sudo apt-get install --no-install-recommends (.*?[^\\])\n", PAGE.read_text(), re.MULTILINE | re.DOTALL)[1]
    of_python = {"python3-dev", "python3-pip", "python3-venv"}
    assert set(named.replace("\\\n", " ").split()) == set(wanted) - by_pip_or_of_the_tests | of_python
