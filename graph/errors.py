"""Every error that Footprint raises on purpose: what happened, where, and what to do about it.

FootprintError                  exit 1   HTTP 500
├── SettingsError               exit 2   HTTP 500   a setting is missing or wrong
├── UsageError                  exit 2   HTTP 400   a command or a call was asked for the impossible
├── EngineError                 exit 3   HTTP 503   the database cannot be had
│   ├── EngineUnavailable                           no answer, refused, or went away
│   │   └── LoginRefused                            the name or the password is wrong
│   ├── EngineStartFailed                           the local child did not come up
│   ├── EngineIncompatible                          not Neo4j 5, or a store of another version
│   └── ArtifactsUnavailable                        jars or Java could not be fetched or verified
├── SchemaError                 exit 4   HTTP 500   migrations or constraints do not fit
├── StatementError              exit 4   HTTP 500   a .cypher file breaks the house's form
├── RuleError                   exit 4   HTTP 422   a rule's files break the format of rules
│   └── RuleStopped                                 it ran into a limit: time, rows, values, memory
├── SourceError                 exit 5   HTTP 422   a source cannot be read as what it says it is
│   └── RecordRejected                              one record, kept in quarantine
├── LoadError                   exit 6   HTTP 409   a run could not go on, or is held for approval
│   └── RunHeld                                     closings wait for a person
├── EvidenceError               exit 7   HTTP 500   the evidence store is unreadable or full
└── NotFound                    exit 8   HTTP 404   nothing has that id, name or identifier
"""

from __future__ import annotations


class FootprintError(Exception):
    """An error that says what happened, where, and what to do."""

    exit_code = 1
    http_status = 500

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        self.what = what
        self.where = where
        self.remedy = remedy
        super().__init__(self.sentence)

    @property
    def sentence(self) -> str:
        """The error as one line: what, where, remedy."""
        place = f" [{self.where}]" if self.where else ""
        advice = f" -> {self.remedy}" if self.remedy else ""
        return f"{self.what}{place}{advice}"

    def as_dict(self) -> dict[str, str]:
        """The error for `--json`: kind, what, where, remedy."""
        return {
            "error": type(self).__name__,
            "what": self.what,
            "where": self.where,
            "remedy": self.remedy,
        }


class SettingsError(FootprintError):
    """A setting is missing or wrong."""

    exit_code = 2


class UsageError(FootprintError):
    """A command or a call was asked for the impossible."""

    exit_code = 2
    http_status = 400


class EngineError(FootprintError):
    """The database cannot be had."""

    exit_code = 3
    http_status = 503


class EngineUnavailable(EngineError):
    """The server gives no answer, refused us, or went away."""


class LoginRefused(EngineUnavailable):
    """The server answers, but not to this name and password."""


class EngineStartFailed(EngineError):
    """The local child did not come up."""


class EngineIncompatible(EngineError):
    """The server is not Neo4j 5, or the store belongs to another version."""


class ArtifactsUnavailable(EngineError):
    """The database's jars or a Java could not be fetched or verified."""


class SchemaError(FootprintError):
    """Migrations or constraints in the graph do not fit this program."""

    exit_code = 4


class StatementError(FootprintError):
    """A .cypher file breaks the house's form: its sentence, its columns, its brackets."""

    exit_code = 4


class RuleError(FootprintError):
    """A rule's files break the format of rules."""

    exit_code = 4
    http_status = 422


class RuleStopped(RuleError):
    """A rule's statement ran into one of its limits and was stopped."""

    def __init__(self, limit: str, what: str, *, where: str = "", remedy: str = "") -> None:
        self.limit = limit
        super().__init__(what, where=where, remedy=remedy)

    def as_dict(self) -> dict[str, str]:
        """The error for `--json`, with the limit that was hit: time, rows, values or memory."""
        return {**super().as_dict(), "limit": self.limit}


class SourceError(FootprintError):
    """A source cannot be read as what it says it is."""

    exit_code = 5
    http_status = 422


class RecordRejected(SourceError):
    """One record cannot be understood; it goes to quarantine with this reason."""


class LoadError(FootprintError):
    """A run could not go on."""

    exit_code = 6
    http_status = 409


class RunHeld(LoadError):
    """A run's closings wait for a person's approval."""


class EvidenceError(FootprintError):
    """The evidence store is unreadable, incomplete or full."""

    exit_code = 7


class NotFound(FootprintError):
    """Nothing has that id, name or identifier."""

    exit_code = 8
    http_status = 404
