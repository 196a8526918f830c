"""Cases for the rule on companies that leave the family."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from loaders.carrier.plants.deals import DEAL, open_until
from loaders.carrier.plants.stage import Stage
from loaders.carrier.world.timeline import always


def divested_company_served_under_former_parent(stage: Stage) -> None:
    """Spun off, and its circuits still run under an agreement of the family."""
    left = stage.soon()
    for text, day in (
        ("fires", -60),
        ("leaves in the thirty days", left),
        ("announced only", 60),
        ("moved to a sister parent", -60),
    ):
        case = stage.customer(services=4, sites=2)
        seller = stage.draft.entities[stage.customer().entity]
        held = stage.draft.agreements[case.agreement]
        stage.draft.change(
            stage.draft.agreements,
            held.key,
            entity=seller.key,
            party_name=always(seller.names.at(stage.today).latin),
        )
        identity = {"entity_id": case.entity, "agreement_id": held.key}
        _leave(stage, case.entity, stage.day(day), text)
        if text in ("announced only", "moved to a sister parent"):
            stage.spares(text, identity)
        else:
            since = stage.day(day) if day > 0 else None
            stage.fires(
                identity,
                since=since,
                needs=("legal_register", "contracts", "inventory"),
                told_by=("legal_register",),
                case=text,
            )


def _leave(stage: Stage, entity: str, day: date, text: str) -> None:
    """The entity's link to its parent ends; its next parent is outside, inside, or none."""
    draft = stage.draft
    link = draft.links_of(entity)[0]
    done = None if text == "announced only" else day
    sister = text == "moved to a sister parent"
    kind = "demerger" if sister else "spin_off"
    made = stage.happens(
        kind,
        {"predecessor": link.parent, "successor": entity},
        type="DEMERGER" if sister else "SPINOFF",
        announced=draft.day((day - draft.today).days - 80),
        effective=day,
        completed=done,
        learned=DEAL,
        false_alarm=sister,
    )
    if day > draft.today:
        open_until(stage, link.parent, entity, done)
    if done is None:
        return
    draft.parents[link.key] = replace(link, ends=day)
    if sister:
        other = stage.company()
        draft.link(replace(link, key=draft.key("k"), parent=other.key, begins=day, basis=made.key))
    else:
        if day <= draft.today:
            draft.roots.append(entity)
        draft.change(draft.entities, entity, parent_exception="NON_PUBLIC")
