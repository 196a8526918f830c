"""Writes web/documents.json, the trusted documents by name: `python -m api.graphql.trusted_page`.

Front ends read the ids there, and the server the texts.
"""

from __future__ import annotations

import json
import sys

from api.graphql.document import TRUSTED, Reading
from api.graphql.schema import build_schema
from api.graphql.trusted import FOLDER, PAGE, document_id, read_trusted


def page() -> str:
    """The page as the files in web/documents say it."""
    listed = {}
    for file in sorted(FOLDER.glob("*.graphql")):
        text = file.read_text(encoding="utf-8")
        listed[file.stem] = {"documentId": document_id(text), "text": text}
    return json.dumps(listed, indent=2) + "\n"


def stale() -> bool:
    """Whether the page is not what the files say."""
    return not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page()


def main() -> int:
    """Write the page; with `--check` only say whether it is stale."""
    if "--check" in sys.argv:
        if stale():
            sys.stderr.write("web/documents.json is stale -> python -m api.graphql.trusted_page\n")
        return 1 if stale() else 0
    PAGE.write_text(page(), encoding="utf-8")
    read_trusted(Reading(build_schema(), TRUSTED))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
