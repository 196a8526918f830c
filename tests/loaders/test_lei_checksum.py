"""The LEI's form and checksum, against the library that others use."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import lei

from loaders.identifiers import is_valid_lei


@given(st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=18, max_size=18))
def test_only_the_check_digits_of_the_standard_are_accepted(stem: str) -> None:
    right = [f"{stem}{digits:02}" for digits in range(100) if is_valid_lei(f"{stem}{digits:02}")]

    assert right == [f"{stem}{d:02}" for d in range(100) if lei.is_valid(f"{stem}{d:02}")]
    assert right


@pytest.mark.parametrize(
    "value",
    ["", "529900K9B0N5BT69484", "529900K9B0N5BT6948471", "529900K9B0N5BT69484X", "Ⅷ" * 20],
)
def test_another_form_is_never_valid(value: str) -> None:
    assert not is_valid_lei(value)


def test_blanks_around_and_small_letters_do_not_matter() -> None:
    assert is_valid_lei(" 529900k9b0n5bt694847 ")
