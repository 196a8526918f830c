"""Who is there: legal entities, who holds whom, under which names, and where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from loaders.carrier.world.timeline import OPEN, Timeline, turns_of


@dataclass(frozen=True, slots=True)
class EntityName:
    """A legal name in its parts."""

    legal: str
    """As registered, in the script of the register."""
    core: str
    """The legal name without the legal form."""
    form: str
    """The legal form as written in the name, like `GmbH`."""
    latin: str
    """The legal name in Latin letters; equal to `legal` when it is Latin already."""
    language: str
    """BCP 47 code of `legal`."""


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address; `city` is the real city's name in Latin letters."""

    street: str
    city: str
    region: str
    postcode: str
    country: str
    """ISO 3166-1 alpha-2."""

    def one_line(self) -> str:
        """The address on one line."""
        parts = (self.street, f"{self.postcode} {self.city}".strip(), self.region, self.country)
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Entity:
    """One legal entity or branch: the thing that records of fourteen systems may mean."""

    key: str
    family: str
    """Key of the family that it is born into: the root entity's key."""
    names: Timeline[EntityName]
    trading_name: str
    acronym: str
    category: str
    """GLEIF: GENERAL, BRANCH, FUND, SOLE_PROPRIETOR."""
    country: str
    jurisdiction: str
    """ISO 3166-1 or -2 of its formation."""
    elf: Timeline[str]
    """Legal form, ISO 20275."""
    register: str
    """GLEIF registration authority, like RA000585."""
    number: str
    """Number in that register, valid by its country's rule where it has one; empty for branches."""
    lei: str
    """Empty when it has none."""
    lei_issued_on: date | None
    lei_status: Timeline[str]
    """ISSUED, LAPSED, RETIRED, MERGED, DUPLICATE: of the LEI, never of the company."""
    vat: str
    duns: str
    created_on: date
    ended_on: date
    """OPEN while it exists."""
    legal_address: Timeline[Address]
    headquarters: Timeline[Address]
    head_site: Timeline[str]
    """Key of the site from which it is led; empty when that is a letterbox."""
    phone: str
    domain: str
    industry: str
    """NACE-like section code."""
    size_band: str
    """S, M, L or XL by people employed."""
    sales_region: str
    """americas, emea or apac: the region in which it is sold to and billed."""
    account: Timeline[str]
    """Key of the sales account under which the carrier sells to it; empty when it does not."""
    is_dormant: bool
    is_sellable: bool
    parent_exception: str
    """GLEIF's reason why no parent is reported; empty when one is."""

    def turns(self) -> tuple[date, ...]:
        """The days on which a record of it changes."""
        lines = (self.names, self.elf, self.lei_status, self.legal_address, self.headquarters)
        return turns_of((*lines, self.account), self.ended_on)

    def status(self, day: date) -> str:
        """ACTIVE or INACTIVE on a day."""
        return "ACTIVE" if day < self.ended_on else "INACTIVE"


@dataclass(frozen=True, slots=True)
class Parent:
    """A child under a parent for a while, in one view of the hierarchy."""

    key: str
    child: str
    parent: str
    view: str
    """legal, commercial."""
    share: float
    controlling: bool
    """True on exactly one parent per child, view and day."""
    consolidated: bool
    """Whether the parent's accounts include the child: what GLEIF level 2 reports."""
    is_branch: bool
    begins: date
    ends: date = OPEN
    planned_from: date | None = None
    """Day on which it was announced, when it was announced before it began."""
    withdrawn_on: date | None = None
    """Day on which the plan was given up: it never began."""
    basis: str = ""
    """Key of the happening that began it."""

    def holds(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.withdrawn_on is None and self.begins <= day < self.ends

    def turns(self) -> tuple[date, ...]:
        """The days on which a record of it changes."""
        return turns_of((), self.begins, self.ends, self.withdrawn_on)
