"""Identifiers pass the checks of their countries; legal forms and registers are GLEIF's."""

from __future__ import annotations

import csv
import importlib
from pathlib import Path

import pytest
from stdnum import lei as stdnum_lei
from stdnum.eu import vat as stdnum_vat

from loaders.carrier import numbers
from loaders.carrier.draw import Draw
from loaders.carrier.geography.markets import MARKETS, STATES
from loaders.carrier.geography.places import countries, distance_m
from loaders.carrier.world.cluster import Cluster

RULES = {
    "BR": "br.cnpj", "AR": "ar.cuit", "CL": "cl.rut", "CO": "co.nit", "FR": "fr.siren",
    "BE": "be.vat", "ES": "es.cif", "PT": "pt.nif", "IT": "it.iva", "CH": "ch.uid",
    "SE": "se.orgnr", "NO": "no.orgnr", "DK": "dk.cvr", "FI": "fi.ytunnus", "CZ": "cz.dic",
    "BG": "bg.vat", "UA": "ua.edrpou", "TR": "tr.vkn", "JP": "jp.cn", "CN": "cn.uscc",
    "SG": "sg.uen", "AU": "au.acn",
}  # fmt: skip


@pytest.mark.parametrize("country", sorted(RULES))
def test_registration_numbers_pass_their_country_s_check(country: str) -> None:
    rule = importlib.import_module(f"stdnum.{RULES[country]}")
    draw = Draw(3, country)
    made = [numbers.registration_number(country, draw) for _ in range(300)]
    assert [number for number in made if not rule.is_valid(number)] == []
    assert len(set(made)) > 290


def test_vat_numbers_are_valid_in_europe(worlds: list[Cluster]) -> None:
    draw = Draw(3, "vat")
    found = []
    for country in MARKETS:
        for _ in range(100):
            number = numbers.registration_number(country, draw)
            vat = numbers.vat_number(country, number, draw)
            if vat and not vat.startswith("GB") and not stdnum_vat.is_valid(vat):
                found.append(vat)
    assert found == []
    british = importlib.import_module("stdnum.gb.vat")
    made = [numbers.vat_number("GB", "", draw) for _ in range(100)]
    assert [vat for vat in made if not british.is_valid(vat)] == []


def test_leis_are_valid_and_belong_to_no_issuer(worlds: list[Cluster]) -> None:
    leis = [entity.lei for world in worlds for entity in world.entities.values() if entity.lei]
    assert [one for one in leis if not stdnum_lei.is_valid(one)] == []
    assert {one[:6] for one in leis} == {"FPRT00"}
    assert len(set(leis)) == len(leis)


def test_legal_forms_and_registers_are_in_gleif_s_lists(shared: Path) -> None:
    folder = shared / "legal_entities" / "reference_lists"
    with (folder / "2023-09-28-elf-code-list-v1.5.csv").open(encoding="utf-8-sig") as file:
        forms = {
            (row["ELF Code"], row["Country sub-division code (ISO 3166-2)"] or row[
                "Country Code (ISO 3166-1)"])
            for row in csv.DictReader(file)
            if row["ELF Status ACTV/INAC"] == "ACTV"
        }  # fmt: skip
    with (folder / "2022-03-23_ra_list_v1.7.csv").open(encoding="utf-8-sig") as file:
        registers = {
            (row["Registration Authority Code"], row["Country Code"])
            for row in csv.DictReader(file)
        }
    wrong = [
        (code, form.elf)
        for code, market in MARKETS.items()
        for form in market.forms
        if form.elf != "8888" and (form.elf, code) not in forms and code != "US"
    ]
    wrong += [
        (f"US-{state}", form.elf)
        for state, (_, pair) in STATES.items()
        for form in pair
        if (form.elf, f"US-{state}") not in forms
    ]
    wrong += [
        (code, market.register)
        for code, market in MARKETS.items()
        if (market.register, code) not in registers
    ]
    assert wrong == []


def test_cities_are_where_they_are() -> None:
    found = {city.name: city for land in countries().values() for city in land.cities}
    paris, berlin = found["Paris"], found["Berlin"]
    metres = distance_m((paris.latitude, paris.longitude), (berlin.latitude, berlin.longitude))
    assert 870_000 < metres < 885_000
    assert (found["Tokyo"].country, found["Tokyo"].timezone) == ("JP", "Asia/Tokyo")
    assert {len(land.cities) > 0 for land in countries().values()} == {True}
