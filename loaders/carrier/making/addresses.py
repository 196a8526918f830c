"""Invented addresses in real cities, as each country writes them."""

from __future__ import annotations

from loaders.carrier.draw import Draw
from loaders.carrier.world.party import Address
from loaders.carrier.world.place import City

_STREETS = {
    "DE": "{}straße {n}", "AT": "{}gasse {n}", "CH": "{}strasse {n}", "FR": "{n} rue de la {}",
    "NL": "{}weg {n}", "BE": "{}laan {n}", "ES": "Calle {} {n}", "PT": "Rua {} {n}",
    "IT": "Via {} {n}", "SE": "{}vägen {n}", "NO": "{}veien {n}", "DK": "{}vej {n}",
    "FI": "{}katu {n}", "PL": "ul. {} {n}", "CZ": "{}ská {n}", "GR": "{} {n}", "BG": "ul. {} {n}",
    "UA": "vul. {} {n}", "TR": "{} Caddesi No. {n}", "BR": "Avenida {} {n}",
    "MX": "Avenida {} {n}", "AR": "Calle {} {n}", "CL": "Calle {} {n}", "CO": "Carrera {n} {}",
    "JP": "{n}-{m} {}-cho", "CN": "No. {n} {} Lu", "KR": "{n} {}-ro", "AE": "{} Street {n}",
    "SA": "{n} {} Street",
}  # fmt: skip
_WORDS = {
    "DE": "Hafen Mühlen Industrie Berg Ring Garten", "AT": "Mühl Berg Ring Garten Neu Fabriks",
    "CH": "Hafen Mühle Industrie Berg Ring Garten", "FR": "Gare Forge République Plaine Rivière",
    "NL": "Haven Molen Kanaal Industrie Nieuwe", "BE": "Haven Molen Kanaal Industrie Nieuwe",
    "ES": "Mayor Industria Puerto Molino Norte", "PT": "Nova Industrial Porto Moinho Norte",
    "IT": "Nuova Industria Porto Mulino Nord", "SE": "Hamn Kvarn Industri Berg Norra",
    "NO": "Havne Mølle Industri Berg Nordre", "DK": "Havne Mølle Industri Bakke Nordre",
    "FI": "Satama Mylly Teollisuus Mäki Pohjois", "PL": "Portowa Młyńska Przemysłowa Górna Nowa",
    "CZ": "Příst Mlýn Průmyslov Hor Nov", "TR": "Liman Sanayi Değirmen Yeni Kuzey",
    "BR": "Industrial Central Porto Norte", "MX": "Industrial Central Puerto Norte",
}  # fmt: skip
_ELSEWHERE = "Harbour Mill Station Foundry Market North New Garden Canal Bridge"

_POSTCODES = {
    "GB": "LL# #LL", "IE": "L## LLLL", "CA": "L#L #L#", "NL": "#### LL", "US": "#####",
    "BE": "####", "AT": "####", "CH": "####", "DK": "####", "NO": "####", "AU": "####",
    "NZ": "####", "ZA": "####", "BG": "####", "PT": "####-###", "PL": "##-###", "SE": "### ##",
    "CZ": "### ##", "GR": "### ##", "BR": "#####-###", "JP": "###-####", "CN": "######",
    "IN": "######", "SG": "######", "CO": "######", "CL": "#######", "HK": "", "AE": "",
}  # fmt: skip


def address(draw: Draw, city: City) -> Address:
    """A street, a number and a postcode in a city."""
    country = city.country
    words = _WORDS.get(country, _ELSEWHERE).split()
    form = _STREETS.get(country, "{n} {} Road")
    street = form.format(draw.pick(words), n=draw.number(1, 240), m=draw.number(1, 30))
    return Address(street, city.name, city.region, _postcode(draw, country), country)


def _postcode(draw: Draw, country: str) -> str:
    return "".join(
        draw.pick("ABCDEFGHJKLMNPRSTUWXY")
        if letter == "L"
        else draw.pick("0123456789")
        if letter == "#"
        else letter
        for letter in _POSTCODES.get(country, "#####")
    )


def phone(draw: Draw, dial: str) -> str:
    """An E.164-like number in the range 555 01, which fiction uses."""
    return f"+{dial} 555 01{draw.digits(6)}"
