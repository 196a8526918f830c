"""Every setting of Footprint, read once from the environment and `.env`, then passed in."""

from __future__ import annotations

import difflib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from dotenv import dotenv_values
from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from graph.errors import SettingsError
from graph.money import MINOR_DIGITS

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "FOOTPRINT_"
# Read by the tests and the front door, not by the program.
FOREIGN = ("FOOTPRINT_TEST_", "FOOTPRINT_SHARED", "FOOTPRINT_BOOTSTRAP_")
MEMORY = r"^[1-9][0-9]*[kmgKMG]$"


def _cache_home() -> Path:
    """The person's cache folder, by the XDG base directory specification."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")


def _standard(name: str) -> Any:
    """A field read from a standard variable, without our prefix."""
    return AliasChoices(name)


class Settings(BaseSettings):
    """What can be set; every field is one environment variable, described by the text below it."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        populate_by_name=True,
        use_attribute_docstrings=True,
        validate_default=True,
    )

    neo4j_uri: str | None = Field(None, validation_alias=_standard("NEO4J_URI"))
    """Address of the Neo4j 5 server to use; empty starts a local one as a child process."""
    neo4j_username: str = Field("neo4j", validation_alias=_standard("NEO4J_USERNAME"))
    """Name to log in with at the given server."""
    neo4j_password: SecretStr | None = Field(None, validation_alias=_standard("NEO4J_PASSWORD"))
    """Password for the given server; empty when it asks for none."""
    neo4j_database: str = Field("neo4j", validation_alias=_standard("NEO4J_DATABASE"))
    """Database to use at the given server."""

    state_dir: Path = ROOT / ".footprint"
    """Folder of everything this installation keeps: the local database, evidence, drafts."""
    evidence: str = ""
    """Where evidence files are kept, as an fsspec address; empty is `evidence` in state_dir."""
    base_currency: str = "EUR"
    """Currency in which money of several currencies is told together, ISO 4217."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    """Least severe message that is logged."""
    debug: bool = False
    """Whether an error shows its traceback instead of one sentence."""

    heap: str = Field("auto", pattern=f"^auto$|{MEMORY}")
    """Java heap of the local database, like 512m; auto is a sixth of the memory, at most 2g."""
    page_cache: str = Field("512m", pattern=MEMORY)
    """Memory in which the local database keeps its files, beside the heap."""
    java_flags: str = ""
    """More flags for the local database's Java, separated by spaces; they win over ours."""
    bolt_port: int = Field(0, ge=0, le=65535)
    """Bolt port of the local database; 0 chooses a free one and keeps it."""
    http_port: int = Field(0, ge=0, le=65535)
    """Neo4j Browser port of the local database; 0 chooses a free one and keeps it."""
    start_timeout: float = Field(300.0, gt=0)
    """Seconds that the local database may take until it answers."""
    connect_timeout: float = Field(10.0, gt=0)
    """Seconds that a server may take to accept a connection."""
    transaction_timeout: float = Field(120.0, gt=0)
    """Seconds after which the server ends a transaction."""
    artifact_cache: Path = Field(default_factory=lambda: _cache_home() / "footprint")
    """Folder where the local database's jars are kept, shared by all installations of a person."""
    artifact_repository: str = ""
    """Address of a Maven repository to fetch the jars from; empty is Maven's central one."""

    batch_rows: int = Field(2500, ge=1, le=100_000)
    """Records read at a time; a transaction writes those of one batch, or a part of them."""
    api_port: int = Field(8420, ge=1, le=65535)
    """Port on which `./footprint serve` answers."""
    api_anonymous: bool = True
    """Whether whoever asks on this machine without an API key sees everything; false: keys only."""
    api_address: str = Field("", pattern=r"^(https?://[^/\s]+)?$")
    """Address by which others reach the API, as webhooks name it; empty: this machine's."""
    webhook_key: SecretStr | None = None
    """Fernet keys, with spaces between, for webhooks' secrets: the first encrypts, all decrypt."""
    webhook_local: bool = False
    """Whether webhooks may also go to this machine, by http and on any port: to try them out."""
    close_guard: float = Field(0.2, ge=0, le=1)
    """Share of a scope that one load may close before it is held for approval."""

    @field_validator("log_level", mode="before")
    @classmethod
    def _lower(cls, value: Any) -> Any:
        return value.lower() if isinstance(value, str) else value

    @field_validator("base_currency")
    @classmethod
    def _currency(cls, value: str) -> str:
        if value not in MINOR_DIGITS:
            raise ValueError("a currency of ISO 4217 is meant, like EUR")
        return value

    @field_validator("state_dir", "artifact_cache")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        """A relative folder counts from the root of the repository, wherever the command runs."""
        return ROOT / value.expanduser()

    @property
    def evidence_address(self) -> str:
        """Where evidence files are kept, with the default filled in."""
        return self.evidence or str(self.state_dir / "evidence")


def variable_of(field: str) -> str:
    """The environment variable that sets a field."""
    alias = Settings.model_fields[field].validation_alias
    if isinstance(alias, AliasChoices):
        return str(alias.choices[0])
    return PREFIX + field.upper()


def read_settings(env_file: Path | None = ROOT / ".env", **given: Any) -> Settings:
    """The settings of this process; `given` wins over the environment, which wins over the file.

    Raises SettingsError, which names the variable, for a value or a name that is not understood.
    """
    _refuse_unknown(os.environ, "environment")
    if env_file is not None and env_file.exists():
        _refuse_unknown(dotenv_values(env_file), str(env_file))
    try:
        return Settings(_env_file=env_file, **given)
    except ValidationError as error:
        first = error.errors()[0]
        raise SettingsError(
            f"{_named(str(first['loc'][0]))} cannot be {first['input']!r}: {first['msg']}",
            where=_named(str(first["loc"][0])),
            remedy="correct it in the environment or .env; .env.example says what each one means",
        ) from None


def _named(location: str) -> str:
    return variable_of(location) if location in Settings.model_fields else location


def _refuse_unknown(names: Mapping[str, str | None], where: str) -> None:
    known = [variable_of(field) for field in Settings.model_fields]
    for name in names:
        if not name.startswith(PREFIX) or name in known or name.startswith(FOREIGN):
            continue
        near = difflib.get_close_matches(name, known, n=1)
        raise SettingsError(
            f"{name} is not a setting of Footprint",
            where=where,
            remedy=f"did you mean {near[0]}?" if near else "docs/settings.md lists them all",
        )
