"""One legal entity with everything that identifies it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from loaders.carrier import numbers
from loaders.carrier.draw import Draw
from loaders.carrier.geography.markets import MARKETS, STATES, Form
from loaders.carrier.making.addresses import address, phone
from loaders.carrier.making.draft import NOTHING, Draft
from loaders.carrier.names.company import Brand, branch_name, company_name
from loaders.carrier.names.words import NACE
from loaders.carrier.seeing.mangling import without_accents
from loaders.carrier.world.party import Entity, EntityName, Parent
from loaders.carrier.world.place import City
from loaders.carrier.world.timeline import OPEN, always


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an entity is to be; the rest is drawn."""

    brand: Brand
    country: str
    family: str
    """Key of the family's root; empty for a root."""
    parent: str = ""
    industry: str = "engineering"
    extra: str = ""
    """Part of the family, in the name."""
    does: bool = False
    """Whether the name says what the company does."""
    is_branch: bool = False
    is_large: bool = False
    share: float = 1.0
    city: City | None = None
    born: date | None = None
    has_lei: bool | None = None


def add(draft: Draft, draw: Draw, wanted: Wanted, used: set[str]) -> Entity:
    """Add an entity to the draft, and its link to its parent."""
    market = MARKETS[wanted.country]
    key = draft.key("e")
    cities = draft.carrier.countries[wanted.country].cities
    city = wanted.city or draw.early(cities, 2.2)
    born = wanted.born or date(draw.number(1962, 2021), draw.number(1, 12), draw.number(1, 28))
    form, register, jurisdiction = _form(draw, wanted)
    head = draft.entities.get(wanted.parent) if wanted.is_branch else None
    name = _name(draft, draw, wanted, form, city, used, head)
    place = address(draw, city)
    number = "" if wanted.is_branch else numbers.registration_number(wanted.country, draw)
    has_lei = draw.chance(0.8 if wanted.family else 0.9) if wanted.has_lei is None else False
    has_lei = bool(wanted.has_lei) or has_lei
    ascii_brand = domain_word(wanted.brand.spelt)
    entity = Entity(
        key=key,
        family=wanted.family or key,
        names=always(name, born),
        trading_name=" ".join((wanted.brand.spelt, wanted.extra)).strip(),
        acronym=_acronym(name.latin),
        category="BRANCH" if wanted.is_branch else "GENERAL",
        country=wanted.country,
        jurisdiction=jurisdiction,
        elf=always("9999" if wanted.is_branch else form.elf, born),
        register="" if wanted.is_branch else register,
        number=number,
        lei=numbers.lei(draft.serial()) if has_lei else "",
        lei_issued_on=max(born, date(2014, 1, 15)) + timedelta(days=draw.number(0, 900))
        if has_lei
        else None,
        lei_status=always("LAPSED" if draw.chance(0.06) else "ISSUED"),
        vat="" if wanted.is_branch else numbers.vat_number(wanted.country, number, draw),
        duns=numbers.duns(draw) if draw.chance(0.85) else "",
        created_on=born,
        ended_on=OPEN,
        legal_address=always(place, born),
        headquarters=always(place, born),
        head_site=NOTHING,
        phone=phone(draw, market.dial),
        domain=f"{ascii_brand}.example"
        if draw.chance(0.6)
        else f"{ascii_brand}-{wanted.country.lower()}.example",
        industry=NACE[wanted.industry],
        size_band="XL" if wanted.is_large else draw.early(("S", "M", "L"), 1.3),
        sales_region=market.region,
        account=NOTHING,
        is_dormant=False,
        is_sellable=True,
        parent_exception="" if wanted.parent else draw.pick(_EXCEPTIONS),
    )
    draft.entities[key] = entity
    if wanted.parent:
        _link(draft, entity, wanted, born)
    return entity


_EXCEPTIONS = ("NO_KNOWN_PERSON", "NATURAL_PERSONS", "NON_CONSOLIDATING", "NON_PUBLIC")


def domain_word(text: str) -> str:
    """A brand as it stands in a domain: ASCII letters only."""
    plain = without_accents(text).lower()
    return "".join(letter for letter in plain if letter.isascii() and letter.isalnum())


def _form(draw: Draw, wanted: Wanted) -> tuple[Form, str, str]:
    """Legal form, register and jurisdiction; companies of the USA belong to a state."""
    market = MARKETS[wanted.country]
    if wanted.country == "US":
        state = draw.early(tuple(STATES), 1.6)
        register, pair = STATES[state]
        return pair[-1] if wanted.is_large else draw.pick(pair), register, f"US-{state}"
    forms = market.forms
    form = forms[-1] if wanted.is_large else draw.early(forms, 1.7)
    return form, market.register, wanted.country


def _name(
    draft: Draft,
    draw: Draw,
    wanted: Wanted,
    form: Form,
    city: City,
    used: set[str],
    head: Entity | None,
) -> EntityName:
    """A name that nobody else in the cluster bears: with a city, then with a numeral."""
    if head is not None:
        base = head.names.steps[0][1]
        name = branch_name(base, MARKETS[wanted.country].name)
        if name.legal in used:
            name = branch_name(base, city.name)
    else:
        industry = wanted.industry if wanted.does else ""
        name = company_name(
            wanted.brand,
            wanted.country,
            form,
            industry=industry,
            extra=wanted.extra,
            city=city.name,
        )
    numeral = 1
    while name.legal in used:
        numeral += 1
        more = city.name if numeral == 2 and head is None else f"{city.name} {numeral}"
        if head is not None:
            name = branch_name(base, more)
        else:
            name = company_name(
                wanted.brand,
                wanted.country,
                form,
                extra=f"{wanted.extra} {more}".strip(),
                city=city.name,
            )
    used.add(name.legal)
    return name


def _acronym(latin: str) -> str:
    letters = "".join(word[0] for word in latin.replace("(", "").split() if word[0].isupper())
    return letters if 3 <= len(letters) <= 6 else ""


def _link(draft: Draft, entity: Entity, wanted: Wanted, born: date) -> None:
    begins = max(born, draft.entities[wanted.parent].created_on)
    draft.link(
        Parent(
            draft.key("k"),
            entity.key,
            wanted.parent,
            "legal",
            wanted.share,
            True,
            wanted.share > 0.5,
            wanted.is_branch,
            begins,
        )
    )
