"""The one form of a rule's files: what it changes, and that it changes nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.engine.files.canonical import canonical_statement, canonical_yaml, unformed
from rules.engine.files.format import read_rule, rule_paths
from rules.engine.files.pack import pack_paths
from rules.engine.files.template import TEMPLATE

KEYS = TEMPLATE.read_text(encoding="utf-8").split("\nparameters:")[0].split("\n")
REST = "parameters:" + TEMPLATE.read_text(encoding="utf-8").split("\nparameters:")[1]
HEAD = [line for line in KEYS if not line.startswith(("requires", "  - "))]
NEEDS = "\n".join(line for line in KEYS if line.startswith(("requires", "  - ")))


def formed(text: str) -> str:
    """The one form of the YAML of a rule."""
    return canonical_yaml(text, TEMPLATE)


@pytest.mark.parametrize("path", [*rule_paths(), *pack_paths()], ids=lambda path: path.stem)
def test_every_rule_and_pack_is_in_its_one_form_and_that_form_is_stable(path: Path) -> None:
    assert unformed(path) == [], "./footprint rules format"


@settings(max_examples=20)
@given(st.permutations([*HEAD, NEEDS, REST]))
def test_keys_in_any_order_come_to_one_form_and_mean_the_same(pieces: list[str]) -> None:
    text = "\n".join(piece.rstrip("\n") for piece in pieces)

    made = formed(text)

    assert made == TEMPLATE.read_text(encoding="utf-8")
    assert read_rule(made, TEMPLATE)[0] == read_rule(text, TEMPLATE)[0]


WORDS = st.lists(st.text("abc {}:#'\"-é", min_size=1, max_size=12), min_size=9, max_size=60)


@settings(max_examples=40)
@given(WORDS.map(" ".join), st.sampled_from(["'", '"']))
def test_a_text_of_any_length_says_the_same(text: str, quote: str) -> None:
    doubled = text.replace("'", "''") if quote == "'" else text.replace('"', '\\"')
    rule = write(f"action: {quote}x {doubled} x{quote}")

    made = formed(rule)

    assert read_rule(made, TEMPLATE)[0].action == f"x {text} x"
    assert formed(made) == made


def write(action: str) -> str:
    """The sample with another action."""
    kept = "action: Open the renewal; account owner."
    return TEMPLATE.read_text(encoding="utf-8").replace(kept, action)


def test_a_long_text_is_folded_and_a_text_of_lines_stands_in_lines() -> None:
    words = " ".join(["agree"] * 20)

    assert f"\naction: >-\n  {' '.join(['agree'] * 16)}\n  {' '.join(['agree'] * 4)}\n" in formed(
        write(f"action: {words}")
    )
    assert "\naction: |-\n  Open it,\n  then call.\n" in formed(
        write('action: "Open it,\\nthen call."')
    )


def test_comments_stay_with_their_key() -> None:
    text = TEMPLATE.read_text(encoding="utf-8")
    title, status = "title: A contract ends and nobody renews it\n", "status: experimental\n"
    mixed = text.replace(
        title + status, f"# Not yet shown.\n# To nobody.\n{status}# A sentence.\n{title}"
    ).replace("action: Open the renewal; account owner.", "action: Open the renewal.   # short")

    made = formed(mixed)

    assert f"# A sentence.\n{title}# Not yet shown.\n# To nobody.\n{status}" in made
    assert "\naction: Open the renewal.   # short\n" in made


def test_what_has_no_order_is_sorted_and_what_has_one_is_not() -> None:
    text = TEMPLATE.read_text(encoding="utf-8")
    mixed = (
        text.replace("identity: [item_id]", "identity: [item_id, agreement_id]")
        .replace("evidence: [agreement_id, item_id]", "evidence: [item_id, agreement_id]")
        .replace("{default: 365, unit: days,", "{unit: days, default: 365,")
        .replace(
            "    expect: []\n  - name: an item",
            "    stale: [registry, deals]\n    expect: []\n  - name: an item",
        )
    )

    made = formed(mixed)

    assert "identity: [item_id, agreement_id]\n" in made
    assert "evidence: [agreement_id, item_id]\n" in made
    assert "{default: 365, unit: days," in made
    assert "    stale: [deals, registry]\n" in made


def test_a_statement_loses_loose_ends_and_no_space_of_a_text() -> None:
    assert canonical_statement("// One.  \nRETURN 1 AS one\n\n\n") == "// One.\nRETURN 1 AS one\n"
    assert canonical_statement("RETURN 'a  \nb' AS one") == "RETURN 'a  \nb' AS one\n"
