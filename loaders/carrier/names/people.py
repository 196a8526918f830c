"""Invented people who sell for the carrier; given names are common, family names are made up."""

from __future__ import annotations

import unicodedata

from loaders.carrier.draw import Draw
from loaders.carrier.names.sounds import spell, word

_GIVEN = {
    "americas": "Ana Bruno Carla Diego Elena Frank Grace Hector Irene Jason Karen Luis Maria Noah "
    "Olivia Paulo Rachel Steven Teresa Victor",
    "emea": "Amina Bjorn Chloe David Eva Fatima Georg Helena Ivan Johanna Karim Laura Marek Nadia "
    "Oskar Petra Quentin Rosa Stefan Tomas",
    "apac": "Aiko Bharat Chen Deepa Emily Haruto Isha Jun Kavya Liam Mei Nikhil Priya Riko Sanjay "
    "Tao Usha Wei Yuki Zoe",
}
GIVEN = {region: names.split() for region, names in _GIVEN.items()}
"""Given names by region."""


def person(draw: Draw, region: str) -> str:
    """A name of two words."""
    return f"{draw.pick(GIVEN[region])} {spell(word(draw, 2), 'en')}"


def mailbox(name: str, domain: str) -> str:
    """An address at work: given.family@domain, in ASCII."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return plain.lower().replace(" ", ".").replace("'", "") + "@" + domain
