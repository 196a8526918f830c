"""What a finding says."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from rules.engine.files.wording import said


@pytest.mark.parametrize(
    ("message", "row", "expected"),
    [
        ("It ends {on}.", {"on": date(2027, 4, 1)}, "It ends 1 April 2027."),
        ("{share:.0%} met.", {"share": 1.18}, "118% met."),
        ("{value} at stake.", {"value": [[1_234_500, "EUR"], [50, "JPY"]]},
         "EUR 12,345 and JPY 50 at stake."),
        ("{value} at stake.", {"value": [99_950, "EUR"]}, "EUR 999.50 at stake."),
        ("{value} at stake.", {"value": []}, "unknown at stake."),
        ("{sites} sites of {names}.", {"sites": 1200, "names": ["A", "B", "C"]},
         "1,200 sites of A, B and C."),
        ("{gone} is gone.", {}, "unknown is gone."),
    ],
)  # fmt: skip
def test_a_message_says_its_columns_as_a_person_does(
    message: str, row: dict[str, Any], expected: str
) -> None:
    assert said(message, row) == expected
