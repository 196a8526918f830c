"""The countries in which the carrier sells: money, language, legal forms and registers.

Legal forms are ELF codes (ISO 20275, list 1.5), registers RA codes (GLEIF's list 1.7); where GLEIF
has no list for a country the form is 8888, as GLEIF does.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Form:
    """A legal form: how a name ends (or begins, with `before`), and its ELF code."""

    text: str
    elf: str
    latin: str = ""
    """In Latin letters; empty when `text` is Latin."""
    before: bool = False


@dataclass(frozen=True, slots=True)
class Market:
    """One country: how it is sold in, and what its companies look like."""

    code: str
    name: str
    region: str
    """americas, emea, apac."""
    currency: str
    billed_in: str
    """Currency in which the carrier bills there."""
    language: str
    dial: str
    register: str
    forms: tuple[Form, ...]
    """The usual one first; the last is that of large companies."""
    local: str
    """What the country calls itself, in company names."""


def _forms(text: str) -> tuple[Form, ...]:
    """`GmbH=2HBR;AG=6QQB`: text=ELF, with `>` before a form that begins a name, `~` Latin."""
    found = []
    for one in text.split(";"):
        written, _, elf = one.rpartition("=")
        shown, _, latin = written.lstrip(">").partition("~")
        found.append(Form(shown, elf, latin, written.startswith(">")))
    return tuple(found)


_TABLE = """
US|United States|americas|USD|USD|en|1|RA000602|LLC=HZEH;Inc.=XTIQ;Corporation=XTIQ|USA
CA|Canada|americas|CAD|CAD|en|1|RA000072|Ltd.=UDLA;Inc.=UDLA;Corp.=UDLA|Canada
BR|Brazil|americas|BRL|BRL|pt|55|RA000681|Ltda.=QHW1;S.A.=X0SD|do Brasil
MX|Mexico|americas|MXN|MXN|es|52|RA000703|S. de R.L. de C.V.=XLVZ;S.A. de C.V.=JGV1|México
AR|Argentina|americas|ARS|USD|es|54|RA000009|S.R.L.=U82F;S.A.=F0A6|Argentina
CL|Chile|americas|CLP|USD|es|56|RA000090|SpA=KUUZ;S.A.=OA6N|Chile
CO|Colombia|americas|COP|USD|es|57|RA000100|S.A.S.=KYVO;S.A.=3RHN|Colombia
GB|United Kingdom|emea|GBP|GBP|en|44|RA000585|Limited=H0PO;Ltd=H0PO;PLC=B6ES|UK
IE|Ireland|emea|EUR|EUR|en|353|RA000402|Limited=MNQ7;PLC=VYAX|Ireland
DE|Germany|emea|EUR|EUR|de|49|RA000197|GmbH=2HBR;GmbH & Co. KG=8Z6G;AG=6QQB|Deutschland
FR|France|emea|EUR|EUR|fr|33|RA000189|SAS=6CHY;SARL=V9QP;SA=QVPB|France
NL|Netherlands|emea|EUR|EUR|nl|31|RA000463|B.V.=54M6;N.V.=B5PM|Nederland
BE|Belgium|emea|EUR|EUR|nl|32|RA000025|BV=3W7E;NV=R85P|België
ES|Spain|emea|EUR|EUR|es|34|RA000533|S.L.=DP3Q;S.A.=5RDO|España
PT|Portugal|emea|EUR|EUR|pt|351|RA000487|Lda.=USOG;S.A.=DFE5|Portugal
IT|Italy|emea|EUR|EUR|it|39|RA000407|S.r.l.=OV32;S.p.A.=P418|Italia
CH|Switzerland|emea|CHF|CHF|de|41|RA000548|GmbH=3EKS;AG=MVII|Schweiz
AT|Austria|emea|EUR|EUR|de|43|RA000017|GmbH=AXSB;AG=EQOV|Österreich
SE|Sweden|emea|SEK|EUR|sv|46|RA000544|AB=XJHM|Sverige
NO|Norway|emea|NOK|EUR|no|47|RA000472|AS=YI42;ASA=IQGE|Norge
DK|Denmark|emea|DKK|EUR|da|45|RA000170|ApS=H8VP;A/S=ZRPO|Danmark
FI|Finland|emea|EUR|EUR|fi|358|RA000188|Oy=DKUW;Oyj=K6VE|Suomi
PL|Poland|emea|PLN|EUR|pl|48|RA000484|sp. z o.o.=O7XB;S.A.=FJ0E|Polska
CZ|Czechia|emea|CZK|EUR|cs|420|RA000163|s.r.o.=9HLU;a.s.=6CQN|Česko
GR|Greece|emea|EUR|EUR|el|30|RA000685|Ι.Κ.Ε.~I.K.E.=QCA0;Α.Ε.~A.E.=W2NK|Ελλάς
BG|Bulgaria|emea|BGN|EUR|bg|359|RA000065|ЕООД~EOOD=WVIN;ООД~OOD=VJ3G;АД~AD=WTK4|България
UA|Ukraine|emea|UAH|EUR|uk|380|RA000567|>ТОВ~TOV=8888;>АТ~AT=8888|Україна
TR|Türkiye|emea|TRY|EUR|tr|90|RA000560|Ltd. Şti.=R5UT;A.Ş.=W2SQ|Türkiye
AE|United Arab Emirates|emea|AED|AED|ar|971|RA000568|ذ.م.م~L.L.C.=RWVW;ش.م.خ~P.J.S.C.=WR09|الإمارات
SA|Saudi Arabia|emea|SAR|AED|ar|966|RA000513|ذ.م.م~L.L.C.=TTE8;شركة مساهمة~J.S.C.=78VH|السعودية
ZA|South Africa|emea|ZAR|ZAR|en|27|RA000531|(Pty) Ltd=GQVQ;Limited=XE4Z|South Africa
JP|Japan|apac|JPY|JPY|ja|81|RA000412|株式会社~K.K.=T417;>株式会社~K.K.=T417;合同会社~G.K.=7QQ0|日本
CN|China|apac|CNY|SGD|zh|86|RA000092|有限公司~Co., Ltd.=8888;股份有限公司~Co., Ltd.=8888|中国
KR|South Korea|apac|KRW|SGD|ko|82|RA000657|주식회사~Co., Ltd.=5RCH;유한회사~Ltd.=J3U5|코리아
IN|India|apac|INR|INR|en|91|RA000394|Private Limited=YSP9;Pvt. Ltd.=YSP9;Limited=DDKQ|India
SG|Singapore|apac|SGD|SGD|en|65|RA000523|Pte. Ltd.=LWXI|Singapore
AU|Australia|apac|AUD|AUD|en|61|RA000014|Pty Ltd=TXVC;Limited=R4KK|Australia
NZ|New Zealand|apac|NZD|AUD|en|64|RA000466|Limited=P2R9|New Zealand
HK|Hong Kong|apac|HKD|SGD|en|852|RA000388|Limited=254M|Hong Kong
"""


def _market(line: str) -> Market:
    code, name, region, currency, billed_in, language, dial, register, forms, local = line.split(
        "|"
    )
    own = _forms(forms)
    return Market(code, name, region, currency, billed_in, language, dial, register, own, local)


MARKETS: dict[str, Market] = {
    market.code: market for market in (_market(line) for line in _TABLE.strip().splitlines())
}
"""By ISO 3166-1 alpha-2."""

STATES = {
    "DE": ("RA000602", (Form("LLC", "HZEH"), Form("Inc.", "XTIQ"))),
    "NY": ("RA000628", (Form("LLC", "SDX0"), Form("Corp.", "PJ10"))),
    "TX": ("RA000637", (Form("LLC", "WYG5"), Form("Inc.", "C5K7"))),
    "CA": ("RA000598", (Form("LLC", "EI4J"), Form("Inc.", "H1UM"))),
}
"""States of the USA in which companies are formed: register and forms."""
