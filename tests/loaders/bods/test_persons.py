"""Natural persons: counted, and nothing of them kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from loaders.source import Extracted, Ignored, RawRecord, Unreadable

Extract = Callable[..., list[Extracted]]


def kinds(items: list[Extracted]) -> Counter[tuple[str, str]]:
    return Counter((type(item).__name__, item.record_type) for item in items)


def test_persons_and_their_interests_are_counted_by_statement_wherever_they_stand(
    extracted: Extract, words: Any
) -> None:
    items = extracted(
        words.owns(party="jane", record="early"),
        words.owns(party="jane", record="early", said="2021-01-01", status="closed"),
        words.entity("owned"),
        words.person("jane"),
    )

    assert kinds(items) == {
        ("Ignored", "person"): 1,
        ("Ignored", "person_relationship"): 2,
        ("RawRecord", "entity"): 1,
    }
    assert not [item for item in items if isinstance(item, Ignored) and "jane" in item.reason]


def test_nothing_of_a_person_is_kept_within_a_statement_about_others(
    extracted: Extract, words: Any
) -> None:
    entity = words.entity("owned", unspecifiedEntityDetails={"description": "asks Jane Doe"})
    entity["declarationSubject"] = "jane"
    entity["annotations"] = [{"createdBy": {"name": "Jane Doe"}, "motivation": "commenting"}]
    entity["source"]["description"] = "Jane Doe told us"
    link = words.owns(words.interest(details="for Jane Doe"), componentRecords=["owner", "jane"])

    items = extracted(entity, words.entity("owner"), link, words.person("jane"))

    kept = [item.payload for item in items if isinstance(item, RawRecord)]
    assert len(kept) == 3
    assert "Doe" not in str(kept)
    assert "jane" not in str(kept)
    assert kept[2]["statements"][0]["recordDetails"]["componentRecords"] == ["owner"]


def test_a_party_that_no_statement_describes_may_be_a_person_and_is_not_kept(
    extracted: Extract, words: Any
) -> None:
    items = extracted(words.entity("owned"), words.owns(party="jane"))

    assert kinds(items) == {("RawRecord", "entity"): 1, ("Unreadable", "relationship"): 1}
    (unreadable,) = (item for item in items if isinstance(item, Unreadable))
    assert (unreadable.native_id, unreadable.text) == ("link", "")
    assert "it may be a person" in unreadable.reason


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"recordType": "animal"}, "the statement has no recordType that BODS 0.4 knows"),
        ({"recordId": ""}, "the statement has no recordId"),
        ({"recordId": 7}, "the statement has no recordId"),
    ],
)
def test_a_statement_that_cannot_be_placed_is_refused_with_its_field_names_only(
    extracted: Extract, words: Any, change: dict[str, Any], reason: str
) -> None:
    (item,) = extracted(words.entity("alpha") | change)

    assert isinstance(item, Unreadable)
    assert item.reason == reason
    assert item.text == (
        "fields: publicationDetails, recordDetails, recordId, recordStatus, recordType, source, "
        "statementDate, statementId"
    )


def test_one_statement_with_two_contents_is_refused_and_word_for_word_it_counts_once(
    extracted: Extract, words: Any
) -> None:
    alpha, other = words.entity("alpha"), words.entity("alpha", name="Another")

    (twice,) = extracted(alpha, other)
    (once,) = extracted(alpha, alpha)

    assert isinstance(twice, Unreadable)
    assert "one statement comes with two contents" in twice.reason
    assert isinstance(once, RawRecord)
    assert len(once.payload["statements"]) == 1
