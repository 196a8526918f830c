"""One cluster from its number: a pure function, independent of all other clusters."""

from __future__ import annotations

from collections.abc import Iterator

from loaders.carrier.config import Config
from loaders.carrier.making.around import add_around
from loaders.carrier.making.billing import Wishes, add_bills, add_commitments
from loaders.carrier.making.contracts import add_agreements
from loaders.carrier.making.customers import add_accounts
from loaders.carrier.making.draft import Draft
from loaders.carrier.making.estate import add_sites
from loaders.carrier.making.family import add_family
from loaders.carrier.making.faults import add_tickets
from loaders.carrier.making.pipeline import add_orders, add_pipeline
from loaders.carrier.making.services import add_services
from loaders.carrier.plants.billing import add_disputes
from loaders.carrier.plants.derived import add_derived
from loaders.carrier.plants.papers import lose_papers, write_papers
from loaders.carrier.plants.registry import plant
from loaders.carrier.plants.stage import Stage
from loaders.carrier.world.cluster import Cluster


def cluster(config: Config, number: int) -> Cluster:
    """The cluster of a number, from 1 to `config.size.clusters`."""
    draft = Draft(config, number)
    used: set[str] = set()
    wishes = Wishes()
    add_family(draft, config.entities_of(number), used)
    add_around(draft, config.size.around, used)
    add_sites(draft, draft.draw("sites"))
    add_services(draft, draft.draw("services"))
    add_accounts(draft, draft.draw("accounts"))
    add_agreements(draft, draft.draw("contracts"))
    add_tickets(draft, draft.draw("faults"))
    add_pipeline(draft, draft.draw("pipeline"))
    add_orders(draft, draft.draw("orders"))
    lose_papers(draft)
    plant(draft, used, wishes)
    write_papers(draft)
    add_derived(draft)
    add_bills(draft, draft.draw("bills"), wishes)
    _commit(draft)
    add_disputes(Stage(draft, draft.draw("disputes"), used, wishes, ""))
    return draft.frozen()


def clusters(config: Config) -> Iterator[Cluster]:
    """All clusters, one after the other."""
    for number in range(1, config.size.clusters + 1):
        yield cluster(config, number)


def _commit(draft: Draft) -> None:
    """The master's commitment counts the accounts of the root's currency."""
    if not draft.services_of:
        return
    first = next(iter(draft.billing_accounts.values()))
    counted = [
        account.key
        for account in draft.billing_accounts.values()
        if account.currency == first.currency and account.entity not in draft.played
    ]
    master = next(one for one in draft.agreements.values() if one.kind == "master")
    add_commitments(draft, draft.draw("commitments"), master.key, counted)
