"""Currencies of ISO 4217, and amounts in minor units as people write them."""

from __future__ import annotations

from decimal import Decimal

# ISO 4217:2015, list one (https://www.six-group.com/en/products-services/financial-information/
# data-standards.html): the codes in use that have a minor unit of their own.
_TWO = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD
CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS
GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL
MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK
PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS
TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG
"""
_NONE = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_THREE = "BHD IQD JOD KWD LYD OMR TND"
_FOUR = "CLF UYW"
# List three, withdrawn in this century: old contracts and bills still speak of them.
_WITHDRAWN = (
    "BYR:0 CUC:2 CYP:2 EEK:2 HRK:2 LTL:2 LVL:2 MRO:2 MTL:2 ROL:2 SIT:2 SKK:2 SLL:2 STD:2 TRL:0 "
    "VEF:2 ZMK:2 ZWL:2"
)

MINOR_DIGITS: dict[str, int] = {
    **{
        code: digits
        for digits, codes in ((2, _TWO), (0, _NONE), (3, _THREE), (4, _FOUR))
        for code in codes.split()
    },
    **{code: int(digits) for code, digits in (one.split(":") for one in _WITHDRAWN.split())},
}
"""How many decimals a currency has: 0 for JPY, 2 for most, 3 for BHD, 4 for CLF."""


def major_units(amount: int, code: str) -> str:
    """An amount as people write it, with all decimals of its currency: 1234 EUR is 12.34."""
    return str(Decimal(amount).scaleb(-MINOR_DIGITS[code]))
