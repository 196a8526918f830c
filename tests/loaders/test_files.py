"""Files as sources deliver them: strict, and in constant memory."""

from __future__ import annotations

import gzip
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from graph.errors import SourceError
from loaders.files import csv_records, files_of, json_records

ROWS = [(2, {"id": "1", "name": "Alpha"}), (3, {"id": "2"})]
HUGE = 20_000_000_000


def written(folder: Path, content: str | bytes, name: str = "x.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def rows(path: Path, **more) -> list[tuple[int, dict[str, str]]]:
    return list(csv_records(path, needs=("id",), **more))


def refusal(records) -> SourceError:
    with pytest.raises(SourceError) as refused:
        list(records)
    assert refused.value.where
    assert refused.value.remedy
    return refused.value


def sparse(path: Path) -> Path:
    with path.open("r+b") as file:
        file.truncate(HUGE)
    return path


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_is_read(tmp_path, end) -> None:
    assert rows(written(tmp_path, f"id,name{end}1,Alpha{end}2,{end}")) == ROWS
    assert rows(written(tmp_path, f"id,name{end}1,Alpha{end}2,")) == ROWS


def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path) -> None:
    assert rows(written(tmp_path, b"\xef\xbb\xbfid,name\n1,Alpha\n2,\n")) == ROWS


def test_blank_lines_are_passed_over(tmp_path) -> None:
    assert [row for _, row in rows(written(tmp_path, "id,name\n\n1,Alpha\n,\n2,\n"))] == [
        row for _, row in ROWS
    ]


def test_quotes_may_span_lines_and_hold_delimiters(tmp_path) -> None:
    path = written(tmp_path, 'id,name\r\n1,"Alpha,\r\n""the first"""\r\n')

    assert rows(path) == [(3, {"id": "1", "name": 'Alpha,\r\n"the first"'})]


@pytest.mark.parametrize("letter", ["\u2028", "\u0085", "\x0b", "\x0c", "\x1c"])
def test_a_separator_of_another_kind_is_a_letter(tmp_path, letter) -> None:
    assert rows(written(tmp_path, f"id,name\n1,Al{letter}pha\n")) == [
        (2, {"id": "1", "name": f"Al{letter}pha"})
    ]


def test_a_wrong_encoding_is_named_and_never_guessed(tmp_path) -> None:
    error = refusal(csv_records(written(tmp_path, "id\nZürich".encode("latin-1")), needs=("id",)))

    assert error.what == "byte b'\\xfc' is not utf-8-sig"
    assert rows(written(tmp_path, "id\nZürich".encode("latin-1")), encoding="latin-1") == [
        (2, {"id": "Zürich"})
    ]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("", "the file is empty"),
        ("\n", "the file is empty"),
        ("name\nAlpha\n", "the header lacks id; it has name ..."),
        ("id,name,id\n1,Alpha,2\n", "the header has id twice"),
        ("id,name\n1,Alpha\n2\n", "1 fields where the header has 2: cut off or a stray delimiter"),
        ("id,name\n1,Al,pha\n", "3 fields where the header has 2: cut off or a stray delimiter"),
        ('id,name\n1,"Alp', "not CSV: unexpected end of data"),
    ],
)
def test_what_is_cut_off_or_changed_is_refused(tmp_path, content, what) -> None:
    path = written(tmp_path, content)

    assert refusal(csv_records(path, needs=("id",))).what == what


def test_records_before_the_cut_are_read(tmp_path) -> None:
    records = csv_records(written(tmp_path, "id,name\n1,Alpha\n2"), needs=("id",))

    assert next(records) == ROWS[0]
    refusal(records)


@pytest.mark.parametrize("name", ["x.csv", "x.ndjson", "x.json"])
def test_twenty_gigabytes_without_a_line_end_are_refused_in_little_memory(tmp_path, name) -> None:
    path = sparse(written(tmp_path, b'{"id": 1}\n' if name == "x.ndjson" else b"id\n1\n", name))
    read = csv_records(path, needs=("id",)) if name == "x.csv" else json_records(path)

    tracemalloc.start()
    refusal(read)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 250_000_000


def test_gzip_and_zip_are_unpacked(tmp_path) -> None:
    plain = b"id,name\n1,Alpha\n2,\n"
    packed = written(tmp_path, gzip.compress(plain), "x.csv.gz")
    with zipfile.ZipFile(tmp_path / "x.csv.zip", "w") as archive:
        archive.writestr("folder/x.csv", plain)

    assert rows(packed) == ROWS
    assert rows(tmp_path / "x.csv.zip") == ROWS


@pytest.mark.parametrize("keep", [0.3, 0.9])
def test_an_archive_cut_off_in_the_middle_is_refused(tmp_path, keep) -> None:
    content = "id,name\n" + "".join(f"{n},{n * 7919 % 10007}\n" for n in range(20_000))
    whole = gzip.compress(content.encode())

    cut = written(tmp_path, whole[: int(len(whole) * keep)], "x.csv.gz")

    refusal(csv_records(cut, needs=("id",)))


def test_an_archive_damaged_in_the_middle_is_refused(tmp_path) -> None:
    content = "id,name\n" + "".join(f"{n},{n * 7919 % 10007}\n" for n in range(20_000))
    whole = bytearray(gzip.compress(content.encode()))
    whole[len(whole) // 2 : len(whole) // 2 + 64] = b"\xff" * 64

    refusal(csv_records(written(tmp_path, bytes(whole), "x.csv.gz"), needs=("id",)))


def test_an_archive_of_several_files_is_refused(tmp_path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("a.csv", "id\n")
        archive.writestr("b.csv", "id\n")

    assert (
        refusal(csv_records(tmp_path / "x.zip", needs=("id",))).what == "the archive holds 2 files"
    )


def test_what_may_not_be_read_is_refused(tmp_path) -> None:
    refusal(csv_records(tmp_path / "missing.csv", needs=("id",)))
    refusal(csv_records(tmp_path, needs=("id",)))


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ('{"id": 1}\n{"id": 2}\n', "x.json"),
        ('{"id": 1}\n\n{"id": 2}', "x.ndjson"),
        ('[{"id": 1}, {"id": 2}]', "x.json"),
        ('\ufeff[{"id": 1},\n {"id": 2}]', "x.json"),
    ],
)
def test_json_is_one_object_a_list_or_one_a_line(tmp_path, content, name) -> None:
    found = list(json_records(written(tmp_path, content, name)))

    assert [record for _, record in found] == [{"id": 1}, {"id": 2}]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("", "x.json"),
        ("[1]", "x.json"),
        ('[{"id": 1}, {"id"', "x.json"),
        ('{"id": 1}\n{"id"', "x.ndjson"),
    ],
)
def test_json_that_is_cut_off_or_no_object_is_refused(tmp_path, content, name) -> None:
    refusal(json_records(written(tmp_path, content, name)))


def test_the_files_of_a_folder_come_in_order(tmp_path) -> None:
    second, first = written(tmp_path, "", "b.csv"), written(tmp_path, "", "a.csv")
    written(tmp_path, "", "notes.txt")

    assert files_of(tmp_path, "*.csv") == [first, second]
    assert files_of(first, "*.json") == [first]
    with pytest.raises(SourceError):
        files_of(tmp_path, "*.json")
    with pytest.raises(SourceError):
        files_of(tmp_path / "missing", "*.csv")
