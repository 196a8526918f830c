"""Agreements with their terms, clauses and commitments."""

from __future__ import annotations

from loaders.tmforum.system import TmfSystem


class Contracts(TmfSystem):
    """Agreements with their terms, clauses and commitments."""

    name = "contracts"
