"""The page of all rules, rules/CATALOGUE.md: `python -m rules.engine.files.catalogue`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from rules.engine.files.format import FOLDER, Pair, read_pair, rule_paths
from rules.engine.files.pack import differences, regional

PAGE = FOLDER / "CATALOGUE.md"
HEAD = """# The catalogue of rules

This page is written by `python -m rules.engine.files.catalogue` from the rules' files; change
them there. What a rule may see at most is its last complete load of each source it needs; where
one is older than said, the rule is blind and says so.
"""


def page() -> str:
    """The whole page."""
    pairs = [regional(read_pair(path)) for path in rule_paths()]
    lines = [HEAD, *_index(pairs)]
    for theme, of_theme in groupby(pairs, key=lambda pair: pair.theme):
        lines += ["", f"## {theme}"]
        for pair in of_theme:
            lines += entry(pair)
    return "\n".join(lines) + "\n"


def _index(pairs: list[Pair]) -> Iterator[str]:
    yield "| rule | about | severity | status |"
    yield "|---|---|---|---|"
    for pair in pairs:
        rule = pair.rule
        yield f"| [{rule.id}](#{rule.id}) | {rule.subject} | {rule.severity} | {rule.status} |"


def entry(pair: Pair) -> Iterator[str]:
    """What the page says of one rule."""
    rule = pair.rule
    flags = [name for name in ("growth", "mandatory", "internal") if getattr(rule, name)]
    needs = [
        " or ".join(f"{source} ({age})" for source, age in need.items()) for need in rule.requires
    ]
    files = f"[Cypher]({pair.theme}/{rule.id}.cypher), [YAML]({pair.theme}/{rule.id}.yaml)"
    yield from ("", f"### {rule.id}", "", f"{rule.title}. {files}", "")
    yield f"- says: {rule.message}"
    yield f"- do: {rule.action}"
    yield f"- clears if {rule.clears_if}"
    looks = "" if rule.within == "account" else ", within one company"
    yield f"- the same tomorrow by {', '.join(rule.identity)}{looks}"
    yield f"- needs {', '.join(needs)}"
    if rule.inhibited_by:
        yield f"- yields to {', '.join(rule.inhibited_by)}"
    if flags:
        yield f"- {', '.join(flags)}"
    for name, one in rule.parameters.items():
        yield f"- `{name}` = {one.default} {one.unit}: {one.means}"
    yield f"- cannot see: {'; '.join(rule.known_gaps)}"
    yield f"- {len(rule.tests)} tests"
    for variant in pair.variants:
        told = "; ".join(one.told for one in differences(pair, variant))
        countries = ", ".join(sorted(variant.countries))
        yield f"- in `{variant.region}` ({countries}): {told}, because {variant.because}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
