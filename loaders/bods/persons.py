"""What statements about entities say of persons on the side: taken out before anything is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

WRITTEN_FREELY = ("annotations",)
"""Remarks of people on people."""
FROM_SOURCE = ("assertedBy", "description")
FROM_INTEREST = ("details",)
FROM_UNSPECIFIED = ("description",)


def without_persons(
    statement: Mapping[str, Any],
    is_person: Callable[[object], bool],
    is_entity: Callable[[str], bool],
) -> dict[str, Any]:
    """A statement about no person, without who asserted, annotated or published it.

    Who is named there is as a rule a person. Of the records in a chain the entities stay.
    """
    kept = {name: value for name, value in statement.items() if name not in WRITTEN_FREELY}
    if is_person(kept.get("declarationSubject")):
        del kept["declarationSubject"]
    _thin(kept, "source", FROM_SOURCE)
    _thin(kept, "publicationDetails", ("publisher",))
    details = kept.get("recordDetails")
    if isinstance(details, dict):
        details = kept["recordDetails"] = dict(details)
        _thin(details, "interestedParty", FROM_UNSPECIFIED)
        _thin(details, "unspecifiedEntityDetails", FROM_UNSPECIFIED)
        if isinstance(details.get("interests"), list):
            details["interests"] = [_without(one, FROM_INTEREST) for one in details["interests"]]
        if isinstance(details.get("componentRecords"), list):
            details["componentRecords"] = [
                one for one in details["componentRecords"] if is_entity(str(one))
            ]
    return kept


def _thin(container: dict[str, Any], name: str, without: tuple[str, ...]) -> None:
    if isinstance(container.get(name), dict):
        container[name] = _without(container[name], without)


def _without(fields: Any, names: tuple[str, ...]) -> Any:
    if not isinstance(fields, Mapping):
        return fields
    return {name: value for name, value in fields.items() if name not in names}
