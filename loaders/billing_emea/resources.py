"""XML resources one after another, in constant memory, each as the JSON of the standard has it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from lxml import etree

from graph.errors import SourceError
from loaders.files import opened

Named = tuple[str, dict[str, Any]]
"""The name of a resource, and its content."""


def resources(path: Path, known: Collection[str]) -> Iterator[tuple[int, Named]]:
    """Line, name and content of every element below the root, without content if it is not known.

    SourceError where the XML ends too early or is none, or where it declares a document type:
    entities are not resolved and nothing is fetched.
    """
    with opened(path) as file:
        ends = etree.iterparse(
            file,
            events=("end",),
            tag=[f"{{*}}{name}" for name in known],
            remove_comments=True,
            remove_pis=True,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
        )
        try:
            root = None
            for _, element in ends:
                above = element.getparent()
                if root is None:
                    root = _root(element, path)
                if above is root:
                    yield from _strangers(element)
                    yield element.sourceline or 0, (_local(element.tag), _content(element))
                    element.clear()
            if ends.root is not None:
                yield from _strangers(None, _root(ends.root, path))
        except etree.XMLSyntaxError as error:
            raise SourceError(
                f"not whole XML: {error.msg}",
                where=f"{path}:{error.lineno or 0}",
                remedy="fetch the file again and load it again: what was read is skipped",
            ) from error


def _root(element: Any, path: Path) -> Any:
    tree = element.getroottree()
    if tree.docinfo.internalDTD:
        raise SourceError(
            "the file declares a document type, whose entities are not read here",
            where=str(path),
            remedy="ask the source for plain XML without a DOCTYPE",
        )
    return tree.getroot()


def _strangers(element: Any, root: Any = None) -> Iterator[tuple[int, Named]]:
    """Elements before this one, or all that are left, that are not known; then they are freed."""
    parent = root if element is None else element.getparent()
    while len(parent) and parent[0] is not element:
        other = parent[0]
        if len(other) or other.attrib or other.text:
            yield other.sourceline or 0, (_local(other.tag), {})
        del parent[0]


@lru_cache(maxsize=1_024)
def _local(tag: str) -> str:
    """A name without its namespace."""
    return tag.rpartition("}")[2]


def _content(element: Any) -> dict[str, Any]:
    """Attributes, children and text, this as `value`, as the JSON of the standard has them.

    `<amountDue unit="EUR">12.00</amountDue>` is Money, {"unit": "EUR", "value": "12.00"}; children
    of one name are a list; what has nothing but a text is that text.
    """
    found: dict[str, Any] = {_local(name): one for name, one in element.attrib.items()}
    for child in element:
        name = _local(child.tag)
        content = _content(child) if len(child) or child.attrib else (child.text or "").strip()
        if name not in found:
            found[name] = content
        elif isinstance(found[name], list):
            found[name].append(content)
        else:
            found[name] = [found[name], content]
    text = element.text
    if text and (text := text.strip()):
        found["value"] = text
    return found
