import ast
import doctest
import importlib
import inspect
import pathlib
import re
import subprocess

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


def test_examples_of_the_docstrings():
    module = importlib.import_module("unecho._texts")
    assert doctest.testmod(module, extraglobs={"dedup": unecho.dedup}).failed == 0


def test_the_readme():
    code = re.search(r"```python\n(.*?)```", (SOURCE / "README.md").read_text(), re.DOTALL)[1]
    said = []
    exec(code, {"print": lambda thing: said.append(str(thing))})
    assert said == re.findall(r"# (.*)", code)
