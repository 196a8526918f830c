"""A family as nested branches, and which of them to fold so that a person can read it."""

from __future__ import annotations

from dataclasses import dataclass, field

from queries.hierarchy.further_parents import FurtherParent
from queries.hierarchy.hierarchy import Family as Columns

WIDE = (12, 5, 3)
"""Children shown below one company before the rest is folded: of the root, one below, deeper."""
LONG = 80
"""Companies shown in all before deeper branches are folded."""


@dataclass(slots=True)
class Branch:
    """One company at one place of the family, with those below it."""

    place: int
    """Its index in the columns."""
    entity_id: str
    name: str
    jurisdiction: str
    status: str
    tense: str
    children: list[Branch] = field(default_factory=list)
    size: int = 1
    """Companies in this branch, itself included."""
    jurisdictions: set[str] = field(default_factory=set)
    has_active: bool = False
    """Whether anything in the branch is present."""


@dataclass(slots=True)
class Fold:
    """Branches left out of a drawing, as a count that stands for them."""

    companies: int
    jurisdictions: int
    all_former: bool
    places: list[int]
    """Indexes in the columns of the branches left out."""


@dataclass(slots=True)
class Totals:
    """A family in numbers; a company at several places counts once."""

    companies: int
    jurisdictions: int
    active: int
    former: int
    planned: int
    stubs: int


def grow(columns: Columns) -> Branch:
    """The branches of a family; a company planned at a second place stands at both."""
    by_parent: dict[str, list[Branch]] = {}
    nearest_first = sorted(range(len(columns.ids)), key=columns.depths.__getitem__)
    seen: set[tuple[str, str]] = set()
    for place in nearest_first:
        pair = (columns.ids[place], columns.parent_ids[place])
        if pair not in seen:
            seen.add(pair)
            by_parent.setdefault(pair[1], []).append(_branch(columns, place))
    (root,) = by_parent[""]
    placed = [root]
    grown: set[str] = set()
    for branch in placed:
        if branch.entity_id in grown:
            continue
        grown.add(branch.entity_id)
        branch.children = by_parent.get(branch.entity_id, [])
        placed += branch.children
    for branch in reversed(placed):
        _sum_up(branch)
    return root


def totals(columns: Columns) -> Totals:
    """The family in numbers."""
    tenses: dict[str, str] = {}
    for entity_id, tense in zip(columns.ids, columns.tenses, strict=True):
        if tenses.get(entity_id) in (None, "planned"):
            tenses[entity_id] = tense
    stubs = {entity_id for entity_id, stub in zip(columns.ids, columns.stubs, strict=True) if stub}
    kinds = list(tenses.values())
    return Totals(
        companies=len(tenses),
        jurisdictions=len({code[:2] for code in columns.jurisdictions if code}),
        active=kinds.count("present"),
        former=kinds.count("former"),
        planned=kinds.count("planned"),
        stubs=len(stubs),
    )


def levels_shown(root: Branch, long: int = LONG) -> int:
    """How deep to draw before branches are folded: to this many companies, one level at least."""
    level, shown, depth = [root], 1, 0
    while level:
        level = [child for branch in level for child in shown_children(branch, depth)[0]]
        if depth and shown + len(level) > long:
            return depth
        shown += len(level)
        depth += 1
    return depth


def shown_children(
    branch: Branch, depth: int, *, whole: bool = False
) -> tuple[list[Branch], Fold | None]:
    """The children to draw below a company at this depth, and what stands for the rest."""
    ordered = sorted(branch.children, key=_prominence)
    wide = WIDE[min(depth, len(WIDE) - 1)]
    if whole or len(ordered) <= wide + 1:  # one more takes the line that its fold would take
        return ordered, None
    living = [child for child in ordered if child.has_active]
    shown = (living or ordered)[:wide]
    drawn = {id(child) for child in shown}
    return shown, fold([child for child in ordered if id(child) not in drawn])


def fold(branches: list[Branch]) -> Fold:
    """What stands for branches that are not drawn."""
    codes = set().union(*(branch.jurisdictions for branch in branches))
    return Fold(
        sum(branch.size for branch in branches),
        len(codes),
        not any(branch.has_active for branch in branches),
        [branch.place for branch in branches],
    )


def further_by_entity(further: list[FurtherParent]) -> dict[str, list[FurtherParent]]:
    """Further parents, by the company whose parents they are."""
    found: dict[str, list[FurtherParent]] = {}
    for parent in further:
        found.setdefault(parent.entity_id, []).append(parent)
    return found


def _branch(columns: Columns, place: int) -> Branch:
    return Branch(
        place,
        columns.ids[place],
        columns.names[place],
        columns.jurisdictions[place],
        columns.statuses[place],
        columns.tenses[place],
    )


def _sum_up(branch: Branch) -> None:
    branch.size = 1 + sum(child.size for child in branch.children)
    branch.jurisdictions = set().union(
        {branch.jurisdiction[:2]} if branch.jurisdiction else set(),
        *(child.jurisdictions for child in branch.children),
    )
    branch.has_active = branch.tense != "former" or any(
        child.has_active for child in branch.children
    )


def _prominence(branch: Branch) -> tuple[int, int, str, str]:
    order = {"present": 0, "planned": 1, "former": 2}[branch.tense]
    return order, -branch.size, branch.name.casefold(), branch.entity_id
