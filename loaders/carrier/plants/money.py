"""What happens to contracts and bills in every family within the thirty days, and is no case."""

from __future__ import annotations

from loaders.carrier.making.billing import Extra
from loaders.carrier.plants.stage import Stage
from loaders.carrier.world.timeline import OPEN, Timeline


def talk_of_money(stage: Stage) -> None:
    """A term that rolls over, a dispute that is opened, a credit of goodwill."""
    _roll_over(stage)
    able = [
        service
        for service in stage.draft.services.values()
        if service.billing_account.at(stage.today)
        and service.entity not in stage.draft.played
        and service.ceased_on == OPEN
        and service.billed_from < stage.day(-90)
    ]
    month = stage.today.replace(day=1)
    for service, disputed in zip(stage.draw.sample(able, 2), (True, False), strict=False):
        account = service.billing_account.at(stage.today)
        if disputed:
            stage.wishes.disputes.append((account, month, service.key))
            continue
        amount = -service.price.at(stage.today) // 20
        extra = Extra(service.key, month, "credit", amount, "Goodwill", "goodwill", True)
        stage.wishes.charge(account, extra)
        stage.happens("credit", {"service": service.key}, effective=month)


def _roll_over(stage: Stage) -> None:
    """Nobody gave notice: on the day on which the term would have ended it goes on for a year."""
    case = stage.customer(ends=stage.day(stage.soon()))
    held = stage.draft.agreements[case.agreement]
    day = held.ends.at(stage.today)
    after = day.replace(year=day.year + 1)
    line = Timeline(((held.begins, day), (day, after)))
    stage.set_items(case, ends=line)
    stage.draft.change(stage.draft.agreements, held.key, ends=line)
    stage.renewal(case)
    stage.happens("auto_renewal", {"agreement": held.key}, effective=day, completed=day)
