"""What can be bought, at which price, and what money is worth: the same for all customers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from loaders.carrier.world.timeline import Timeline, turns_of


@dataclass(frozen=True, slots=True)
class Offering:
    """An offering of the catalogue."""

    key: str
    name: str
    family: str
    """ethernet, internet, ip_vpn, sd_wan, wavelength, voice, cloud_connect, mobile, copper."""
    bandwidth_band: str
    """like `100-1000`; empty when bandwidth is no property of it."""
    is_access: bool
    lead_time_days: int
    launched_on: date
    retires_on: date
    """End of sale or of support, whichever is first; OPEN when none is set."""
    successor: str
    available_in: tuple[str, ...]
    """ISO 3166-1 alpha-2."""
    shared_by_group: bool

    def turns(self) -> tuple[date, ...]:
        """The days on which a record of it changes."""
        return turns_of((), self.retires_on)


@dataclass(frozen=True, slots=True)
class PriceRule:
    """What a price book says of an offering in a country: list, floor, discount limit."""

    key: str
    offering: str
    country: str
    currency: str
    term_months: int
    role: str
    """Seller role whose limit it is: seller, team_lead, region_lead."""
    list_price: Timeline[int]
    """A month, in minor units."""
    floor_price: int
    max_discount: float
    valid_from: date
    valid_to: date

    def turns(self) -> tuple[date, ...]:
        """The days on which a record of it changes."""
        return turns_of((self.list_price,))


@dataclass(frozen=True, slots=True)
class PriceIndex:
    """What the market pays: the median of a month."""

    key: str
    offering: str
    country: str
    currency: str
    month: date
    median: int

    def turns(self) -> tuple[date, ...]:
        """It never changes."""
        return ()


@dataclass(frozen=True, slots=True)
class ExchangeRate:
    """What one unit of a currency is worth in the base currency at the end of a month."""

    key: str
    currency: str
    base: str
    rate: float
    on: date

    def turns(self) -> tuple[date, ...]:
        """It never changes."""
        return ()
