"""Names are invented, in every language and script, and their Latin form can be read."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest

from loaders.carrier.draw import Draw
from loaders.carrier.geography.markets import MARKETS
from loaders.carrier.names.company import brand, company_name, renamed
from loaders.carrier.names.scripts import write
from loaders.carrier.names.sounds import Syllable
from loaders.carrier.world.cluster import Cluster

OSKELUND = (Syllable("", "o", "s"), Syllable("k", "e", ""), Syllable("l", "u", "n"))


@pytest.mark.parametrize(
    ("script", "written", "latin"),
    [
        ("cyrillic", "Оскелун", "Oskelun"),
        ("greek", "Οσκελουν", "Oskelun"),
        ("arabic", "اوسكيلون", "Uskilun"),
        ("katakana", "オスケルン", "Osukerun"),
        ("hangul", "오스케룬", "Oseukerun"),
        ("hanzi", "奥斯克卢恩", "Aosikeluen"),
    ],
)
def test_a_brand_is_written_in_every_script_and_back(script: str, written: str, latin: str) -> None:
    assert write(OSKELUND, script) == (written, latin)


def test_a_german_company_abroad_bears_the_name_and_form_of_the_country() -> None:
    own = brand(Draw(1, "test"), "de")
    names = {
        code: company_name(own, code, MARKETS[code].forms[0], industry="logistics", city="Shanghai")
        for code in ("DE", "JP", "CN", "UA")
    }
    assert names["DE"].legal == f"{own.spelt} Logistik GmbH"
    assert names["JP"].legal.endswith("物流株式会社")
    assert names["JP"].latin.endswith("Butsuryu K.K.")
    assert names["CN"].legal.startswith("上海")
    assert names["UA"].legal.startswith("ТОВ «")


def test_a_rename_changes_the_brand_and_keeps_the_rest() -> None:
    old, new = brand(Draw(1, "old"), "de"), brand(Draw(1, "new"), "de")
    name = company_name(old, "JP", MARKETS["JP"].forms[0], industry="energy")
    after = renamed(name, old, new)
    assert after.legal != name.legal
    assert after.legal.endswith("エネルギー株式会社")
    assert after.form == name.form


def test_latin_forms_are_latin(worlds: list[Cluster]) -> None:
    wrong = [
        step.latin
        for world in worlds
        for entity in world.entities.values()
        for _, step in entity.names.steps
        if any(
            letter.isalpha() and not unicodedata.name(letter).startswith("LATIN")
            for letter in step.latin
        )
    ]
    assert wrong == []


def test_legal_names_are_unique_in_a_cluster(worlds: list[Cluster]) -> None:
    for world in worlds:
        names = [entity.names.steps[0][1].legal for entity in world.entities.values()]
        branches = [entity for entity in world.entities.values() if entity.category == "BRANCH"]
        assert len(names) - len(set(names)) <= len(branches)


def test_no_brand_is_a_real_company(shared: Path) -> None:
    real = {
        _letters(word)
        for path in (shared / "generators" / "mimesis_finance").glob("*.json")
        for name in json.loads(path.read_text(encoding="utf-8"))["company"]["name"]
        for word in name.split()
    }
    assert len(real) > 5000
    draw = Draw(7, "brands")
    languages = sorted({market.language for market in MARKETS.values()})
    brands = {brand(draw, languages[number % len(languages)]).spelt for number in range(3000)}
    assert {one for one in brands if _letters(one) in real} == set()


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalpha())
