"""Calendars and standards at the command line: what is typed, said, refused, and how it ends."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from cli.program import run
from reference.catalogue import calendar, standards
from reference.make_calendar import PARTS
from schemas.commands import ChangeCalendar, ChangeStandards, OpenCycle
from schemas.outcomes import NotKnownYet, Refused
from schemas.standards import Standards
from store.pool import Pool
from tests import editions
from tests.cli.fake import FakeOffice, FakeReads, receipt
from tests.cli.real_line import Line
from tests.cli.test_cyclefile import SMALL
from tests.rules.table import MONDAY
from tests.rules.table import opened as a_cycle

CYCLE = a_cycle().cycle
OFFICER = ["--as", "policy-officer"]
SHIPPED = "england-and-wales/2026-11-22"


@dataclass
class Changed:
    """What the store of a test holds."""

    standards: dict[str, Standards] = field(default_factory=dict)


@pytest.fixture(autouse=True)
def _known(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One cycle under way, and an edition that was imported."""

    async def nothing(*_: Any, **__: Any) -> list[Any]:
        return []

    async def cycles(*_: Any) -> list[Any]:
        return [CYCLE]

    for room in ("cli.calendars", "cli.standing"):
        monkeypatch.setattr(f"{room}.now", lambda: MONDAY)
    monkeypatch.setattr(FakeReads, "calendars", nothing)
    monkeypatch.setattr(FakeReads, "counting_by", cycles)
    monkeypatch.setattr(FakeReads, "following", cycles)
    with editions.learned(editions.proclaimed(date(2026, 7, 6))):
        yield


def said(words: str, office: FakeOffice, capsys: pytest.CaptureFixture[str], code: int = 0) -> Any:
    """What was answered in JSON."""
    assert run([*words.split(), *OFFICER, "--json"], office) == code
    return json.loads(capsys.readouterr().out)


def test_every_edition_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """Shipped ones and imported ones."""
    found = {one["version"] for one in said("calendar list", FakeOffice(receipt()), capsys)}
    assert {SHIPPED, editions.VERSION} <= found


def test_a_preview_shows_before_and_after_and_sends_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """As rows for programs, and as a table for people."""
    office = FakeOffice(receipt())
    found = said(f"calendar preview {editions.VERSION}", office, capsys)
    [row] = found["rows"]
    assert (row["cycle"], row["request"]) == (CYCLE.reference, 1)
    assert row["after"] < row["before"]
    assert run(["calendar", "preview", editions.VERSION], office) == 0
    assert "1 open clocks of 1 cycles" in capsys.readouterr().out
    assert office.sent == []


def test_a_release_sends_one_command_a_cycle_under_its_own_key(capsys: pytest.CaptureFixture[str]) -> None:
    """The same key whenever it is repeated."""
    office = FakeOffice(receipt())
    found = said(f"calendar release {editions.VERSION}", office, capsys)
    said(f"calendar release {editions.VERSION}", office, capsys)
    first, second = office.sent
    assert isinstance(first, ChangeCalendar)
    assert first == second
    assert (found["moved"], found["clocks_moved"]) == (1, 1)


@pytest.mark.parametrize(
    ("outcome", "code", "where"),
    [
        (NotKnownYet(cycle=CYCLE.reference, key="some-key"), 3, "not_known_yet"),
        (Refused(code="beyond_horizon", message="Too far.", source="process.clocks"), 1, "refused"),
        (Refused(code="same_edition", message="It does.", source="process.clocks"), 0, "stood_already"),
    ],
)
def test_what_became_of_a_release_is_in_the_summary_and_the_exit_code(
    outcome: Any, code: int, where: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not known yet is said, so that it is repeated; what stood already is no trouble."""
    assert said(f"calendar release {editions.VERSION}", FakeOffice(outcome), capsys, code)[where]


@pytest.mark.parametrize("words", ["calendar release", "calendar preview"])
def test_an_edition_that_is_not_here_is_wrong_usage(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    """With those that are."""
    assert run([*words.split(), "england-and-wales/1999-01-01", *OFFICER], FakeOffice(receipt())) == 2
    assert SHIPPED in capsys.readouterr().err


@pytest.mark.parametrize("words", [f"calendar release {editions.VERSION}", "standards release performance"])
def test_nobody_releases_without_the_role(
    words: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A lead is told whom to ask, and nothing is sent."""
    _change(monkeypatch)
    office = FakeOffice(receipt())
    assert run([*words.split(), "--as", "acc-local-policing"], office) == 1
    assert "Ask the chief executive or policy officer" in capsys.readouterr().err
    assert office.sent == []


def _change(monkeypatch: pytest.MonkeyPatch) -> Standards:
    newer = standards()["performance"].model_copy(update={"edition": 2, "due_hour": "12:00"})

    async def stored(*_: Any) -> dict[str, Standards]:
        return {"performance": newer}

    monkeypatch.setattr(FakeReads, "standards", stored)
    return newer


def test_standards_are_previewed_and_released(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The newest edition of the kind, to the cycles that follow an older one."""
    newer, office = _change(monkeypatch), FakeOffice(receipt())
    assert said("standards preview performance", office, capsys)["cycles"] == 1
    said("standards release performance", office, capsys)
    command = office.sent[0]
    assert isinstance(command, ChangeStandards)
    assert command.standards == newer
    assert said("standards show performance", office, capsys)[0]["edition"] == 2


def test_a_new_cycle_follows_the_newest_standards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From its file, at the command line."""
    newer, office = _change(monkeypatch), FakeOffice(receipt())
    file = tmp_path / "cycle.yaml"
    file.write_text(SMALL, encoding="utf8")
    assert run(["cycle", "open", "--from", str(file), *OFFICER], office) == 0
    command = office.sent[0]
    assert isinstance(command, OpenCycle)
    assert command.standards in (newer, standards()["rapid"], standards()["thematic"])
    assert command.calendar == editions.VERSION


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("standards show slow", "There is no kind slow"),
        ("standards change FILE --reason x --as acc-local-policing", "changed by a chief executive or"),
        ("standards change FILE --reason=  ", "say why"),
        ("standards change pyproject.toml --reason x", "pyproject.toml"),
    ],
)
def test_wrong_usage_of_standards(
    words: str, why: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One sentence, and nothing is kept."""
    file = tmp_path / "rapid.yaml"
    file.write_text(yaml.safe_dump(standards()["rapid"].model_dump(mode="json")), encoding="utf8")
    typed = [str(file) if word == "FILE" else word for word in words.split(" ") if word]
    typed = typed if "--as" in typed else [*typed, *OFFICER]
    assert run(typed, FakeOffice(receipt())) == 2
    assert why in " ".join(capsys.readouterr().err.split())


@pytest.mark.real
async def test_standards_from_change_to_release(line: Line, opened: str, tmp_path: Path) -> None:
    """Kept with who, when and why; new cycles and released ones follow; the same again does nothing."""
    [shown] = await line("standards show performance")
    file = tmp_path / "mine.yaml"
    file.write_text(yaml.safe_dump([{**shown, "due_hour": "12:00"}]), encoding="utf8")
    await line(f"standards change {file} --reason", "People asked for noon.")
    history = await line("standards history performance")
    assert [(one["changed_by"], one["reason"]) for one in history] == [
        ("the product", ""),
        ("policy-officer", "People asked for noon."),
    ]
    assert history[1]["changed_at"]
    assert len((await line("standards preview performance"))["rows"]) == 2
    assert (await line("standards release performance"))["moved"] == 1
    again = await line("standards release performance")
    assert (again["moved"], again["unmoved"]) == (0, 0)
    cycle = (await line(f"cycle show {opened}"))["cycle"]
    assert cycle["standards"]["edition"] == 2


@pytest.mark.real
async def test_a_calendar_from_import_to_release(
    line: Line,
    opened: str,
    tmp_path: Path,
    pool: Pool,
) -> None:
    """The official list with one day more; previewed, released, and repeated without harm."""
    row = (await line(f"deadlines --cycle {opened}"))[0]
    proclaimed = {"title": "Proclaimed", "date": row["due_at"][:10], "notes": "", "bunting": False}
    more = {"england-and-wales": [proclaimed]}
    official = {part: {"division": part, "events": [*_events(part), *more.get(part, [])]} for part in PARTS}
    file = tmp_path / "bank-holidays.json"
    file.write_text(json.dumps(official), encoding="utf8")
    kept = (await line(f"calendar import {file} --as-at 2099-03-01"))["kept"]
    assert "england-and-wales/2099-03-01" in kept
    assert await pool.fetchval("select imported_by from calendars limit 1") == "policy-officer"
    found = await line("calendar preview england-and-wales/2099-03-01")
    assert found["rows"]
    assert (await line("calendar release england-and-wales/2099-03-01"))["moved"] == 1
    again = await line("calendar release england-and-wales/2099-03-01")
    assert (again["moved"], again["stood_already"]) == (0, 0)
    file.write_text("{}", encoding="utf8")
    assert "nothing was kept" in await line(f"calendar import {file} --as-at 2099-04-01", code=1)


def _events(part: str) -> list[dict[str, Any]]:
    days = calendar(name=part).days
    return [{"title": one.title, "date": f"{one.on}", "notes": "", "bunting": False} for one in days]
