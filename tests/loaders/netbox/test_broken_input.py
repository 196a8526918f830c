"""Broken files, contradictions and missing pages of NetBox end nothing and are named."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph.facts.run import Run

LATER = datetime(2026, 2, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b'[{"model": "dcim.region", "pk": 1, "fie', "not JSON"),
        ('[{"name": "Z\u00fcrich"}]'.encode("latin-1"), "not JSON"),
        (b"[1, 2]", "a record must be an object"),
    ],
)
def test_a_broken_file_is_named_and_the_others_count(
    load: Callable[..., Run],
    export: Callable[..., Path],
    tmp_path: Path,
    content: bytes,
    said: str,
) -> None:
    export(name="whole.json")
    (tmp_path / "broken.json").write_bytes(content)

    run = load("netbox", tmp_path, full=True)

    assert (run.status, run.loaded, run.closing) == ("PARTIAL", 9, "none")
    assert said in run.reason
    assert "broken.json" in run.reason


def test_a_byte_order_mark_is_no_content(
    load: Callable[..., Run], export: Callable[..., Path]
) -> None:
    path = export()
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())

    run = load("netbox", path)

    assert (run.status, run.loaded) == ("COMPLETE", 9)


def test_an_object_that_comes_twice_with_different_content_is_not_chosen_for_us(
    load: Callable[..., Run], export: Callable[..., Path], tmp_path: Path
) -> None:
    export(name="1.json")
    export(name="2.json", near={"name": "Nearer"})

    run = load("netbox", tmp_path)

    assert (run.status, run.loaded, run.duplicate, run.rejected) == ("PARTIAL", 9, 8, 1)


def test_pages_that_hold_less_than_they_announce_end_nothing(
    load: Callable[..., Run], tmp_path: Path
) -> None:
    def page(number: int, count: int) -> None:
        url = f"https://netbox.example/api/dcim/regions/{number}/"
        result = {"id": number, "url": url, "name": f"R{number}", "slug": f"r{number}"}
        document = {"count": count, "next": None, "results": [result]}
        (folder / f"regions-{number}.json").write_text(json.dumps(document))

    folder = tmp_path / "pages"
    folder.mkdir()
    page(1, 2)
    short = load("netbox", folder, full=True)
    page(2, 2)
    whole = load("netbox", folder, full=True, as_of="2026-02-01", now=LATER)

    assert (short.status, short.reason) == (
        "PARTIAL",
        "the delivery announces 2 records and holds 1",
    )
    assert (whole.status, whole.reason, whole.loaded, whole.unchanged) == ("COMPLETE", "", 1, 1)
