"""Invented words as sounds, which every language can spell and every script can write."""

from __future__ import annotations

from typing import NamedTuple

from loaders.carrier.draw import Draw


class Syllable(NamedTuple):
    """Onset, vowel and coda; onset and coda may be empty."""

    onset: str
    vowel: str
    coda: str


Word = tuple[Syllable, ...]

ONSETS = ("b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z", "sh", "ch", "y")
CLUSTERS = ("br", "dr", "gr", "kr", "pr", "tr", "fl", "gl", "kl", "st", "sk")
VOWELS = ("a", "e", "i", "o", "u")
CODAS = ("n", "r", "l", "s", "m")


def word(draw: Draw, syllables: int) -> Word:
    """An invented word; it ends in a vowel, or in n, r, l or s."""
    found = []
    for place in range(syllables):
        onset = draw.pick(CLUSTERS) if place == 0 and draw.chance(0.3) else draw.pick(ONSETS)
        if place == 0 and draw.chance(0.12):
            onset = ""
        ends = place == syllables - 1
        coda = draw.pick(CODAS[:4]) if draw.chance(0.55 if ends else 0.22) else ""
        found.append(Syllable(onset, draw.pick(VOWELS), coda))
    return tuple(found)


_SPELLINGS: dict[str, dict[str, str]] = {
    "en": {"ch": "ch", "k": "c"},
    "de": {"sh": "sch", "ch": "tsch", "v": "w", "y": "j"},
    "fr": {"sh": "ch", "ch": "tch", "k": "c", "u": "ou"},
    "es": {"sh": "ch", "k": "c", "y": "y", "v": "v"},
    "it": {"sh": "sci", "ch": "ci", "k": "c", "y": "i"},
    "pt": {"sh": "x", "ch": "tch", "k": "c", "y": "i"},
    "nl": {"sh": "sj", "ch": "tj", "y": "j", "u": "oe"},
    "sv": {"sh": "sj", "ch": "tj", "y": "j"},
    "no": {"sh": "sj", "ch": "kj", "y": "j"},
    "da": {"sh": "sj", "ch": "tj", "y": "j"},
    "fi": {"sh": "s", "ch": "ts", "y": "j", "b": "p", "g": "k", "z": "ts", "f": "v"},
    "pl": {"sh": "sz", "ch": "cz", "v": "w", "y": "j"},
    "cs": {"sh": "š", "ch": "č", "y": "j"},
    "tr": {"sh": "ş", "ch": "ç"},
}
_ACCENTS: dict[str, dict[str, str]] = {
    "de": {"a": "ä", "o": "ö", "u": "ü"},
    "fr": {"e": "é", "o": "ô"},
    "es": {"a": "á", "e": "é", "i": "í", "o": "ó", "u": "ú"},
    "it": {},
    "pt": {"a": "ã", "e": "ê", "o": "ó"},
    "sv": {"a": "å", "o": "ö"},
    "no": {"a": "å", "o": "ø"},
    "da": {"a": "å", "o": "ø", "e": "æ"},
    "fi": {"a": "ä", "o": "ö"},
    "pl": {"o": "ó", "e": "ę", "a": "ą"},
    "cs": {"a": "á", "i": "í", "e": "ě", "u": "ů"},
    "tr": {"o": "ö", "u": "ü", "i": "ı"},
}


def spell(spoken: Word, language: str, draw: Draw | None = None) -> str:
    """The word as a language writes it; with a draw, one vowel may get that language's accent."""
    letters = _SPELLINGS.get(language, {})
    accents = _ACCENTS.get(language, {})
    accented = draw.number(0, len(spoken) - 1) if draw and draw.chance(0.6) else -1
    text = ""
    for place, (onset, vowel, coda) in enumerate(spoken):
        written = letters.get(onset)
        if written is None:
            written = "".join(letters.get(letter, letter) for letter in onset)
        elif onset == "k" and vowel in "ei":
            written = "k"  # a c would be soft
        shown = letters.get(vowel, vowel)
        text += written + (accents.get(vowel, shown) if place == accented else shown) + coda
    return text[0].upper() + text[1:]
