"""Turn what a user names into pages: files, folders, globs, `-`, URLs, JSON, tables, archives of pages.

Main function: `pages()`. It yields a `Page` per article in the order given (folders sorted by path) and a `Failure` for whatever cannot be
read, so that a batch goes on. Nothing is held in memory but the page at hand.
"""

from __future__ import annotations

import glob
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from ljnews.errors import InputBinary, InputEmpty, InputMalformed, InputMissing, LjnewsError
from ljnews.records import Failure, Page
from ljnews.run.columns import FIELDS, columns, has_text
from ljnews.run.kinds import ARCHIVE_SUFFIXES, check_bytes, documents_of, files_of

ARCHIVE_INDEX = "archive.sqlite"


@dataclass(frozen=True)
class Options:
    """How inputs are read. `columns` maps a field of ours to a table's column."""

    columns: dict[str, str] = field(default_factory=dict)
    assume_date: str | None = None
    collection: str | None = None


def pages(inputs: Iterable[str], options: Options | None = None) -> Iterator[Page | Failure]:
    """Yield the pages of all inputs; what cannot be read becomes a failure."""
    options = options or Options()
    for one in inputs:
        try:
            for name, reader in _readers(one):
                yield from _guarded(name, reader, options)
        except LjnewsError as error:
            yield _failure(one, error)


Reader = Callable[[str, Options], Iterator["Page | Failure"]]


def _guarded(name: str, reader: Reader, options: Options) -> Iterator[Page | Failure]:
    """Run a reader; its error is the input's failure row."""
    try:
        yield from reader(name, options)
    except LjnewsError as error:
        yield _failure(name, error)
    except OSError as error:
        yield _failure(name, InputMissing(f"{name}: cannot be read ({error.strerror}); check the path and its permissions"))


def _failure(name: str, error: LjnewsError) -> Failure:
    return Failure(
        input=name,
        input_id=None,
        url=None,
        stage=error.stage,
        error=type(error).__name__,
        message=error.message,
        retryable=error.retryable,
    )


def _readers(one: str) -> Iterator[tuple[str, Reader]]:
    """Yield (name, reader) for every file that an input names."""
    if one == "-":
        yield "-", _standard_input
    elif one.startswith(("http://", "https://")):
        yield one, _url
    elif "://" in one:
        raise InputMissing(f"{one}: only http:// and https:// addresses can be fetched", input=one)
    else:
        for path in _paths(one):
            yield str(path), _reader_of(path)
        if Path(one).is_dir() and not (Path(one) / ARCHIVE_INDEX).exists() and documents_of(Path(one)):
            yield one, _documents


def _paths(one: str) -> Iterator[Path]:
    path = Path(one)
    if path.is_dir() and (path / ARCHIVE_INDEX).exists():
        yield path
    elif path.is_dir():
        found = files_of(path)
        if not found and not documents_of(path):
            raise InputEmpty(f"{one}: the folder holds no page, text, table or archive; name a folder that does", input=one)
        yield from found
    elif path.exists():
        yield path
    elif matches := sorted(glob.glob(one, recursive=True)):
        yield from (Path(m) for m in matches if Path(m).is_file())
    else:
        raise InputMissing(f"{one}: no such file, folder or pattern; check the spelling", input=one)


def _reader_of(path: Path) -> Reader:
    name, suffix = path.name.lower(), path.suffix.lower()
    if name.endswith(ARCHIVE_SUFFIXES) or path.is_dir():
        return _archive
    if suffix == ".jsonl":
        return _json_lines
    if suffix == ".json":
        return _json
    return _TABLES.get(suffix, _page_file)


def _documents(name: str, options: Options) -> Iterator[Page]:
    """Say which documents of a folder are not read."""
    raise InputBinary(f"{name}: {documents_of(Path(name))} left out; save documents as .txt or .html first", input=name)


def _page_file(name: str, options: Options) -> Iterator[Page]:
    content = Path(name).read_bytes()
    check_bytes(name, content)
    yield Page(input=name, content=content, assume_date=options.assume_date)


def _url(name: str, options: Options) -> Iterator[Page]:
    from ljnews.fetch import fetch_page

    yield fetch_page(name).model_copy(update={"assume_date": options.assume_date})


def _archive(name: str, options: Options) -> Iterator[Page | Failure]:
    from ljnews.fetch import pages_of_archive

    for page in pages_of_archive(Path(name)):
        yield page.model_copy(update={"assume_date": options.assume_date}) if isinstance(page, Page) else page


def _standard_input(name: str, options: Options) -> Iterator[Page | Failure]:
    """Standard input: JSON lines, one JSON value, or one page or text."""
    stream: BinaryIO = sys.stdin.buffer
    head = stream.readline()
    if head.lstrip().startswith(b"{") and head.rstrip().endswith(b"}"):
        yield from _objects(name, _chain(head, stream), options)
        return
    content = head + stream.read()
    check_bytes(name, content)
    if content.lstrip().startswith((b"[", b"{")):
        yield from _json_value(name, content, options)
    else:
        yield Page(input=name, content=content, assume_date=options.assume_date)


def _chain(head: bytes, stream: BinaryIO) -> Iterator[bytes]:
    yield head
    yield from stream


def _json_lines(name: str, options: Options) -> Iterator[Page | Failure]:
    with Path(name).open("rb") as stream:
        yield from _objects(name, stream, options)


def _objects(name: str, lines: Iterable[bytes], options: Options) -> Iterator[Page | Failure]:
    """One object a line; a broken line is a failure, the next one is read."""
    seen = False
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        seen = True
        try:
            yield _object(f"{name}:{number}", json.loads(line.strip(), parse_float=str), name, options)
        except (ValueError, RecursionError) as error:
            what = f"{name}:{number}: expected one JSON object a line, found {_why(error)}; mend the line"
            yield _failure(f"{name}:{number}", InputMalformed(what, input=name, line=number))
        except LjnewsError as error:
            yield _failure(f"{name}:{number}", error)
    if not seen:
        raise InputEmpty(f"{name}: no lines in it; give one JSON object a line", input=name)


def _why(error: Exception) -> str:
    """What is wrong with a piece of JSON, and where."""
    if not isinstance(error, json.JSONDecodeError):
        return "one nested too deeply" if isinstance(error, RecursionError) else str(error)[:100]
    where = f"line {error.lineno}, column {error.colno}" if error.lineno > 1 else f"column {error.colno}"
    return f"a mistake at {where} ({error.msg[:1].lower()}{error.msg[1:]})"


def _json(name: str, options: Options) -> Iterator[Page | Failure]:
    content = Path(name).read_bytes()
    check_bytes(name, content)
    yield from _json_value(name, content, options)


def _json_value(name: str, content: bytes, options: Options) -> Iterator[Page | Failure]:
    try:
        value = json.loads(content, parse_float=str)
    except (ValueError, RecursionError) as error:
        raise InputMalformed(f"{name}: expected JSON, found {_why(error)}; mend the file", input=name) from error
    for number, one in enumerate(value if isinstance(value, list) else [value], 1):
        label = f"{name}:{number}" if isinstance(value, list) else name
        try:
            yield _object(label, one, name, options)
        except LjnewsError as error:
            yield _failure(label, error)


def _object(label: str, value: Any, name: str, options: Options) -> Page:
    """Return the page of an object: `{…,html}` goes through the layout stage, `{…,text}` is taken as it stands."""
    if not isinstance(value, dict):
        raise InputMalformed(f"{label}: expected an object {{id,title,date,source,text}}, found {type(value).__name__}", input=label)
    row = {ours: value.get(theirs) for ours, theirs in columns(label, list(value), options.columns).items()}
    row = {key: cell for key, cell in row.items() if cell not in (None, "")}
    common: dict[str, Any] = {
        "input": label,
        "input_id": str(row["id"]) if "id" in row else None,
        "collection": options.collection or Path(name).stem,
        "url": str(row["url"]) if "url" in row else None,
        "assume_date": options.assume_date,
    }
    if "html" in row and "text" not in row:
        return Page(
            **common,
            content=str(row["html"]).encode("utf-8", "surrogatepass"),
            headers={"content-type": "text/html; charset=utf-8"},
            given=None,
        )
    if not str(row.get("text", "")).strip():
        raise InputEmpty(f"{label}: no text; expected a field «text» or «html» (see --columns)", input=label)
    return Page(**common, given={key: _cell(cell) for key, cell in row.items()})


def _cell(value: Any) -> str:
    """A table's cell as text: a date without its midnight."""
    shown = value.isoformat(sep=" ") if hasattr(value, "isoformat") and hasattr(value, "hour") else str(value)
    return shown.removesuffix(" 00:00:00")


def _rows(name: str, header: list[str], rows: Iterable[list[Any]], options: Options) -> Iterator[Page | Failure]:
    """Pages of a table's rows; an empty row is passed over."""
    if not {"text", "html"} & set(columns(name, header, options.columns)):
        raise InputMalformed(
            f"{name}: no column of text found among {', '.join(header[:20])}; name it: --columns text=COLUMN",
            input=name,
        )
    seen = False
    for number, cells in enumerate(rows, 2):
        if all(cell in (None, "") for cell in cells):
            continue
        seen = True
        try:
            yield _object(f"{name}:{number}", dict(zip(header, cells, strict=False)), name, options)
        except LjnewsError as error:
            yield _failure(f"{name}:{number}", error)
    if not seen:
        raise InputEmpty(f"{name}: a table without rows", input=name)


def _csv(name: str, options: Options) -> Iterator[Page | Failure]:
    """CSV or TSV in UTF-8, else GB18030 (what Chinese spreadsheets save)."""
    import csv

    path = Path(name)
    with path.open("rb") as probe:
        check_bytes(name, probe.read(65536))
    csv.field_size_limit(64 << 20)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            with path.open(encoding=encoding, newline="") as check:
                for _ in iter(lambda: check.read(1 << 20), ""):
                    pass
            break
        except UnicodeDecodeError:
            continue
    else:
        raise InputMalformed(f"{name}: neither UTF-8 nor GB18030; save the table as UTF-8", input=name)
    with path.open(encoding=encoding, newline="") as stream:
        head = stream.readline()
        stream.seek(0)
        reader = csv.reader(stream, delimiter=_delimiter(head, options))
        try:
            yield from _rows(name, [cell.strip() for cell in next(reader)], reader, options)
        except csv.Error as error:
            raise InputMalformed(f"{name}:{reader.line_num}: {error}; mend the line", input=name) from error


def _delimiter(head: str, options: Options) -> str:
    """The character between the columns: the one that gives a column of text, a comma where none does."""
    return next((d for d in ",\t;|" if has_text((cell.strip(' "') for cell in head.strip().split(d)), options.columns)), ",")


def _xlsx(name: str, options: Options) -> Iterator[Page | Failure]:
    try:
        from openpyxl import load_workbook
        from openpyxl.utils.exceptions import InvalidFileException
    except ImportError as error:
        raise InputMalformed(f"{name}: reading .xlsx needs openpyxl; install ljnews[tables]", input=name) from error
    import zipfile

    try:
        sheet = load_workbook(name, read_only=True, data_only=True).active
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise InputMalformed(f"{name}: not an .xlsx workbook ({error}); save it again", input=name) from error
    rows = sheet.iter_rows(values_only=True)
    header = [str(cell).strip() if cell is not None else "" for cell in next(rows, ())]
    yield from _rows(name, header, (list(row) for row in rows), options)


def _parquet(name: str, options: Options) -> Iterator[Page | Failure]:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise InputMalformed(f"{name}: reading .parquet needs pyarrow; install ljnews[tables]", input=name) from error
    try:
        table = pq.ParquetFile(name)
    except pa.ArrowInvalid as error:
        raise InputMalformed(f"{name}: not a Parquet file ({str(error)[:60]})", input=name) from error
    header = table.schema_arrow.names
    rows = (list(row.values()) for batch in table.iter_batches(256) for row in batch.to_pylist())
    yield from _rows(name, header, rows, options)


_TABLES: dict[str, Reader] = {".csv": _csv, ".tsv": _csv, ".xlsx": _xlsx, ".parquet": _parquet}

__all__ = ["FIELDS", "Options", "pages"]
