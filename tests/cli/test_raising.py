"""Escalating, being reminded, and the mails to come, from the command line."""

import json

import pytest

from cli.program import run
from rules.stages import stage
from schemas.commands import Escalate, WakeMe
from schemas.rows import CyclePage
from tests import scenario as s
from tests.cli.fake import FakeOffice, FakeReads, receipt
from tests.rules import acts
from tests.rules.table import MONDAY, Table, opened

REF = acts.REF
OFFICER = ["--as", "policy-officer"]


def of(table: Table, monkeypatch: pytest.MonkeyPatch) -> FakeOffice:
    """An office with this one cycle under way, on the Monday."""

    async def under_way(_self: FakeReads, most: int = 200) -> list[CyclePage]:
        del most
        return [CyclePage(cycle=table.cycle, stage=stage(table.cycle), words=s.WORDS.kept)]

    monkeypatch.setattr(FakeReads, "under_way", under_way)
    monkeypatch.setattr("cli.mail.now", lambda: MONDAY)
    return FakeOffice(receipt())


def test_a_request_or_an_action_is_escalated() -> None:
    """One of the two, by its number."""
    office = FakeOffice(receipt())
    words = ["cycle", "escalate", REF, "--to", "chief-constable", "--reason", "Nothing moves", *OFFICER]
    assert run([*words, "--request", "2"], office) == 0
    assert run([*words, "--action", "2026/015"], office) == 0
    first, second = office.sent
    assert isinstance(first, Escalate)
    assert isinstance(second, Escalate)
    assert (first.request, second.action) == (2, "2026/015")
    assert run(words, office) == 2
    assert run([*words, "--request", "2", "--action", "2026/015"], office) == 2


def test_somebody_asks_to_be_reminded() -> None:
    """On a day, of something."""
    office = FakeOffice(receipt())
    assert run(["cycle", "wake", REF, "--on", "2027-01-11", "--about", "Ask again", *OFFICER], office) == 0
    [command] = office.sent
    assert isinstance(command, WakeMe)
    assert f"{command.on}" == "2027-01-11"
    assert run(["cycle", "wake", REF, "--on", "soon", "--about", "x", *OFFICER], office) == 2


def test_the_mails_to_come_are_listed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Drawn, or as JSON; narrowed to a lead or a request; nothing where there is nothing."""
    office = of(opened(s.draft()), monkeypatch)
    assert run(["mail", "coming", "--json"], office) == 0
    found = json.loads(capsys.readouterr().out)
    assert [one["rung"] for one in found["rows"]] == [-7, -2, 0, 1, 3, None]
    assert found["paused"] == found["unknown"] == []
    assert run(["mail", "coming"], office) == 0
    assert "before it" in " ".join(capsys.readouterr().out.split())
    assert run(["mail", "coming", "--lead", "chief-constable"], office) == 0
    assert "Nothing will be sent" in capsys.readouterr().out


def test_a_paused_cycle_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """With why nothing comes."""
    table = opened(s.draft())
    table.do(acts.pause())
    assert run(["mail", "coming"], of(table, monkeypatch)) == 0
    assert f"{REF} is paused" in capsys.readouterr().out
