"""What is taken in from elsewhere: versions that hold their floors and fit together, and nothing that runs what a file says."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

# Versions below these have known holes.
FLOORS = {"urllib3": (2, 6, 3), "lxml": (6, 1), "jinja2": (3, 1, 6), "starlette": (0, 49, 1)}
SOURCES = sorted(p for p in (ROOT / "ljnews").rglob("*.py") if "__pycache__" not in p.parts)


def test_supply_locked_versions_hold_their_floors() -> None:
    found = re.findall(r"^([a-z0-9._-]+)==([0-9.]+)", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.M)
    locked = [(name, tuple(int(part) for part in version.split(".") if part)) for name, version in found]
    assert {"urllib3", "lxml"} <= {name for name, _ in locked}
    assert [(name, version) for name, version in locked if version < FLOORS.get(name, ())] == []


def test_supply_what_is_installed_fits_together() -> None:
    done = subprocess.run([sys.executable, "-m", "pip", "check"], capture_output=True, text=True)
    if "No module named pip" in done.stderr:
        pytest.skip("no pip in this environment")
    assert done.returncode == 0, done.stdout


def test_supply_nothing_runs_what_a_file_says() -> None:
    """No module that builds objects or code from data is imported, and no such function is called."""
    modules = {"pickle", "cPickle", "dill", "cloudpickle", "marshal", "shelve", "yaml", "jsonpickle", "joblib"}
    found = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = (
                [a.name for a in node.names] if isinstance(node, ast.Import) else [node.module] if isinstance(node, ast.ImportFrom) else []
            )
            called = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
            if {str(name).split(".")[0] for name in names} & modules or called in ("eval", "exec", "compile", "__import__"):
                found.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert found == []


def test_supply_no_value_is_written_into_a_statement() -> None:
    """Names in statements are our own: every place where a string is put into SQL says so, and ruff (S608) finds no other."""
    marked = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in SOURCES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if "S608" in line and path.parts[-2] in ("store", "sinks")
    ]
    assert len(marked) == 1, marked
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--select", "S608", "--no-cache", "--quiet", str(ROOT / "ljnews")],
        capture_output=True,
        text=True,
    )
    if "No module named ruff" in done.stderr:
        pytest.skip("no ruff in this environment")
    assert done.returncode == 0, done.stdout


def test_supply_files_are_named_in_one_place() -> None:
    assert Path(ROOT / "schemas" / "sbom.cdx.json").exists(), "`ljnews schema` writes it from the lock"
