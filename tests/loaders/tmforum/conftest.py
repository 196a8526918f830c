"""What a TM Forum payload says, and the published ones."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from loaders.source import Extracted, Source, find_source
from tests.loaders.saying import Said, extractor, sayer


@pytest.fixture
def source() -> Source:
    """The source under test."""
    return find_source("tmforum")


@pytest.fixture
def extracted(source: Source, tmp_path: Path) -> Callable[..., list[Extracted]]:
    """What extract makes of payloads in one file."""
    return extractor(source, tmp_path)


@pytest.fixture
def say(source: Source, tmp_path: Path) -> Callable[[dict[str, Any]], Said]:
    """What one payload says."""
    return sayer(source, tmp_path)


@pytest.fixture
def published(shared: Path) -> Callable[[str], Any]:
    """A published v4 sample by its path below samples_v4."""

    def published(path: str) -> Any:
        payload = json.loads((shared / "tmforum" / "samples_v4" / path).read_text("utf-8"))
        return payload[0] if isinstance(payload, list) else payload

    return published
