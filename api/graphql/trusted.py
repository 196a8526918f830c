"""Documents of our own front ends: written beside them, and asked for by their id alone.

A client sends `documentId` instead of a text (GraphQL over HTTP, appendix on persisted documents);
the id is the SHA-256 of the text. web/documents.json holds them all.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from api.graphql.document import Document, Reading
from api.graphql.refusal import NotGraphQL, Refusal
from graph.errors import UsageError
from graph.settings import ROOT

FOLDER = ROOT / "web" / "documents"
PAGE = ROOT / "web" / "documents.json"
REMEDY = "correct the file in web/documents, then python -m api.graphql.trusted_page"


class UnknownDocument(Refusal):
    """A document that is none of ours."""

    http_status = 404

    def __init__(self, document_id: str) -> None:
        super().__init__(
            "DOCUMENT_NOT_FOUND",
            f"there is no trusted document {document_id[:80]!r} -> web/documents.json lists them; "
            "another text is sent as `query`",
        )


@dataclass(frozen=True, slots=True)
class Trusted:
    """One of them, read once."""

    name: str
    """Of its operation, which is that of its file."""
    text: str
    document: Document


class TrustedDocuments:
    """All of them, by id."""

    def __init__(self, trusted: Mapping[str, Trusted]) -> None:
        self._trusted = trusted

    def __len__(self) -> int:
        return len(self._trusted)

    def name_of(self, document_id: str | None) -> str:
        """The name of one; nothing when it is none of ours."""
        found = self._trusted.get(document_id or "")
        return found.name if found else ""

    def find(self, document_id: str) -> Trusted:
        """One by its id; raises UnknownDocument."""
        found = self._trusted.get(document_id)
        if found is None:
            raise UnknownDocument(document_id)
        return found


def document_id(text: str) -> str:
    """The id of a text."""
    return "sha256:" + sha256(text.encode()).hexdigest()


def read_trusted(reading: Reading, page: Path = PAGE) -> TrustedDocuments:
    """The documents of the page; raises UsageError for one that could not be answered."""
    if not page.exists():
        return TrustedDocuments({})
    listed = json.loads(page.read_text(encoding="utf-8"))
    return TrustedDocuments(
        {one["documentId"]: _read(name, one["text"], reading) for name, one in listed.items()}
    )


def _read(name: str, text: str, reading: Reading) -> Trusted:
    try:
        document = reading.read(text)
    except (Refusal, NotGraphQL) as error:
        raise UsageError(f"the document {name}: {error.message}", remedy=REMEDY) from None
    if document.invalid:
        raise UsageError(f"the document {name}: {document.invalid[0].message}", remedy=REMEDY)
    if list(document.operations) != [name]:
        raise UsageError(f"the document {name} must hold one operation, {name}", remedy=REMEDY)
    return Trusted(name, text, document)
