"""What a person reads of one customer, and what a program gets."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.queries.account.conftest import Tell
from tests.queries.account.customer import company

Footprint = Callable[..., tuple[int, str, str]]
SUMMARY = """\
Top  DE  gold
3 companies in 3 countries; 1 account (register); nothing above it
as of 2026-10-06; 6 of 6 sources fresh

services   3 in service in 3 countries: 2 ethernet, 1 ?
billing    EUR 1,200 and AED 7 in September, +20.0% on the mean of 3 months
           before; EUR 1,190 overdue (86% of what is owed); EUR 50 disputed
health     available 99.90% in September, promised 99.90%; 1 of 2 services
           below; 1 open ticket (worst severity 1); 1 not running well
next       2026-11-02 last day for notice, EUR 500 a month (Paper A1, A1); MARC
           met 10%, 76% of its time over
pipeline   1 opportunity, EUR 2,000 (EUR 1,000 by chance); 1 order in flight, 1
           blocked, 1 late
sellers    Ada Ask for the account; no other; 1 of 3 companies with their own
not known  no rate for AED: kept apart
           states, stages, severities and values are as they stand now; dates,
           contracts, bills and payments as of the day
           no product is known for 1 of 3 services
           no contract of this customer (only bills) for 1 of 3 services
           no telemetry for 1 of 3 services
"""
PARTS = """
services
from inventory as of 2026-10-06
  in service  3
  by product  ethernet 2, ? 1
  by country  FR 2, DE 1, GB 1
  by state    active 3
  running as  running 2, degraded 1
  not begun   1

billing
from billing as of 2026-10-06
  June 2026       EUR 1,000
  July 2026       EUR 1,000
  August 2026     EUR 1,000
  September 2026  EUR 1,200 and AED 7 without a rate
  not yet due     EUR 200 and AED 7
  overdue         EUR 1,190, the oldest due on 2026-10-01
  disputed        EUR 50
  credited        EUR 100
  rates           1 USD = 0.8 EUR on 2026-09-30 (billing)

service health
from assurance, inventory as of 2026-10-06
  availability   99.900% in September 2026, promised 99.900%
  measured       2 of 3 services
  below promise  1 service; in the months before 0
                 S1
  not well       1 service
                 S2
  outages        1 in 90 days, 30 minutes
  tickets open   1
  2026-10-05  severity 1  fibre_cut, S2  1 service

milestones
from billing, contracts as of 2026-10-06
  2026-11-02  last day for notice  Paper A1, A1  EUR 500 a month
  2026-12-31  contract ends        Paper A1, A1  EUR 500 a month
  2027-01-01  commitment ends      Paper A1, A1  EUR 10,000
  2027-01-31  renews itself        Paper A1, A1  EUR 500 a month
  MARC  EUR 10,000 from 2026-01-01 to 2027-01-01  met 10%  76% of its time over

pipeline
from sales as of 2026-10-06
  opportunities  1: proposal 1
  quoted         1, 1 not approved
  orders         1 in flight, 1 blocked, 1 late
  2026-11-30  EUR 2,000  new, proposal  50%  quote Q-1 pending
  2026-10-01  order 1  access_ordered, blocked by permit since 2026-09-20, late

sellers
from sales as of 2026-10-06
  Ada Ask  owner  the account, 1 company  sales
"""


def read(text: str) -> str:
    """A text as it is seen, without blanks at the ends of lines."""
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def test_a_customer_is_read_in_thirty_seconds_and_then_in_full(
    footprint: Footprint, customer: None
) -> None:
    code, told, next_step = footprint("account", "Top", "--as-of", "2026-10-06")

    assert (code, read(told)) == (0, SUMMARY + PARTS)
    assert "next: ./footprint tree 'Top'" in next_step


def test_the_brief_form_is_the_summary(footprint: Footprint, customer: None) -> None:
    code, told, _ = footprint("account", "company:Top", "--as-of", "2026-10-06", "--brief")

    assert (code, read(told)) == (0, SUMMARY)


def test_a_program_gets_each_figure_with_its_day_its_sources_and_its_faults(
    footprint: Footprint, customer: None
) -> None:
    code, told, _ = footprint("account", "Top", "--json")

    found = json.loads(told)
    assert code == 0
    assert found["services"]["in_service"] == {
        "value": 3,
        "unit": "services",
        "as_of": "2026-10-06",
        "source_ids": ["inventory"],
        "quality": [],
        "money": None,
    }
    assert found["billing"]["billed"]["money"]["unconverted"] == {"AED": 700}
    assert (found["day"], found["is_day_given"]) == ("2026-10-06", False)


def test_a_customer_of_whom_little_is_known_is_told_so(footprint: Footprint, tell: Tell) -> None:
    tell("register", company("Top", "DE"))
    code, told, _ = footprint("account", "Top", "--as-of", "2026-10-06", "--brief")

    assert (code, read(told)) == (
        0,
        """\
Top  DE
1 company in 1 country; nothing above it
as of 2026-10-06; 1 of 1 sources fresh

services   unknown in service
billing    unknown
health     availability unknown; an unknown number of open tickets
next       unknown
pipeline   an unknown number of opportunities; an unknown number of orders in
           flight
sellers    nobody for the whole; no other; unknown of 1 company with their own
not known  states, stages, severities and values are as they stand now; dates,
           contracts, bills and payments as of the day
           no source has told of any service
           no source has told of any bill
           no source has told of any ticket
           no source has told of any contract
           no source has told of any opportunity
           no source has told of any order
           no source has told of any seller
""",
    )


@pytest.mark.parametrize(
    ("command", "code", "what"),
    [
        (("account", "nobody"), 8, "nothing has the id, number or name 'nobody'"),
        (("account", "Top", "--as-of", "soon"), 2, "--as-of soon is not a day"),
    ],
)
def test_errors_are_one_line(
    footprint: Footprint, customer: None, command: tuple[str, ...], code: int, what: str
) -> None:
    told = footprint(*command)

    assert (told[0], told[1], told[2].count("\n")) == (code, "", 1)
    assert what in told[2]
