"""How every command speaks: results on stdout, progress and errors on stderr, JSON on demand.

A folder's cli.py takes from here `AsJson`, `emit`, `progress` and `settings_of_process`, and lets
errors of `graph.errors` rise: `run` prints them as one sentence and ends with their exit code.
"""

from __future__ import annotations

import functools
import json
import os
import sys
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Annotated, Any, NoReturn

import orjson
import typer
from rich.console import Console
from rich.progress import BarColumn, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Progress as RichProgress
from rich.table import Table
from typer.exceptions import Abort, TyperException

from graph.errors import FootprintError, UsageError
from graph.progress import LineProgress, Task, amount
from graph.settings import Settings, read_settings

AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON, for programs.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]

console = Console(highlight=False)
messages = Console(stderr=True, highlight=False, soft_wrap=True)

INTERRUPTED = 130
UNEXPECTED = 70
"""Exit code of a fault of ours (sysexits.h calls it EX_SOFTWARE)."""


@functools.cache
def settings_of_process() -> Settings:
    """The settings, read once for the whole command."""
    return read_settings()


def emit(value: Any, as_json: bool, *, title: str = "") -> None:
    """Prints a result: a sentence, a mapping, or a list of mappings of the same keys."""
    if as_json:
        sys.stdout.write(to_json(value) + "\n")
        sys.stdout.flush()
    elif isinstance(value, Mapping):
        grid = Table(title=title or None, show_header=False, box=None, title_justify="left")
        for key, item in value.items():
            grid.add_row(f"[dim]{key}[/dim]", readable(item))
        console.print(grid)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        console.print(table(value, title=title))
    else:
        console.print(value, markup=False)


def table(rows: Sequence[Mapping[str, Any]], *, title: str = "") -> Table:
    """Rows as a table whose columns are the first row's keys."""
    drawn = Table(title=title or None, title_justify="left", header_style="bold")
    for name in rows[0] if rows else ():
        numeric = all(isinstance(row[name], int | float) for row in rows)
        drawn.add_column(name, justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        drawn.add_row(*(readable(item) for item in row.values()))
    return drawn


def readable(item: Any) -> str:
    """One value for a person: numbers grouped, absence as a dash, markup left alone."""
    if item is None or item == "":
        return "-"
    if isinstance(item, bool):
        return "yes" if item else "no"
    if isinstance(item, int):
        return f"{item:,}"
    if isinstance(item, float):
        return f"{item:,.3g}" if abs(item) < 100 else f"{item:,.1f}"
    text = item if isinstance(item, str) else to_json(item)
    return text.replace("[", "\\[")


def to_json(value: Any) -> str:
    """A value as one line of JSON; what JSON lacks becomes text."""
    return orjson.dumps(value, default=str, option=orjson.OPT_NON_STR_KEYS).decode()


class _BarTask:
    """Work that a terminal shows as a moving line."""

    def __init__(self, bars: RichProgress, bar: TaskID, unit: str) -> None:
        self.bars = bars
        self.bar = bar
        self.unit = unit

    def update(self, done: float, total: float | None = None, note: str = "") -> None:
        """Moves the line."""
        far = amount(done, total, self.unit, note)
        self.bars.update(self.bar, completed=done, total=total, far=far)


@contextmanager
def progress(what: str, *, unit: str = "", every: float = 3.0) -> Iterator[Task]:
    """Shows work under way: a moving line on a terminal, else a plain line every few seconds."""
    if not messages.is_terminal:
        with LineProgress(sys.stderr, every)(what, unit=unit) as line:
            yield line
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        TextColumn("{task.fields[far]}"),
        TimeElapsedColumn(),
    )
    with RichProgress(*columns, console=messages, transient=True) as bars:
        yield _BarTask(bars, bars.add_task(what, total=None, far=""), unit)


def group(app: typer.Typer, name: str, help: str) -> typer.Typer:
    """The group of commands of this name, made when it is not there: two folders may fill one."""
    for one in app.registered_groups:
        if one.name == name and one.typer_instance is not None:
            return one.typer_instance
    made = typer.Typer(help=help, no_args_is_help=True)
    app.add_typer(made, name=name)
    return made


def day_of(text: str | None, option: str) -> date | None:
    """A day as typed; UsageError names the option."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(
            f"{option} {text} is not a day ({error})", remedy=f"like {option} 2026-01-31"
        ) from error


def say(text: str) -> None:
    """Tells a person something that is not the result."""
    messages.print(text, markup=False)


def confirm(question: str, *, yes: bool) -> None:
    """Asks before something that cannot be undone; UsageError when nobody is there to answer."""
    if yes:
        return
    if not sys.stdin.isatty():
        raise UsageError(f"{question} Nobody is here to answer", remedy="add --yes")
    if not typer.confirm(question, err=True):
        raise typer.Exit(1)


def run(app: typer.Typer, arguments: Sequence[str] | None = None) -> NoReturn:
    """Runs the command line and ends the process with the exit code of what happened."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    sys.exit(run_and_tell(app, given))


def run_and_tell(app: typer.Typer, arguments: Sequence[str]) -> int:
    """Runs the command line; errors are told on stderr and become the exit code."""
    as_json = "--json" in arguments
    try:
        code = app(list(arguments), prog_name="footprint", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except FootprintError as error:
        if _debugging():
            traceback.print_exc()
        _tell(error.as_dict(), error.sentence, as_json)
        return error.exit_code
    except TyperException as error:
        return _tell_misuse(error, as_json)
    except (KeyboardInterrupt, Abort, EOFError):
        _tell({"error": "Interrupted", "what": "interrupted"}, "interrupted", as_json)
        return INTERRUPTED
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115  nothing more can be written
        return 0
    except Exception as error:
        return _tell_fault(error, as_json)


def _tell_misuse(error: TyperException, as_json: bool) -> int:
    """A command line that is not understood; none at all is answered with the help."""
    context = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError":
        return 0
    path = context.command_path.replace("footprint", "./footprint", 1) if context else "./footprint"
    wrong = UsageError(error.format_message(), remedy=f"see {path} --help")
    _tell(wrong.as_dict(), wrong.sentence, as_json)
    return wrong.exit_code


def _tell_fault(error: Exception, as_json: bool) -> int:
    if _debugging():
        traceback.print_exc()
    place = traceback.extract_tb(error.__traceback__)[-1]
    fault = FootprintError(
        f"this is a fault of Footprint: {type(error).__name__}: {error}",
        where=f"{os.path.basename(place.filename)}:{place.lineno}",
        remedy="FOOTPRINT_DEBUG=1 shows how it came about; please report that",
    )
    _tell(fault.as_dict(), fault.sentence, as_json)
    return UNEXPECTED


def _tell(error: Mapping[str, str], sentence: str, as_json: bool) -> None:
    if as_json:
        sys.stderr.write(json.dumps(error) + "\n")
    else:
        messages.print(f"[bold red]error:[/bold red] {sentence.replace('[', chr(92) + '[')}")


def _debugging() -> bool:
    return os.environ.get("FOOTPRINT_DEBUG", "").lower() in ("1", "true", "yes")
