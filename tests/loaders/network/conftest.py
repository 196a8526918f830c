"""What an object of the carrier's NetBox says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from loaders.source import Source, find_source
from tests.loaders.saying import Said, sayer


@pytest.fixture
def source() -> Source:
    """The source under test."""
    return find_source("network")


@pytest.fixture
def say(source: Source, tmp_path: Path) -> Callable[..., Said]:
    """What one object says: `say("dcim.site", 31, {custom fields}, name=...)`."""
    read = sayer(source, tmp_path)

    def say(model: str, key: int, custom: dict[str, Any], **fields: Any) -> Said:
        return read({"model": model, "pk": key, "fields": {**fields, "custom_field_data": custom}})

    return say
