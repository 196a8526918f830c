"""The two units of the world: the carrier, and one cluster of customers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from loaders.carrier.world.catalogue import ExchangeRate, Offering, PriceIndex, PriceRule
from loaders.carrier.world.contract import Agreement
from loaders.carrier.world.happening import Credit, Happening, Plant
from loaders.carrier.world.money import Bill, BillingAccount, Dispute, Payment
from loaders.carrier.world.party import Entity, Parent
from loaders.carrier.world.place import Country, Occupancy, Pop, Site
from loaders.carrier.world.sales import (
    Account,
    Coverage,
    Interaction,
    Opportunity,
    Order,
    Quote,
    Seller,
    Target,
    Team,
    Territory,
)
from loaders.carrier.world.service import Service, Ticket


@dataclass(frozen=True, slots=True)
class Carrier:
    """What is the same for all clusters: catalogue, prices, network, people who sell."""

    countries: Mapping[str, Country]
    """By ISO 3166-1 alpha-2."""
    offerings: Mapping[str, Offering]
    price_rules: tuple[PriceRule, ...]
    price_indexes: tuple[PriceIndex, ...]
    rates: tuple[ExchangeRate, ...]
    pops: Mapping[str, Pop]
    territories: Mapping[str, Territory]
    teams: Mapping[str, Team]
    sellers: Mapping[str, Seller]
    targets: tuple[Target, ...]
    coverages: tuple[Coverage, ...]
    """Of territories; those of accounts are in the clusters."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """One multinational family and the small companies around it; independent of all others.

    Every mapping is by key, in the order of generation. A key is `<kind letter><cluster>-<n>`, so
    a reference never leaves its cluster, except to what is in `Carrier`.
    """

    number: int
    roots: tuple[str, ...]
    """Keys of the entities at the top of each family on day 0; the large family first."""
    entities: Mapping[str, Entity]
    parents: tuple[Parent, ...]
    sites: Mapping[str, Site]
    occupancies: tuple[Occupancy, ...]
    accounts: Mapping[str, Account]
    services: Mapping[str, Service]
    agreements: Mapping[str, Agreement]
    billing_accounts: Mapping[str, BillingAccount]
    bills: tuple[Bill, ...]
    """In order of account and period; from the first month of history to the last day."""
    payments: tuple[Payment, ...]
    disputes: tuple[Dispute, ...]
    tickets: tuple[Ticket, ...]
    opportunities: Mapping[str, Opportunity]
    quotes: Mapping[str, Quote]
    orders: Mapping[str, Order]
    interactions: tuple[Interaction, ...]
    coverages: tuple[Coverage, ...]
    credits: tuple[Credit, ...]
    happenings: tuple[Happening, ...]
    plants: tuple[Plant, ...]
    played: frozenset[str]
    """Entities made for a rule's case: no mistake that would spoil it befalls their records."""
