"""GLEIF's files say the same in the legal register as they do alone."""

from __future__ import annotations

from pathlib import Path

from loaders.source import Delivery, RawRecord, Source, find_source


def _records(source: Source, path: Path) -> list[RawRecord]:
    return [item for item in source.extract(Delivery(path)) if isinstance(item, RawRecord)]


def test_the_published_relationships_and_companies_say_what_they_say_to_gleif_alone(
    shared: Path,
) -> None:
    folder = shared / "legal_entities" / "gleif_cdf_xml"
    gleif, register = find_source("gleif"), find_source("legal_register")

    for name in ("lei-data.xml", "rr-data.xml", "repex-data.xml"):
        alone, together = _records(gleif, folder / name), _records(register, folder / name)
        assert alone == together
        assert [gleif.transform(one) for one in alone] == [
            register.transform(one) for one in together
        ]
        assert alone


def test_what_gleif_leaves_out_by_name_the_register_does_too() -> None:
    gleif, register = find_source("gleif"), find_source("legal_register")

    assert gleif.spec.ignores.items() <= register.spec.ignores.items()
