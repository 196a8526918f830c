"""XML resources one after another, in constant memory, each as the JSON of the standard has it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from graph.errors import SourceError
from loaders.files import opened


def resources(
    path: Path, known: Collection[str]
) -> Iterator[tuple[int, tuple[str, dict[str, Any]]]]:
    """Line, name and content of every element below the root, known or not.

    SourceError where the XML ends too early or is none. Entities are not resolved and nothing is
    fetched.
    """
    with opened(path) as file:
        events = etree.iterparse(
            file,
            events=("start", "end"),
            remove_comments=True,
            remove_pis=True,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
        )
        depth = 0
        try:
            for event, element in events:
                if not depth and event == "start" and element.getroottree().docinfo.internalDTD:
                    raise SourceError(
                        "the file declares a document type, whose entities are not read here",
                        where=str(path),
                        remedy="ask the source for plain XML without a DOCTYPE",
                    )
                depth += 1 if event == "start" else -1
                if event == "end" and depth == 1:
                    name = etree.QName(element).localname
                    content = _content(element) if name in known else {}
                    yield element.sourceline or 0, (name, _object(content))
                    _forget(element)
        except etree.XMLSyntaxError as error:
            raise SourceError(
                f"not whole XML: {error.msg}",
                where=f"{path}:{error.lineno or 0}",
                remedy="fetch the file again and load it again: what was read is skipped",
            ) from error


def _content(element: Any) -> Any:
    """A text where the element has nothing else; else attributes, children, text as `value`.

    `<amountDue unit="EUR">12.00</amountDue>` is Money, {"unit": "EUR", "value": "12.00"}; children
    of one name are a list.
    """
    text = (element.text or "").strip()
    if not len(element) and not element.attrib:
        return text
    found: dict[str, Any] = {etree.QName(name).localname: one for name, one in element.items()}
    for child in element:
        name, content = etree.QName(child).localname, _content(child)
        if name not in found:
            found[name] = content
        elif isinstance(found[name], list):
            found[name].append(content)
        else:
            found[name] = [found[name], content]
    if text:
        found["value"] = text
    return found


def _object(content: Any) -> dict[str, Any]:
    return content if isinstance(content, dict) else {}


def _forget(element: Any) -> None:
    """Free an element that was read, and what stood before it."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]
