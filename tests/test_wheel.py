"""The wheel carries all data: unpacked in an empty folder, away from the checkout, the demo works."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], cwd=ROOT, capture_output=True, text=True
    )
    assert built.returncode == 0, built.stderr
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_wheel_holds_every_data_file(unpacked: Path) -> None:
    for folder in ("pipelines", "schemas", "corpus/pages"):
        for path in (ROOT / folder).iterdir():
            assert (unpacked / "ljnews" / "_data" / folder / path.name).read_bytes() == path.read_bytes()
    data = [p for p in (ROOT / "ljnews").rglob("*") if p.suffix in (".tsv", ".toml", ".typed", ".mako")]
    assert [p for p in data if not (unpacked / p.relative_to(ROOT)).exists()] == []


def test_wheel_carries_its_bill_of_materials(unpacked: Path) -> None:
    (bill,) = unpacked.glob("ljnews-*.dist-info/sboms/sbom.cdx.json")
    components = {part["name"]: part["version"] for part in json.loads(bill.read_text(encoding="utf-8"))["components"]}
    assert {"spacy", "lxml", "sqlalchemy", "urllib3"} <= set(components)


def test_wheel_demo_works_from_any_folder(unpacked: Path, tmp_path: Path) -> None:
    code = f"import sys; sys.path.insert(0, {str(unpacked)!r}); import ljnews; assert ljnews.__file__.startswith({str(unpacked)!r}); from ljnews.cli import main; main(['demo'])"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "ljnews-demo.sqlite").exists()
