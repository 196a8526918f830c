"""How names and numbers go wrong when people type them."""

from __future__ import annotations

import unicodedata

from loaders.carrier.draw import Draw
from loaders.carrier.names.words import ABBREVIATIONS

LONGEST = 30
"""Characters that an old screen has room for."""


_NO_ACCENT = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "ı": "i", "ß": "ss", "æ": "ae", "Æ": "Ae"}
)
"""Letters that Unicode does not take apart."""


def misspelt(text: str, draw: Draw) -> str:
    """A typing error: accents lost, two letters swapped, one lost, one doubled."""
    plain = without_accents(text)
    if plain != text and draw.chance(0.6):
        return plain
    letters = [place for place in range(1, len(text) - 2) if text[place].isalpha()]
    if not letters:
        return text
    place = draw.pick(letters)
    how = draw.number(0, 2)
    if how == 0:
        return text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    return text[:place] + text[place] * (0 if how == 1 else 2) + text[place + 1 :]


def without_accents(text: str) -> str:
    """Letters without their accents, as a form without Unicode takes them."""
    made = unicodedata.normalize("NFKD", text.translate(_NO_ACCENT))
    return "".join(letter for letter in made if not unicodedata.combining(letter))


def without_form(name: str, form: str) -> str:
    """The name without its legal form."""
    left = name.replace(form, "").strip(" ,.")
    return left or name


def abbreviated(name: str) -> str:
    """Words shortened as people do; the same name when none can be."""
    return " ".join(ABBREVIATIONS.get(word, word) for word in name.split(" "))


def truncated(name: str) -> str:
    """What fits an old screen."""
    return name[:LONGEST].rstrip()


def wrong_number(number: str, draw: Draw) -> str:
    """One digit typed wrong; which one and how is drawn."""
    places = [place for place, letter in enumerate(number) if letter.isdigit()]
    if not places:
        return number
    place = draw.pick(places)
    digit = (int(number[place]) + draw.number(1, 9)) % 10
    return f"{number[:place]}{digit}{number[place + 1 :]}"
