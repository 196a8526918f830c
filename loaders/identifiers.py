"""References and identifiers: checked by their own rules, never repaired."""

from __future__ import annotations

import re
from string import ascii_uppercase

from stdnum.au import abn
from stdnum.br import cnpj
from stdnum.ca import bn
from stdnum.ch import vat as ch_vat
from stdnum.eu import vat as eu_vat
from stdnum.gb import vat as gb_vat
from stdnum.in_ import gstin
from stdnum.jp import cn
from stdnum.mx import rfc
from stdnum.no import mva
from stdnum.sg import uen
from stdnum.us import ein

from graph.facts.claims import Claims, Ref

_JUNK = re.compile(r"^(n/?a|none|null|unknown|tbd|test|[-.0 ]*|x+|9+|1234567\d*)$", re.IGNORECASE)

_LEI = re.compile(r"[0-9A-Z]{18}[0-9]{2}\Z")
_AS_DIGITS = {ord(letter): str(10 + place) for place, letter in enumerate(ascii_uppercase)}


_VAT_BEYOND_THE_UNION = {"GB": gb_vat, "CH": ch_vat, "NO": mva}
_NATIONAL = {
    "abn": abn,
    "bn": bn,
    "cnpj": cnpj,
    "ein": ein,
    "gstin": gstin,
    "jcn": cn,
    "rfc": rfc,
    "uen": uen,
}
"""Tax and company numbers of single countries by scheme; they are checked and join nothing."""


def own(system: str, record_type: str, native_id: str) -> str:
    """The reference of a thing that only its own source can name."""
    return f"{system}:{record_type}:{native_id}"


def lei(value: str) -> str:
    """The reference of the company with this LEI."""
    return f"lei:{value.strip().upper()}"


def registry(register: str, number: str) -> str:
    """The reference of the company with this number in this register (a GLEIF RA code)."""
    return f"registry:{register}:{number_in_register(register, number)}"


def number_in_register(register: str, number: str) -> str:
    """A registration number as its register writes it: no blanks around, upper case.

    Companies House (RA000585 to RA000587) pads to eight characters and nobody else does.
    """
    text = " ".join(number.split()).upper()
    if register in ("RA000585", "RA000586", "RA000587"):
        text = text.replace(" ", "")
        prefix = "".join(letter for letter in text[:2] if letter.isalpha())
        return prefix + text[len(prefix) :].zfill(8 - len(prefix))
    return text


def is_valid_lei(value: str) -> bool:
    """Whether an LEI has its form and its checksum (ISO 17442, ISO 7064 MOD 97-10)."""
    text = value.strip().upper()
    return bool(_LEI.match(text)) and int(text.translate(_AS_DIGITS)) % 97 == 1


def is_valid_vat(value: str) -> bool:
    """Whether a European VAT number is valid in the country that it begins with."""
    rule = _VAT_BEYOND_THE_UNION.get(value.strip().upper()[:2], eu_vat)
    return bool(rule.is_valid(value))


def is_valid_duns(value: str) -> bool:
    """Whether a DUNS number has nine digits (it has had no check digit since 2006)."""
    digits = value.replace("-", "").replace(" ", "")
    return len(digits) == 9 and digits.isdigit() and not is_junk(digits)


def is_junk(value: str) -> bool:
    """Whether a value only fills a field: N/A, zeros, a row of nines."""
    text = value.strip()
    return bool(_JUNK.match(text)) or (len(text) > 3 and len(set(text)) == 1)


def _as_kept(scheme: str, value: str, issuer: str) -> str:
    """A number as its scheme writes it, so that two writings of one number are one identifier."""
    if scheme == "registry":
        return number_in_register(issuer, value)
    text = value.strip().upper()
    checked = scheme in ("lei", "vat", "duns") or scheme in _NATIONAL
    return re.sub(r"[\s.\-/]", "", text) if checked else text


def state(claims: Claims, entity: Ref, scheme: str, value: str, issuer: str = "") -> Ref | None:
    """Give a company an identifier, checked; junk is left out, what fails its check is flagged."""
    text = _as_kept(scheme, value, issuer)
    if is_junk(text):
        return None
    valid = bool(issuer) if scheme == "registry" else _is_valid(scheme, text)
    return claims.identifier(entity, scheme, text, issuer=issuer or None, is_valid=valid)


def _is_valid(scheme: str, value: str) -> bool:
    """Whether a number keeps its scheme's rule; true where we know of none."""
    checks = {"lei": is_valid_lei, "vat": is_valid_vat, "duns": is_valid_duns}
    national = _NATIONAL.get(scheme)
    check = national.is_valid if national else checks.get(scheme, lambda _: True)
    return bool(check(value))
