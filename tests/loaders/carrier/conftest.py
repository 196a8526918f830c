"""The tiny carrier's two clusters, made once."""

from __future__ import annotations

import pytest

from loaders.carrier.config import Config, config_of
from loaders.carrier.making.cluster import clusters
from loaders.carrier.seeing.index import Index
from loaders.carrier.world.cluster import Cluster


@pytest.fixture(scope="session")
def tiny() -> Config:
    """The configuration of the smallest size."""
    return config_of("tiny")


@pytest.fixture(scope="session")
def worlds(tiny: Config) -> list[Cluster]:
    """Its clusters."""
    return list(clusters(tiny))


@pytest.fixture(scope="session")
def indexes(worlds: list[Cluster]) -> list[Index]:
    """Its clusters, looked up from the other end."""
    return [Index(one) for one in worlds]
