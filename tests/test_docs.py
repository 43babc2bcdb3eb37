"""What the documents say can be done: commands and options exist, links lead somewhere, the Python example runs, every error and rule is described."""

from __future__ import annotations

import inspect
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from ljnews import errors
from ljnews.cli import main
from tests.conftest import ROOT

DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), ROOT / "corpus" / "README.md", ROOT / "tests" / "README.md"]


def _commands() -> Iterator[tuple[str, str]]:
    """Every `ljnews …` line of a shell block, with its document."""
    for path in DOCUMENTS:
        for block in re.findall(r"```(?:sh|console|bash)\n(.*?)```", path.read_text(encoding="utf-8"), re.S):
            for line in block.replace("\\\n", " ").splitlines():
                line = line.strip().removeprefix("$ ").split("  #")[0].split("|")[0].strip()
                if line.startswith("ljnews "):
                    yield path.name, line


@pytest.mark.parametrize(("document", "line"), sorted(set(_commands())))
def test_docs_commands_and_options_exist(document: str, line: str) -> None:
    words = shlex.split(line)[1:]
    command: click.Command = main
    while isinstance(command, click.Group) and words and words[0] in command.commands:
        command = command.commands[words.pop(0)]
    assert not isinstance(command, click.Group) or not words or words[0].startswith("-"), f"{document}: {line}"
    known = {name for parameter in command.params for name in parameter.opts} | {"--help", "-h", "--version"}
    used = {word.split("=")[0] for word in words if word.startswith("-") and word != "-"}
    assert used <= known, f"{document}: {line}: no option {sorted(used - known)}"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.name)
def test_docs_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_docs_python_example_of_the_readme_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (block,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.S)
    exec(compile(block, "README.md", "exec"), {})
    assert capsys.readouterr().out.strip() == "250000000 总投资"


def test_docs_every_error_stands_in_the_tree() -> None:
    tree = errors.__doc__ or ""
    kinds = [name for name, value in inspect.getmembers(errors, inspect.isclass) if issubclass(value, Exception)]
    assert [name for name in kinds if name not in tree] == []


def test_docs_name_no_registry_host() -> None:
    hosts = ("py" + "pi.org", "npm" + "js.org", "deb" + "ian.org", "python" + "hosted.org")
    for path in [*ROOT.glob("*"), *(ROOT / "docs").glob("*"), *(ROOT / ".ci").glob("*")]:
        if path.is_file():
            text = path.read_text(encoding="utf-8", errors="ignore")
            assert not any(host in text for host in hosts), path


def test_docs_lock_has_hashes_and_no_address() -> None:
    for name in ("requirements.lock", "requirements.build.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        entries = re.split(r"\n(?=[a-z0-9])", text)
        assert all("--hash=sha256:" in entry for entry in entries if "==" in entry)
