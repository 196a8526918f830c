"""Files are read in constant memory, whatever their size."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from graph.settings import ROOT

RECORDS = 60_000
ALLOWED_GROWTH_MB = 16
"""Buffers and caches; kept records take 50 MB, elements that are not freed 80 (measured)."""

READ = """
import resource, sys
from pathlib import Path
from loaders.source import Delivery, find_source

source = find_source("gleif")
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
def read(path):
    return sum(1 for _ in source.extract(Delivery(Path(path))))
read(sys.argv[1])
before = peak()
print(read(sys.argv[2]), peak() - before)
"""

HEAD = '<lei:LEIData xmlns:lei="http://www.gleif.org/data/schema/leidata/2016"><lei:LEIRecords>\n'
TAIL = "</lei:LEIRecords></lei:LEIData>\n"


def write_xml(words: Any, path: Path, count: int) -> Path:
    with path.open("w") as file:
        file.write(HEAD)
        for number in range(count):
            file.write(
                f"<lei:LEIRecord><lei:LEI>{words.lei(number)}</lei:LEI><lei:Entity>"
                f"<lei:LegalName>Company {number} {'x' * 400}</lei:LegalName>"
                "<lei:EntityStatus>ACTIVE</lei:EntityStatus></lei:Entity></lei:LEIRecord>\n"
            )
        file.write(TAIL)
    return path


def write_csv(words: Any, path: Path, count: int) -> Path:
    with path.open("w") as file:
        file.write("LEI,Entity.LegalName,Entity.EntityStatus,Registration.RegistrationStatus\n")
        for number in range(count):
            file.write(f"{words.lei(number)},Company {number} {'x' * 400},ACTIVE,ISSUED\n")
    return path


@pytest.mark.parametrize("write", [write_xml, write_csv], ids=["XML", "CSV"])
def test_sixty_thousand_records_are_read_in_constant_memory(
    words: Any, tmp_path: Path, write: Any
) -> None:
    few, many = write(words, tmp_path / "few", 500), write(words, tmp_path / "many", RECORDS)

    answer = subprocess.run(
        [sys.executable, "-c", READ, str(few), str(many)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    records, grown = map(int, answer.stdout.split())
    assert records == RECORDS
    assert grown <= ALLOWED_GROWTH_MB
