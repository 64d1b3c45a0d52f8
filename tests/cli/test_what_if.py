"""`what-if` from a shell: the options, what is wrong with them, and both runs side by side."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from cli.office import Office
from cli.program import run
from rules.stages import stage
from schemas.records import Entry
from schemas.rows import CyclePage
from settings import Settings
from tests import scenario as s
from tests.cli.fake import FakeKeeping, FakeReads
from tests.rehearsal.forks import REF, with_session
from tests.rules.table import Table

BY_SESSION = ["--force-late", "6", "--session-moves", "7"]


class OneCycle(FakeReads):
    """The cycle of the table, and nothing else."""

    def __init__(self, table: Table) -> None:
        self.table = table

    async def cycle(self, reference: str) -> CyclePage | None:
        if reference != REF:
            return None
        return CyclePage(cycle=self.table.cycle, stage=stage(self.table.cycle), words=s.WORDS.kept)

    async def written(self, reference: str, key: str | None = None) -> tuple[Entry, ...]:
        del key
        return tuple(self.table.entries) if reference == REF else ()


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Table:
    """The table whose cycle the commands are asked about, at the table's own instant."""
    table = with_session()
    monkeypatch.setattr("cli.what_if.now", lambda: table.now)
    return table


def said(table: Table, *words: str) -> int:
    """What a command comes to."""

    @asynccontextmanager
    async def opens(*, engine: bool) -> AsyncIterator[Office]:
        assert not engine, "a what-if never asks the live engine"
        yield Office(reads=OneCycle(table), keeping=FakeKeeping(), settings=Settings())

    return run(["what-if", *words], opens)


@pytest.mark.real
def test_both_runs_are_drawn(typed: Table, capsys: pytest.CaptureFixture[str]) -> None:
    """The sentence first, then what misses what, the table and the letters."""
    assert said(typed, REF, *BY_SESSION, "--holiday", "2026-07-15") == 0
    out = capsys.readouterr().out
    assert out.startswith("If every return comes 6 working days late, the session moves to Tuesday 21 July")
    assert "! The return to request 1 would come 1 working day after the session" in out
    assert "more letters would go out:" in out
    assert "Nothing was recorded, and nobody was told." in out


@pytest.mark.real
def test_programs_get_json(typed: Table, capsys: pytest.CaptureFixture[str]) -> None:
    """The whole answer, with the word silent and an earlier day."""
    assert said(typed, REF, "--force-late", "silent", "--session-moves", "-7", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["supposition"]["force_late_days"] == "silent"
    assert found["supposition"]["session_moves_days"] == -7
    assert {row["after"] for row in found["rows"] if row["what"] == "return"} == {"never"}


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        ([REF], 2, "Suppose at least one thing"),
        ([REF, "--force-late", "many"], 2, "--force-late: Write a number of working days"),
        ([REF, "--holiday", "soon"], 2, "--holiday: Write each holiday as a date"),
        ([REF, "--session-moves", "1000"], 2, "--session-moves: Write by how many days"),
        (["HTA-26", "--force-late", "6"], 2, "write a cycle's reference such as HTA-2026-07"),
        (["HTA-2026-99", "--force-late", "6"], 1, "There is no cycle HTA-2026-99."),
        ([REF, "--holiday", "2026-12-25"], 1, "nobody works on that day as it is (Christmas Day)"),
        ([REF, "--session-moves", "4"], 1, "The session would move to 18 July 2026, which is a Saturday."),
        ([REF, "--force-late", "6", "--as", "acc-local-policing"], 1, "As thematic lead you may not ask"),
    ],
)
def test_what_is_wrong_is_one_sentence(
    typed: Table, capsys: pytest.CaptureFixture[str], words: list[str], code: int, sentence: str
) -> None:
    """It names the option, and nothing is begun."""
    assert said(typed, *words) == code
    assert sentence in capsys.readouterr().err
