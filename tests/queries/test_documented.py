"""The index of questions is what the files say."""

from __future__ import annotations

from queries import document


def test_the_index_is_current() -> None:
    assert document.PAGE.read_text(encoding="utf-8") == document.page()
