"""Which accounts a change reaches: walks from changed things to whoever has them, step by step.

The walks are generous where rules look across families: what else is at a site, who else pays for
a product, who is the other party of a deal. They never pass what nearly everything hangs on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from graph.connection import Statements
from graph.statement import read_statement

HERE = Path(__file__).parent
AHEAD = read_statement(HERE / "ahead.cypher").text
UPWARD = read_statement(HERE / "upward.cypher").text
PAYERS = read_statement(HERE / "payers.cypher").text
PROVED_BY = read_statement(HERE / "proved_by.cypher").text
ABOUT = read_statement(HERE / "about.cypher").text
BOUGHT = read_statement(HERE / "bought.cypher").text
KIN = read_statement(HERE / "kin.cypher").text
DEALS = read_statement(HERE / "deals.cypher").text

HUBS = frozenset(
    {
        "ProductOffering", "PriceRule", "PriceIndex", "ExchangeRate", "Country", "Region",
        "PointOfPresence", "LegalForm", "RegistrationAuthority", "Judgement",
    }
)  # fmt: skip
"""What nearly everything hangs on: a change of it is looked for in all accounts."""
AHEAD_STEPS, UPWARD_STEPS, GROUP_STEPS = 5, 12, 64
"""How far walks go at most; each ends before where nothing is left."""
COMPANY = "LegalEntity"
NONE: frozenset[str] = frozenset()
Origins = Mapping[str, frozenset[str]]
"""Element -> the labels of the changes that reach it."""


@dataclass(slots=True)
class Reach:
    """What changes reach, by the label of what changed."""

    session: Statements
    labels: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Element -> label and id."""
    steps: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))

    def ahead(self, changed: Origins) -> Origins:
        """What changed and what it speaks of, where rules look across accounts."""
        return self._walk(
            AHEAD, {one: told for one, told in changed.items() if not told & HUBS}, AHEAD_STEPS
        )

    def near(self, changed: Origins, ahead: Origins) -> Origins:
        """The same with who has these, pays for them, or has signals about what changed."""
        paid = self._walk(PAYERS, ahead, 1)
        proved = self._walk(PROVED_BY, changed, 1)
        return self._walk(UPWARD, _joined(ahead, _joined(paid, proved)), UPWARD_STEPS)

    def companies(self, changed: Origins, ahead: Origins) -> Origins:
        """The companies at which walks from changes end, and what they reach past all of these."""
        about = self._walk(ABOUT, changed, 1)
        return self.owners(_joined(ahead, about))

    def owners(self, things: Origins) -> Origins:
        """What leads from things to the companies that have them or pay for them, with these."""
        paid = self._walk(PAYERS, things, 1)
        return self._walk(UPWARD, _joined(things, paid), UPWARD_STEPS, end=COMPANY)

    def sharing(self, companies: Origins) -> Origins:
        """The same companies with all that share what they buy, and so on."""
        reached = dict(companies)
        fresh: Origins = companies
        for _ in range(GROUP_STEPS):
            found = self.only(self.owners(self._walk(BOUGHT, fresh, 1)), COMPANY)
            fresh = {
                one: told
                for one, told in found.items()
                if not told <= reached.get(one, frozenset())
            }
            if not fresh:
                break
            reached = dict(_joined(reached, fresh))
        return reached

    def groups(self, near: Origins) -> Origins:
        """The same with the groups of these companies, and those that they share deals with."""
        companies = self.only(near, COMPANY, "Account")
        kin = self._walk(KIN, companies, GROUP_STEPS)
        others = self._walk(DEALS, self.only(kin, COMPANY), 1)
        return self._walk(UPWARD, self._walk(KIN, others, GROUP_STEPS), 1)

    def only(self, reached: Origins, *labels: str) -> dict[str, frozenset[str]]:
        """What of it has one of these labels."""
        return {
            one: told
            for one, told in reached.items()
            if one in self.labels and self.labels[one][0] in labels
        }

    def by_id(self, reached: Origins, label: str) -> dict[str, frozenset[str]]:
        """Id -> the labels of the changes that reach it, of the things of one label."""
        return {self.labels[one][1]: told for one, told in self.only(reached, label).items()}

    def ids(self, reached: Iterable[str], label: str) -> set[str]:
        """Ids of the things of one label."""
        found = (self.labels[one] for one in reached if one in self.labels)
        return {id for of, id in found if of == label}

    def _walk(self, cypher: str, begun: Origins, rounds: int, *, end: str = "") -> Origins:
        """All that is reached in so many steps, where it began with it; no step leaves an end."""
        reached = dict(begun)
        fresh = dict(begun)
        for _ in range(rounds):
            fresh = {
                one: told for one, told in fresh.items() if self.labels.get(one, ("",))[0] != end
            }
            self._look(cypher, fresh)
            came: dict[str, frozenset[str]] = {}
            for one, told in fresh.items():
                for other in self.steps[cypher, one]:
                    if not told <= reached.get(other, NONE):
                        reached[other] = reached.get(other, NONE) | told
                        came[other] = reached[other]
            if not came:
                break
            fresh = came
        return reached

    def _look(self, cypher: str, elements: Iterable[str]) -> None:
        asked = [one for one in elements if (cypher, one) not in self.steps]
        for one in asked:
            self.steps[cypher, one] = []
        if asked:
            for label, *columns in self.session.rows(cypher, elements=asked):
                for one, other, id in zip(*columns, strict=True):
                    self.steps[cypher, one].append(other)
                    self.labels[other] = (label, id)


def _joined(one: Origins, other: Origins) -> Origins:
    return {key: one.get(key, NONE) | other.get(key, NONE) for key in {**one, **other}}
