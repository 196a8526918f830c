"""What can be bought, where, at which price, and what the market pays."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from graph.facts.claims import Claims
from loaders.catalogue import market
from loaders.tmforum.reading import Reading
from loaders.tmforum.source import MAPPINGS
from loaders.tmforum.system import TmfSystem


class Catalogue(TmfSystem):
    """Offerings and price books in TM Forum's terms; market prices and rates beside them."""

    name = "catalogue"
    mappings: ClassVar[Mapping[str, Callable[[Reading], Claims]]] = {
        **MAPPINGS,
        "price_index": market.price_index,
        "exchange_rate": market.exchange_rate,
    }
