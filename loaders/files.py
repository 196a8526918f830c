"""Files as sources deliver them: plain, gzipped or zipped, read in constant memory and strictly."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import compress
from pathlib import Path
from typing import IO, Any, AnyStr, TypeVar, cast

import orjson

from graph.errors import SourceError

WHOLE_FILE_LIMIT = 512_000_000
"""A JSON document larger than this must come as one record a line."""
Read = TypeVar("Read")
LINE_LIMIT = 32_000_000
"""A longer line is no record but a file that is something else, or damaged."""


def files_of(path: Path, *patterns: str, first: Sequence[str] = ()) -> list[Path]:
    """The file itself, or the files of a folder (and below) that fit one of the patterns.

    Files whose names begin with one of the words `first` come before the others, in that order.
    """
    if path.is_file():
        return [path]
    if not path.exists():
        raise SourceError("there is no such file or folder", where=str(path), remedy="check it")
    found = {file for pattern in patterns for file in path.rglob(pattern) if file.is_file()}
    if not found:
        raise SourceError(
            f"the folder holds none of {', '.join(patterns)}",
            where=str(path),
            remedy="give the folder or the file of the delivery",
        )
    words = [*first, ""]
    place = {file: [file.name.startswith(word) for word in words].index(True) for file in found}
    return sorted(found, key=lambda file: (place[file], file))


def walk(
    path: Path,
    read: Callable[[Path], Iterator[tuple[int, Read]]],
    *patterns: str,
    first: Sequence[str] = (),
) -> Iterator[tuple[Path, int, Read]]:
    """File, line and record of every record below a path, file by file.

    A file that cannot be read does not keep the others from being read: SourceError names all
    such files, after the last record.
    """
    broken: list[SourceError] = []
    for file in files_of(path, *patterns, first=first):
        try:
            for line, record in read(file):
                yield file, line, record
        except SourceError as error:
            broken.append(error)
    raise_broken(broken, path)


def raise_broken(broken: Sequence[SourceError], path: Path) -> None:
    """Name all files of a delivery that could not be read, after the others were."""
    if broken:
        raise SourceError(
            "; ".join(f"{error.what} [{error.where}]" for error in broken),
            where=str(path),
            remedy=broken[0].remedy,
        )


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """The file's bytes, unpacked from .gz or from the only member of a .zip."""
    try:
        if path.suffix == ".gz":
            with gzip.open(path, "rb") as unpacked:
                yield cast(IO[bytes], unpacked)
        elif path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                names = [name for name in archive.namelist() if not name.endswith("/")]
                if len(names) != 1:
                    raise SourceError(
                        f"the archive holds {len(names)} files",
                        where=str(path),
                        remedy="unpack it and give its folder",
                    )
                with archive.open(names[0]) as member:
                    yield member
        else:
            with path.open("rb") as file:
                yield file
    except (EOFError, zipfile.BadZipFile, gzip.BadGzipFile, zlib.error) as error:
        raise SourceError(
            f"the file is cut off or is no archive: {error}",
            where=str(path),
            remedy="fetch it again and load it again: what was read is skipped",
        ) from error
    except OSError as error:
        raise SourceError(
            f"the file cannot be read: {error.strerror or error}",
            where=str(path),
            remedy="mend its name, its rights or its disk, then load again",
        ) from error


@contextmanager
def opened_text(path: Path, encoding: str = "utf-8-sig") -> Iterator[IO[str]]:
    """The file as text; another encoding is an error that says where, never a guess.

    A byte-order mark is dropped. A line ends with LF, CRLF or a lone CR, and with nothing else:
    a U+2028 within a name is a letter like any other.
    """
    with opened(path) as file:
        text = io.TextIOWrapper(file, encoding=encoding, newline="")
        try:
            yield text
        except UnicodeDecodeError as error:
            raise SourceError(
                f"byte {error.object[error.start : error.start + 1]!r} is not {encoding}",
                where=str(path),
                remedy=f"convert the file to {encoding}, then load again",
            ) from error


def csv_records(
    path: Path, *, needs: tuple[str, ...], encoding: str = "utf-8-sig", delimiter: str = ","
) -> Iterator[tuple[int, dict[str, str]]]:
    """Line number and non-empty fields of every row.

    SourceError for a header that lacks one of `needs`, a row with another number of fields than
    the header, a quote that is never closed, a wrong encoding.
    """
    csv.field_size_limit(16_000_000)
    with opened_text(path, encoding) as text:
        reader = csv.reader(_lines(text, path), delimiter=delimiter, strict=True)
        try:
            header = [name.strip() for name in next(reader, [])]
            if not header:
                raise SourceError("the file is empty", where=str(path), remedy="fetch it again")
            twice = [name for name in header if name and header.count(name) > 1]
            if twice:
                raise SourceError(
                    f"the header has {twice[0]} twice",
                    where=f"{path}:1",
                    remedy="ask the source which column counts, and take the other out",
                )
            missing = [name for name in needs if name not in header]
            if missing:
                raise SourceError(
                    f"the header lacks {', '.join(missing)}; it has {', '.join(header[:8])} ...",
                    where=f"{path}:1",
                    remedy="the source changed its columns: mend the mapping, or fetch again",
                )
            for row in reader:
                if not row or not any(row):
                    continue
                if len(row) != len(header):
                    raise SourceError(
                        f"{len(row)} fields where the header has {len(header)}: cut off or "
                        "a stray delimiter",
                        where=f"{path}:{reader.line_num}",
                        remedy="fetch the file again and load it again: what was read is skipped",
                    )
                yield reader.line_num, dict(compress(zip(header, row, strict=True), row))
        except csv.Error as error:
            raise SourceError(
                f"not CSV: {error}",
                where=f"{path}:{reader.line_num}",
                remedy="fetch the file again and load it again: what was read is skipped",
            ) from error


def _lines(file: IO[AnyStr], path: Path) -> Iterator[AnyStr]:
    """The file's lines; SourceError for one too long to be a record, before it fills the memory."""
    number = 0
    while line := file.readline(LINE_LIMIT):
        number += 1
        if len(line) == LINE_LIMIT:
            raise SourceError(
                f"a line of more than {LINE_LIMIT:,} characters",
                where=f"{path}:{number}",
                remedy="fetch the file again: it is damaged, or not what its name says",
            )
        yield line


def json_records(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Ordinal and object of every record: one object, a list of them, or one object a line."""
    if path.name.removesuffix(".gz").endswith((".ndjson", ".jsonl")) or _is_ndjson(path):
        yield from _ndjson(path)
        return
    with opened(path) as file:
        content = b"" if path.stat().st_size > WHOLE_FILE_LIMIT else file.read(WHOLE_FILE_LIMIT)
        if len(content) == WHOLE_FILE_LIMIT or path.stat().st_size > WHOLE_FILE_LIMIT:
            raise SourceError(
                f"a JSON document of more than {WHOLE_FILE_LIMIT:,} bytes",
                where=str(path),
                remedy="deliver one record a line (.ndjson): that is read in constant memory",
            )
    document = _parsed(content.removeprefix(b"\xef\xbb\xbf"), path, 1)
    for ordinal, record in enumerate(document if isinstance(document, list) else [document], 1):
        yield ordinal, _object(record, path, ordinal)


def _is_ndjson(path: Path) -> bool:
    with opened(path) as file:
        head = file.read(65_536).lstrip(b"\xef\xbb\xbf \r\n\t").splitlines()
    return len(head) > 1 and head[0].startswith(b"{") and head[0].rstrip().endswith(b"}")


def _ndjson(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    with opened(path) as file:
        for number, line in enumerate(_lines(file, path), 1):
            text = line.removeprefix(b"\xef\xbb\xbf").strip()
            if text:
                yield number, _object(_parsed(text, path, number), path, number)


def _parsed(content: bytes, path: Path, line: int) -> Any:
    if not content.strip():
        raise SourceError("the file is empty", where=str(path), remedy="fetch it again")
    try:
        return orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise SourceError(
            f"not JSON: {error.msg}",
            where=f"{path}:{line + error.lineno - 1}",
            remedy="fetch the file again, or ask the source to mend it",
        ) from error


def _object(record: Any, path: Path, line: int) -> dict[str, Any]:
    if not isinstance(record, dict):
        raise SourceError(
            f"a record must be an object, this is a {type(record).__name__}",
            where=f"{path}:{line}",
            remedy="deliver one object a record",
        )
    return record
