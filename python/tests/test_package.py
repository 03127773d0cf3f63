import ast
import doctest
import importlib
import inspect
import pathlib
import re
import subprocess

import pyarrow.parquet
import pytest

import unecho

PACKAGE = pathlib.Path(unecho.__file__).parent
SOURCE = pathlib.Path(__file__).resolve().parents[1]


def test_the_program_is_of_the_same_version(program):
    assert subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout == f"unecho {unecho.__version__}\n"


def test_types_are_in_the_package():
    assert (PACKAGE / "py.typed").exists()
    stub = ast.parse((PACKAGE / "_unecho.pyi").read_text())
    assert {"Fates", "Deduplicator", "Records"} <= {node.name for node in stub.body if isinstance(node, ast.ClassDef)}


def test_all_that_is_public_is_documented():
    for name in unecho.__all__:
        if name.startswith("__"):
            continue
        thing = getattr(unecho, name)
        assert inspect.getdoc(thing), name
        for member, value in vars(thing).items() if inspect.isclass(thing) else ():
            if not member.startswith("_") and (callable(value) or isinstance(value, property)):
                assert inspect.getdoc(value), f"{name}.{member}"


def test_every_option_is_in_the_signatures_and_is_known():
    options = importlib.import_module("unecho._options").Options.__annotations__
    for function in (unecho.dedup, unecho.Deduplicator):
        parameters = inspect.signature(function).parameters
        assert set(options) <= set(parameters)
        assert not any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters.values())
    for name, kind in options.items():
        try:
            unecho.Deduplicator(**{name: True if "bool" in str(kind) else 3})
        except unecho.UsageError as error:   # the value cannot be meant
            assert "no such option" not in str(error)
    with pytest.raises(unecho.UsageError, match="no such option"):
        unecho.Deduplicator(strict=True)


def test_examples_of_the_docstrings():
    module = importlib.import_module("unecho._texts")
    assert doctest.testmod(module, extraglobs={"dedup": unecho.dedup}).failed == 0


def test_the_readme():
    code = re.search(r"```python\n(.*?)```", (SOURCE / "README.md").read_text(), re.DOTALL)[1]
    said = []
    exec(code, {"print": lambda thing: said.append(str(thing))})
    assert said == re.findall(r"# (.*)", code)


def test_the_program_reads_tables_by_what_is_in_the_package(program, tmp_path):
    if not (PACKAGE / "libunecho_parquet.so").exists():
        pytest.skip("built where there is no Arrow C++")
    table = tmp_path / "rows.parquet"
    pyarrow.parquet.write_table(pyarrow.table({"text": ["a b c", "A, b, c", "d"]}), table)
    said = subprocess.run([program, "clean", "-q", table], capture_output=True, text=True, check=True)
    assert said.stdout == '{"text":"a b c"}\n{"text":"d"}\n'
    assert unecho.clean(table, output=tmp_path / "kept.parquet", as_="input").fates["kept"] == 2
    assert pyarrow.parquet.read_table(tmp_path / "kept.parquet")["text"].to_pylist() == ["a b c", "d"]
