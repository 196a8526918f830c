"""The demo's invented group of companies, and what happens to it between two deliveries.

No company here exists; places, legal forms (ELF) and registers (RA) do.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

FIRST = date(2025, 6, 30)
SECOND = date(2026, 11, 15)
"""The days of the two deliveries."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a company is: jurisdiction, city, how its name ends, ELF code, RA code."""

    city: str
    suffix: str
    form: str
    register: str

    def named(self, words: str) -> str:
        """A company name of this place."""
        return f"{words} {self.suffix}"


PLACES = {
    "SE": Place("Göteborg", "AB", "XJHM", "RA000544"),
    "DE": Place("Kassel", "GmbH", "2HBR", "RA000304"),
    "GB": Place("Leeds", "Limited", "H0PO", "RA000585"),
    "FR": Place("Lyon", "SAS", "6CHY", "RA000192"),
    "NL": Place("Eindhoven", "B.V.", "54M6", "RA000463"),
    "PL": Place("Łódź", "sp. z o.o.", "O7XB", "RA000484"),
    "ES": Place("Zaragoza", "S.L.", "DP3Q", "RA000780"),
    "IT": Place("Torino", "S.p.A.", "P418", "RA000407"),
    "NO": Place("Bergen", "AS", "YI42", "RA000472"),
    "DK": Place("Århus", "ApS", "H8VP", "RA000170"),
    "FI": Place("Tampere", "Oy", "DKUW", "RA000188"),
    "AT": Place("Graz", "GmbH", "AXSB", "RA000017"),
    "CH": Place("Winterthur", "AG", "MVII", "RA000548"),
    "CZ": Place("Brno", "s.r.o.", "9HLU", "RA000163"),
    "BE": Place("Gent", "BV", "3W7E", "RA000025"),
    "IE": Place("Cork", "Ltd", "MNQ7", "RA000402"),
    "US-DE": Place("Dover", "LLC", "HZEH", "RA000602"),
    "BR": Place("Curitiba", "Ltda.", "QHW1", "RA000062"),
    "MX": Place("Monterrey", "S. de R.L. de C.V.", "XLVZ", "RA000441"),
    "IN": Place("Pune", "Pvt Ltd", "YSP9", "RA000394"),
    "SG": Place("Singapore", "Pte. Ltd.", "O9OZ", "RA000523"),
    "AU": Place("Adelaide", "Pty Ltd", "TXVC", "RA000013"),
    "JP": Place("Nagoya", "株式会社", "T417", "RA000412"),
    "ZA": Place("Durban", "(Pty) Ltd", "GQVQ", "RA000531"),
    "TR": Place("Bursa", "A.Ş.", "W2SQ", "RA000560"),
    "AE": Place("Abu Dhabi", "LLC", "RWVW", "RA000664"),
}


@dataclass(slots=True)
class Company:
    """One legal entity as the register sees it on the day of a delivery."""

    code: str
    name: str
    country: str
    created: date
    parent: str = ""
    since: date | None = None
    previous_parents: tuple[tuple[str, date, date], ...] = ()
    """Earlier parents: code, from, to."""
    category: str = "GENERAL"
    status: str = "ACTIVE"
    registration: str = "ISSUED"
    previous_name: str = ""
    renamed_on: date | None = None
    other_name: str = ""
    event: str = ""
    """A terminal corporate event with `ended_on`."""
    ended_on: date | None = None
    successor: str = ""
    exception: str = ""
    """Why no parent is reported (GLEIF reporting exception)."""


DIVISIONS = {
    "power": ("Oskelund Power", "SE", "DE GB FR PL ES IT NO FI NL US-DE BR IN SG AU ZA"),
    "motion": ("Oskelund Motion", "DE", "AT CH CZ PL IT FR JP MX US-DE TR IN"),
    "digital": ("Oskelund Digital", "NL", "BE GB IE US-DE IN SG DE"),
    "paints": ("Oskelund Paints", "DK", "SE NO FI DE PL GB"),
}
LANDS = {
    "DE": "Deutschland", "GB": "UK", "FR": "France", "PL": "Polska", "ES": "España",
    "IT": "Italia", "NO": "Norge", "FI": "Suomi", "NL": "Nederland", "US-DE": "USA",
    "BR": "Brasil", "IN": "India", "SG": "Singapore", "AU": "Australia", "ZA": "South Africa",
    "AT": "Österreich", "CH": "Schweiz", "CZ": "Česko", "JP": "日本", "MX": "México",
    "TR": "Türkiye", "BE": "België", "IE": "Ireland", "SE": "Sverige", "DK": "Danmark",
    "AE": "Gulf",
}  # fmt: skip
WIND_PARKS = 14


def companies(day: date) -> list[Company]:
    """Every company of the demo as it stands on the day of a delivery."""
    second = day >= SECOND
    found = [*_group(), *_acquired(second), *_others(second)]
    by_code = {company.code: company for company in found}
    if second:
        _what_happened(by_code)
    return list(by_code.values())


def _group() -> list[Company]:
    root = Company("oskelund", "Oskelund Group AB", "SE", date(1921, 4, 11))
    root.exception = "NO_KNOWN_PERSON"
    found = [root]
    for number, (code, (name, home, lands)) in enumerate(DIVISIONS.items()):
        began = date(1988 + 7 * number, 3, 1)
        holding = PLACES[home].named(f"{name} Holding")
        found.append(Company(code, holding, home, began, "oskelund", began))
        for place, land in enumerate(lands.split()):
            since = date(1996 + (number * 5 + place * 3) % 24, 1 + place % 12, 1)
            words = f"{name} {LANDS[land]}"
            child = Company(f"{code}-{land}", PLACES[land].named(words), land, since, code, since)
            found.append(child)
    for park in range(1, WIND_PARKS + 1):
        since = date(2009 + park % 9, 6, 1)
        name = f"Oskelund Vindpark {park} AB"
        company = Company(f"park-{park}", name, "SE", since, "power", since)
        if park in (3, 7, 11):
            company.registration = "LAPSED"
        found.append(company)
    return [*found, *_special()]


def _special() -> list[Company]:
    branch = Company(
        "power-dubai",
        "Oskelund Power Holding AB (Gulf branch)",
        "AE",
        date(2014, 9, 1),
        "power",
        date(2014, 9, 1),
        category="BRANCH",
    )
    energy = Company(
        "energie",
        "Société Oskelund Énergie SAS",
        "FR",
        date(2003, 5, 12),
        "power-FR",
        date(2003, 5, 12),
    )
    storage = Company(
        "storage",
        "Oskelund Speicher Süd GmbH",
        "DE",
        date(2017, 2, 1),
        "power-DE",
        date(2017, 2, 1),
    )
    kyushu = Company(
        "kyushu",
        "オスケルンド九州株式会社",
        "JP",
        date(2011, 10, 1),
        "motion-JP",
        date(2011, 10, 1),
        other_name="Oskelund Kyushu K.K.",
    )
    grid = Company(
        "grid", "Oskelund Gridworks Limited", "GB", date(2012, 3, 1), "power-GB", date(2012, 3, 1)
    )
    return [branch, energy, storage, kyushu, grid]


def _acquired(second: bool) -> list[Company]:
    """Brightmoor, independent at first, bought on 1 March 2026."""
    bought = date(2026, 3, 1)
    found = [Company("brightmoor", "Brightmoor Logistics plc", "GB", date(1974, 8, 20))]
    if second:
        found[0].parent, found[0].since = "power", bought
    else:
        found[0].exception = "NON_CONSOLIDATING"
    for place, land in enumerate(("GB", "IE", "NL", "BE", "DE", "FR", "PL")):
        since = date(1999 + 2 * place, 4, 1)
        words = f"Brightmoor {LANDS[land]}"
        found.append(
            Company(f"bm-{land}", PLACES[land].named(words), land, since, "brightmoor", since)
        )
    return found


def _others(second: bool) -> list[Company]:
    """Companies outside; of one it is registered that it joins on 1 January 2027."""
    tavrenne = Company("tavrenne", "Tavrenne Industrie SAS", "FR", date(1966, 2, 2))
    if second:
        tavrenne.parent, tavrenne.since = "motion", date(2027, 1, 1)
    else:
        tavrenne.exception = "NATURAL_PERSONS"
    carvello = Company("carvello", "Carvello Vernici S.p.A.", "IT", date(1958, 11, 3))
    carvello.exception = "NON_PUBLIC"
    return [tavrenne, carvello]


def _what_happened(by_code: dict[str, Company]) -> None:
    """Between the deliveries: a sale, a rename, an absorption, an end, a move."""
    sold = date(2026, 5, 15)
    paints = by_code["paints"]
    paints.previous_parents = (("oskelund", paints.since or sold, sold),)
    paints.parent, paints.since = "carvello", sold
    renamed = by_code["digital"]
    renamed.previous_name, renamed.renamed_on = renamed.name, date(2026, 1, 12)
    renamed.name = "Oskelund Connect Holding B.V."
    moved = by_code["motion-IN"]
    moved.previous_parents = (("motion", moved.since or sold, date(2026, 7, 1)),)
    moved.parent, moved.since = "power-IN", date(2026, 7, 1)
    for code, event, day, successor in (
        ("grid", "ABSORPTION", date(2026, 2, 1), "power-GB"),
        ("park-3", "DISSOLUTION", date(2026, 4, 30), ""),
        ("park-7", "DISSOLUTION", date(2026, 4, 30), ""),
    ):
        ended = by_code[code]
        ended.status, ended.registration = "INACTIVE", "MERGED" if successor else "RETIRED"
        ended.event, ended.ended_on, ended.successor = event, day, successor
