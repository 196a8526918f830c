"""Renewals that are signed, and end dates that are corrected, within the thirty days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from loaders.carrier.making import contracts
from loaders.carrier.plants.notes import Case
from loaders.carrier.plants.stage import Stage
from loaders.carrier.world.timeline import Timeline, always


def contract_moves_in_the_thirty_days(stage: Stage) -> None:
    """A renewal is signed, and a wrong end date is corrected: the signal clears with it."""
    needs = ("contracts", "billing")
    signed = stage.customer(ends=stage.day(240))
    day = stage.day(stage.soon())
    sign_renewal(stage, signed, day)
    stage.billed(signed)
    stage.fires(
        {"item_id": signed.items[0]},
        needs=needs,
        told_by=("contracts",),
        clears=day,
        case="renewed in the thirty days",
    )
    wrong = stage.customer(ends=stage.day(200))
    day = stage.day(stage.soon())
    held = stage.draft.agreements[wrong.agreement]
    line = Timeline(((held.begins, stage.day(200)), (day, stage.day(930))))
    stage.set_items(wrong, ends=line)
    stage.draft.change(stage.draft.agreements, held.key, ends=line)
    stage.happens("correction", {"agreement": held.key}, effective=day, note="end date corrected")
    stage.billed(wrong)
    stage.fires(
        {"item_id": wrong.items[0]},
        needs=needs,
        told_by=("contracts",),
        clears=day,
        case="end date corrected",
    )


def sign_renewal(stage: Stage, case: Case, day: date) -> None:
    """An amendment signed on a day carries the case's items on."""
    draft = stage.draft
    key = draft.key("g")
    items = tuple(
        replace(
            item,
            key=draft.key("i"),
            agreement=key,
            begins=item.ends.at(stage.today),
            renews=item.key,
            ends=always(item.ends.at(stage.today) + timedelta(days=1096)),
        )
        for item in draft.agreements[case.agreement].items
    )
    last = items[0].ends.at(stage.today)
    contracts.put(draft, key, case.entity, "amendment", day, last, items, ())
    stage.happens("renewal", {"agreement": key}, effective=day, completed=day)
