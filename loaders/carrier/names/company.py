"""Company names: brand, what it does, where it is, legal form, in the register's script."""

from __future__ import annotations

from dataclasses import dataclass

from loaders.carrier.draw import Draw
from loaders.carrier.geography.markets import MARKETS, Form
from loaders.carrier.names.scripts import write
from loaders.carrier.names.sounds import Word, spell, word
from loaders.carrier.names.words import SCRIPTS, industry_word
from loaders.carrier.world.party import EntityName

CHINESE_CITIES = {
    "Shanghai": "上海", "Beijing": "北京", "Shenzhen": "深圳", "Guangzhou": "广州",
    "Chengdu": "成都", "Tianjin": "天津", "Wuhan": "武汉", "Hangzhou": "杭州", "Nanjing": "南京",
    "Chongqing": "重庆", "Dongguan": "东莞", "Xi'an": "西安", "Qingdao": "青岛", "Suzhou": "苏州",
}  # fmt: skip
"""A Chinese company name begins with its city; in others `中国` stands."""


@dataclass(frozen=True, slots=True)
class Brand:
    """An invented brand: how it sounds, and how its home writes it."""

    spoken: Word
    spelt: str
    """In Latin letters."""


def brand(draw: Draw, language: str, syllables: int = 0) -> Brand:
    """A new brand of a language; nothing real is called so (a test looks)."""
    spoken = word(draw, syllables or (3 if draw.chance(0.8) else 4))
    return Brand(spoken, spell(spoken, language if language not in SCRIPTS else "en", draw))


def company_name(
    own: Brand, country: str, form: Form, *, industry: str = "", extra: str = "", city: str = ""
) -> EntityName:
    """The legal name of a company of a brand in a country.

    `extra` is a part of the family (in Latin letters everywhere) or a country's own name; a
    Chinese name begins with its city.
    """
    language = MARKETS[country].language
    script = SCRIPTS.get(language)
    if script is None:
        does = industry_word(industry, language)[0] if industry else ""
        core = " ".join(part for part in (own.spelt, extra, does) if part)
        legal = _formed(core, form.text, form.before, " ")
        return EntityName(legal, core, form.text, legal, language)
    written, latin = write(own.spoken, script)
    local, romanised = industry_word(industry, language) if industry else ("", "")
    glue = "" if script in ("katakana", "hanzi", "hangul") else " "
    if script == "hanzi":
        place = CHINESE_CITIES.get(city, "中国")
        written, latin = place + written, f"{city if city in CHINESE_CITIES else 'China'} {latin}"
    core = glue.join(part for part in (written, extra, local) if part)
    plain = " ".join(part for part in (latin, extra, romanised) if part)
    if script == "cyrillic" and form.before:
        legal = f"{form.text} «{core}»"
    else:
        legal = _formed(core, form.text, form.before, " " if script == "hangul" else glue)
    if script == "arabic":
        legal = f"شركة {legal}"
        plain = f"Sharikat {plain}"
    return EntityName(legal, core, form.text, f"{plain} {form.latin or form.text}", language)


def _formed(core: str, form: str, before: bool, glue: str) -> str:
    return f"{form}{glue}{core}" if before else f"{core}{glue}{form}"


def branch_name(head: EntityName, place: str) -> EntityName:
    """The name of a branch: its head's name and where it is."""
    legal = f"{head.legal} ({place} branch)"
    latin = f"{head.latin} ({place} branch)"
    return EntityName(legal, f"{head.core} ({place} branch)", head.form, latin, head.language)


def renamed(name: EntityName, old: Brand, new: Brand) -> EntityName:
    """The same company under another brand; scripts are written anew."""
    legal, core, latin = name.legal, name.core, name.latin
    script = SCRIPTS.get(name.language)
    was, was_latin = write(old.spoken, script) if script else (old.spelt, old.spelt)
    now, now_latin = write(new.spoken, script) if script else (new.spelt, new.spelt)
    return EntityName(
        legal.replace(was, now),
        core.replace(was, now),
        name.form,
        latin.replace(was_latin, now_latin).replace(old.spelt, new.spelt),
        name.language,
    )
