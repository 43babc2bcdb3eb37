"""What kind of file an input is: by its ending, and by its first bytes where the ending lies."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from ljnews.errors import InputBinary, InputEmpty

# Pages that were fetched keep the endings of the programs that made them.
PAGE_SUFFIXES = {".html", ".htm", ".shtml", ".xhtml", ".jhtml", ".asp", ".aspx", ".jsp", ".php", ".txt"}
TABLE_SUFFIXES = {".csv", ".tsv", ".xlsx", ".parquet"}
ARCHIVE_SUFFIXES = (".warc", ".warc.gz", ".zip", ".tar", ".tar.gz", ".tgz", ".mht", ".mhtml")
# Documents may hold articles, so a folder that has some says so; pictures, styles and scripts are passed over.
_DOCUMENTS = {".pdf", ".doc", ".docx", ".wps", ".rtf", ".odt", ".epub", ".xls", ".et", ".ods", ".ofd", ".ceb", ".caj"}
_MAGIC = {
    b"%PDF": "a PDF document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"PK\x03\x04": "a zip or Office file",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"{\\rtf": "an RTF document",
    b"\x7fELF": "a program",
    b"SQLite format 3\x00": "a database (`ljnews query` asks a store)",
    b"PAR1": "a Parquet table (name it .parquet)",
    b"\x1f\x8b": "a gzip file",
    b"(\xb5/\xfd": "a Zstandard file",
    b"Rar!": "a RAR archive",
    b"7z\xbc\xaf": "a 7z archive",
}
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def known(path: Path) -> bool:
    """Say whether a file of a folder is read."""
    suffix = path.suffix.lower()
    return suffix in PAGE_SUFFIXES | TABLE_SUFFIXES | {".json", ".jsonl"} or path.name.lower().endswith(ARCHIVE_SUFFIXES)


def files_of(folder: Path) -> list[Path]:
    """Return the files of a folder that are read, sorted; a link that leads nowhere is one that cannot be."""
    found = (p for p in sorted(folder.rglob("*")) if p.is_file() or (p.is_symlink() and not p.exists()))
    return [p for p in found if known(p) and not _asset(p, folder)]


def documents_of(folder: Path) -> str:
    """Return how many documents of which kinds are left in a folder («2 .docx, 1 .pdf»); empty for none."""
    found = Counter(p.suffix.lower() for p in folder.rglob("*") if p.suffix.lower() in _DOCUMENTS and p.is_file() and not _asset(p, folder))
    return ", ".join(f"{n} {suffix}" for suffix, n in sorted(found.items()))


def _asset(path: Path, root: Path) -> bool:
    """Say whether a file is part of a page that a browser saved («NAME_files/»), or hidden."""
    return any(part.endswith("_files") or part.startswith(".") for part in path.relative_to(root).parts[:-1])


def check_bytes(name: str, head: bytes) -> None:
    """Refuse what is empty or neither text nor a page.

    Raises InputEmpty and InputBinary.
    """
    if not head.strip():
        raise InputEmpty(f"{name}: the file is empty; give a page or a text", input=name)
    what = next((what for magic, what in _MAGIC.items() if head.startswith(magic)), None)
    first = head[:4096]
    if what is None and not head.startswith(_UTF16) and (0 < first.count(0) < 0.2 * len(first) or bytes(4) in first):
        what = "a binary file"
    if what is not None:
        raise InputBinary(f"{name}: {what}, neither a page nor a text; convert it first", input=name)
