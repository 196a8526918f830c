"""Invented numbers of companies that pass the check of their country (tests ask stdnum)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from string import ascii_uppercase

from loaders.carrier.draw import Draw

LEI_PREFIX = "FPRT00"
"""Belongs to no issuer of LEIs, so no LEI here can be a real one."""

_AS_DIGITS = {ord(letter): str(10 + place) for place, letter in enumerate(ascii_uppercase)}
_BASE32 = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""Of Chinese credit codes (GB 32100-2015); its base is 31."""


def lei(serial: int) -> str:
    """The LEI of a serial number (ISO 17442; check digits by ISO 7064 MOD 97-10)."""
    body = LEI_PREFIX + f"{serial:012X}"
    return f"{body}{98 - int(body.translate(_AS_DIGITS) + '00') % 97:02d}"


def duns(draw: Draw) -> str:
    """Nine digits; DUNS numbers have had no check digit since 2006."""
    return draw.digits(9)


def _weighted(body: str, weights: Sequence[int]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(body, weights, strict=False))


def _luhn(body: str) -> str:
    total = 0
    for place, digit in enumerate(reversed(body)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return body + str(-total % 10)


def _mod11(draw: Draw, weights: Sequence[int], count: int = 0) -> str:
    """Digits whose weighted sum and check digit divide by 11; a check of 10 is drawn again."""
    while True:
        body = draw.digits(count or len(weights))
        check = -_weighted(body, weights) % 11
        if check < 10:
            return body + str(check)


def _plain(draw: Draw, weights: Sequence[int]) -> str:
    """Digits and the weighted sum itself modulo 11; 10 is drawn again."""
    while True:
        body = draw.digits(len(weights))
        check = _weighted(body, weights) % 11
        if check < 10:
            return body + str(check)


def _de_vat(draw: Draw) -> str:
    body, check = draw.digits(8), 10
    for digit in body:
        check = ((check + int(digit)) % 10 or 10) * 2 % 11
    return f"DE{body}{(11 - check) % 10}"


def _fr_number(draw: Draw) -> str:
    return _luhn(draw.digits(8))


def _fr_vat(number: str) -> str:
    return f"FR{(int(number) * 100 + 12) % 97:02d}{number}"


def _gb_vat(draw: Draw) -> str:
    body = draw.digits(7)
    return f"GB{body}{(97 - _weighted(body, range(8, 1, -1)) % 97) % 97:02d}"


def _nl_vat(draw: Draw) -> str:
    return f"NL{_plain(draw, range(9, 1, -1))}B01"


def _be_number(draw: Draw) -> str:
    body = "0" + draw.digits(7)
    return f"{body}{97 - int(body) % 97:02d}"


def _es_number(draw: Draw) -> str:
    body = draw.digits(7)
    return f"B{body}{_luhn(body)[-1]}"


def _it_number(draw: Draw) -> str:
    return _luhn("0" + draw.digits(6) + "015")


def _pt_number(draw: Draw) -> str:
    body = "50" + draw.digits(6)
    check = 11 - _weighted(body, range(9, 1, -1)) % 11
    return body + str(check if check < 10 else 0)


def _at_vat(draw: Draw) -> str:
    body = draw.digits(7)
    total = sum(
        int(digit) if place % 2 == 0 else sum(divmod(int(digit) * 2, 10))
        for place, digit in enumerate(body)
    )
    return f"ATU{body}{(6 - total) % 10}"


def _ch_number(draw: Draw) -> str:
    return f"CHE{_mod11(draw, (5, 4, 3, 2, 7, 6, 5, 4))}"


def _se_number(draw: Draw) -> str:
    return _luhn("556" + draw.digits(6))


def _no_number(draw: Draw) -> str:
    return _mod11(draw, (3, 2, 7, 6, 5, 4, 3, 2))


def _dk_number(draw: Draw) -> str:
    return _mod11(draw, (2, 7, 6, 5, 4, 3, 2))


def _fi_number(draw: Draw) -> str:
    body = _mod11(draw, (7, 9, 10, 5, 8, 4, 2))
    return f"{body[:7]}-{body[7]}"


def _pl_vat(draw: Draw) -> str:
    return f"PL{_plain(draw, (6, 5, 7, 2, 3, 4, 5, 6, 7))}"


def _cz_number(draw: Draw) -> str:
    body = draw.digits(7)
    if body.startswith("9"):
        body = "2" + body[1:]
    check = (11 - _weighted(body, range(8, 1, -1)) % 11) % 11
    return body + str((check or 1) % 10)


def _gr_vat(draw: Draw) -> str:
    body = "9" + draw.digits(7)
    total = sum(int(digit) << (8 - place) for place, digit in enumerate(body))
    return f"EL{body}{total % 11 % 10}"


def _bg_number(draw: Draw) -> str:
    body = draw.digits(8)
    check = _weighted(body, range(1, 9)) % 11
    if check == 10:
        check = _weighted(body, range(3, 11)) % 11
    return body + str(check % 10)


def _ua_number(draw: Draw) -> str:
    body = str(draw.number(1_000_000, 2_999_999))
    check = _weighted(body, range(1, 8)) % 11
    if check >= 10:
        check = _weighted(body, range(3, 10)) % 11
    return body + str(check % 10)


def _tr_number(draw: Draw) -> str:
    body, total = draw.digits(9), 0
    for place, digit in enumerate(reversed(body), start=1):
        first = (int(digit) + place) % 10
        if first:
            total += (first * 2**place) % 9 or 9
    return body + str((10 - total) % 10)


def _ie_vat(draw: Draw) -> str:
    body = draw.digits(7)
    return f"IE{body}{'WABCDEFGHIJKLMNOPQRSTUV'[_weighted(body, range(8, 1, -1)) % 23]}"


def _br_number(draw: Draw) -> str:
    body = draw.digits(8) + "0001"
    for weights in ((5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2), (6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)):
        check = 11 - _weighted(body, weights) % 11
        body += str(check if check < 10 else 0)
    return body


def _ar_number(draw: Draw) -> str:
    while True:
        body = "30" + draw.digits(8)
        check = (11 - _weighted(body, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11) % 11
        if check < 10:
            return body + str(check)


def _cl_number(draw: Draw) -> str:
    body = str(draw.number(76_000_000, 77_999_999))
    total = sum(
        int(digit) * (4, 5, 6, 7, 2, 3)[place % 6]
        for place, digit in enumerate(body[::-1], start=4)
    )
    return f"{body}{'0123456789K'[-total % 11]}"


def _co_number(draw: Draw) -> str:
    body = "9" + draw.digits(8)
    weights = (3, 7, 13, 17, 19, 23, 29, 37, 41)
    return body + "01987654321"[_weighted(body[::-1], weights) % 11]


def _jp_number(draw: Draw) -> str:
    body = draw.digits(12)
    total = sum(int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(body)))
    return f"{9 - total % 9}{body}"


def _cn_number(draw: Draw) -> str:
    body = "91" + str(draw.number(110000, 650000)) + draw.digits(9)
    total = sum(_BASE32.index(letter) * pow(3, place, 31) for place, letter in enumerate(body))
    return body + _BASE32[-total % 31]


def _in_number(draw: Draw) -> str:
    state = draw.pick(("MH", "KA", "DL", "TN", "GJ"))
    return f"U{draw.digits(5)}{state}{draw.number(1985, 2022)}PTC{draw.digits(6)}"


def _sg_number(draw: Draw) -> str:
    body = str(draw.number(1985, 2023)) + draw.digits(5)
    return body + "ZKCMDNERGWH"[_weighted(body, (10, 8, 6, 4, 9, 7, 5, 3, 1)) % 11]


def _au_number(draw: Draw) -> str:
    body = draw.digits(8)
    return body + str(-_weighted(body, range(8, 0, -1)) % 10)


def _of_length(count: int, before: str = "") -> Callable[[Draw], str]:
    return lambda draw: before + draw.digits(count)


_REGISTRATION: dict[str, Callable[[Draw], str]] = {
    "US": _of_length(7), "CA": _of_length(7), "BR": _br_number, "MX": _of_length(8, "N"),
    "AR": _ar_number, "CL": _cl_number, "CO": _co_number, "GB": lambda draw: draw.digits(8),
    "IE": _of_length(6), "DE": lambda draw: f"HRB {draw.number(1000, 299_999)}", "FR": _fr_number,
    "NL": _of_length(8), "BE": _be_number, "ES": _es_number, "PT": _pt_number, "IT": _it_number,
    "CH": _ch_number, "AT": lambda draw: f"{draw.digits(6)}{draw.pick('abdfgikmpstvwxyz')}",
    "SE": _se_number, "NO": _no_number, "DK": _dk_number, "FI": _fi_number,
    "PL": lambda draw: f"0000{draw.digits(6)}", "CZ": _cz_number, "GR": _of_length(11, "0"),
    "BG": _bg_number, "UA": _ua_number, "TR": _tr_number, "AE": _of_length(7, "CN-"),
    "SA": _of_length(6, "1010"),
    "ZA": lambda draw: f"{draw.number(1990, 2022)}/{draw.digits(6)}/07",
    "JP": _jp_number, "CN": _cn_number, "KR": _of_length(7, "110111"), "IN": _in_number,
    "SG": _sg_number, "AU": _au_number, "NZ": _of_length(7), "HK": _of_length(7),
}  # fmt: skip

_VAT: dict[str, Callable[[Draw, str], str]] = {
    "DE": lambda draw, _: _de_vat(draw), "FR": lambda _, number: _fr_vat(number),
    "GB": lambda draw, _: _gb_vat(draw), "NL": lambda draw, _: _nl_vat(draw),
    "BE": lambda _, number: f"BE{number}", "ES": lambda _, number: f"ES{number}",
    "PT": lambda _, number: f"PT{number}", "IT": lambda _, number: f"IT{number}",
    "AT": lambda draw, _: _at_vat(draw), "SE": lambda _, number: f"SE{number}01",
    "DK": lambda _, number: f"DK{number}",
    "FI": lambda _, number: f"FI{number.replace('-', '')}", "PL": lambda draw, _: _pl_vat(draw),
    "CZ": lambda _, number: f"CZ{number}", "GR": lambda draw, _: _gr_vat(draw),
    "BG": lambda _, number: f"BG{number}", "IE": lambda draw, _: _ie_vat(draw),
}  # fmt: skip


def registration_number(country: str, draw: Draw) -> str:
    """A number as the register of a country writes it."""
    return _REGISTRATION[country](draw)


def vat_number(country: str, number: str, draw: Draw) -> str:
    """A European VAT number with its country's letters; empty elsewhere."""
    made = _VAT.get(country)
    return made(draw, number) if made else ""
