"""A store of a test that holds one cycle and what was announced, and the command line over it."""

import json
from typing import Any

import pytest

from cli.program import run
from schemas.rows import CyclePage, MailRow, TimelineRow
from schemas.successions import Announced
from tests import scenario as s
from tests.cli.fake import FakeKeeping, FakeOffice, FakeReads, receipt
from tests.rules.table import MONDAY, Table
from tests.rules.table import opened as a_cycle

TABLE = a_cycle()
CHIEF = ["--as", "chief-executive"]


class Store:
    """What the store of a test holds, and its answers."""

    def __init__(self) -> None:
        self.made: list[Announced] = []
        self.table: Table = TABLE

    def page(self) -> CyclePage:
        """The one cycle under way."""
        return CyclePage(cycle=self.table.cycle, stage="gathering", words=s.WORDS.kept)

    async def successions(self, *_: Any) -> list[Announced]:
        """What was announced."""
        return self.made

    async def keep_succession(self, one: Announced) -> bool:
        """Keep it."""
        self.made.append(one)
        return True

    async def take_back_succession(self, one: Announced, by: str, reason: str) -> bool:
        """Forget it."""
        assert by
        assert reason
        self.made.remove(one)
        return True

    async def open_under(self, *_: Any) -> list[CyclePage]:
        """The cycle."""
        return [self.page()]

    async def cycle(self, reference: str) -> CyclePage | None:
        """The cycle, by its reference."""
        return self.page() if reference == self.table.cycle.reference else None

    async def timeline(self, *_: Any, **__: Any) -> list[TimelineRow]:
        """Its ledger."""
        return [TimelineRow(entry=one, words=s.WORDS.kept) for one in reversed(self.table.entries)]

    async def mails(self, *_: Any) -> list[MailRow]:
        """None."""
        return []


@pytest.fixture(name="store")
def the_store(monkeypatch: pytest.MonkeyPatch) -> Store:
    """One cycle under way, nothing announced, and a clock that stands."""
    held = Store()
    for name in ("successions", "open_under", "cycle", "timeline", "mails"):
        monkeypatch.setattr(FakeReads, name, getattr(held, name), raising=False)
    for name in ("keep_succession", "take_back_succession"):
        monkeypatch.setattr(FakeKeeping, name, getattr(held, name))
    for room in ("cli.announcing", "cli.handover"):
        monkeypatch.setattr(f"{room}.now", lambda: MONDAY)
    return held


def said(
    words: str, capsys: pytest.CaptureFixture[str], *more: str, code: int = 0, office: Any = None
) -> Any:
    """What was answered, in JSON, or the refusal."""
    typed = [*words.split(), *more, *([] if "--as" in words else CHIEF), "--json"]
    assert run(typed, office or FakeOffice(receipt())) == code, capsys.readouterr().err
    found = capsys.readouterr()
    return json.loads(found.out) if code == 0 else " ".join(found.err.split())
