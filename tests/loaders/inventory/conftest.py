"""What a product, a service or a site says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from loaders.source import Extracted, Source, find_source
from tests.loaders.saying import Said, extractor, sayer


@pytest.fixture
def source() -> Source:
    """The source under test."""
    return find_source("inventory")


@pytest.fixture
def extracted(source: Source, tmp_path: Path) -> Callable[..., list[Extracted]]:
    """What extract makes of payloads in one file."""
    return extractor(source, tmp_path)


@pytest.fixture
def say(source: Source, tmp_path: Path) -> Callable[[dict[str, Any]], Said]:
    """What one payload says."""
    return sayer(source, tmp_path)
