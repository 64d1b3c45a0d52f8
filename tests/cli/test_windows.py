"""Windows at the command line: shown, set, refused, explained; and kept in the real store."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from cli.program import run
from reference.catalogue import standards
from reference.windows import windows
from schemas.rows import RungRow
from schemas.standards import Standards
from schemas.windows import WindowEdition
from tests.cli.fake import FakeKeeping, FakeOffice, FakeReads, closed, receipt
from tests.cli.real_line import Line
from tests.rules.table import MONDAY
from tests.rules.table import opened as a_cycle

OFFICER = ["--as", "policy-officer"]
CHANGED = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> list[WindowEdition]:
    """What the store of a test holds."""
    held: list[WindowEdition] = []

    async def read(_: Any, office: str, rule: str | None = None) -> list[WindowEdition]:
        assert office
        return [one for one in held if rule in (None, one.window.id)]

    async def keep(_: Any, office: str, window: Any, by: str, reason: str) -> bool:
        assert office
        held.append(WindowEdition(window=window, changed_by=by, changed_at=CHANGED, reason=reason))
        return True

    monkeypatch.setattr(FakeReads, "windows_history", read)
    monkeypatch.setattr(FakeKeeping, "keep_window", keep)
    return held


def said(words: list[str], capsys: pytest.CaptureFixture[str], code: int = 0) -> Any:
    """What was answered in JSON."""
    assert run([*words, *OFFICER, "--json"], FakeOffice(receipt())) == code
    return json.loads(capsys.readouterr().out)


def test_a_window_is_set_and_then_counted_with(
    kept: list[WindowEdition], capsys: pytest.CaptureFixture[str]
) -> None:
    """The next edition, with who and why; `explain` and `rules` say so, and the edition before stands."""
    said(["windows", "set", "panel-reply", "--days", "15", "--reason", "The panel agreed."], capsys)
    assert [(one.window.edition, one.window.days, one.changed_by) for one in kept] == [
        (2, 15, "policy-officer")
    ]
    after = said(["explain", "panel-reply", "--start", "2026-11-23"], capsys)
    assert (after["due_on"], after["window"]["edition"], after["window"]["set_by"]) == (
        "2026-12-14",
        2,
        "Policy officer",
    )
    before = said(["explain", "panel-reply", "--start", "2026-11-20"], capsys)
    assert before["window"]["edition"] == 1
    [row] = [one for one in said(["rules"], capsys) if one["id"] == "panel-reply"]
    assert row["counted"] == "15 working days after the start day"
    assert "set by Policy officer on Monday 23 November 2026: The panel agreed." in row["window"]
    every = said(["windows", "history", "panel-reply"], capsys)
    assert [one["changed_by"] for one in every] == ["the product", "policy-officer"]


def test_every_number_of_the_office_is_shown(
    kept: list[WindowEdition], capsys: pytest.CaptureFixture[str]
) -> None:
    """Where each stands, for programs and for people."""
    rows = {one["rule"]: one for one in said(["windows", "show"], capsys)}
    assert set(windows()) < set(rows)
    assert rows["fact-check"]["stands_in_standards_as"] == "fact_check_days"
    assert rows["panel-reply"]["stands_in_standards_as"] is None
    assert run(["windows", "show"], FakeOffice(receipt())) == 0
    assert run(["windows", "history", "panel-reply"], FakeOffice(receipt())) == 0
    assert "20 working days" in capsys.readouterr().out
    assert kept == []


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("set foi-response --days 3 --reason x", "not for an office to choose: it rests on foia-2000.s10"),
        ("set fact-check --days 3 --reason x", "as fact_check_days: change it with `standards`"),
        ("set session --days 3 --reason x", "its day is named each time"),
        ("set nothing --days 3 --reason x", "There is no rule of this name"),
        ("set panel-reply --days 0 --reason x", "panel-reply, days: it is 0"),
        ("set panel-reply --months 3 --reason x", "panel-reply, months: this rule counts in days"),
        ("set panel-reply --days 20 --reason x", "That is the window of panel-reply already"),
        ("set panel-reply --most-days 3 --reason x", "Write both --most-days and --most-times"),
        ("set panel-reply --hour 9 --reason x", "hour"),
        ("set panel-reply --days 3 --reason=  ", "say why"),
        ("set panel-reply --days 3 --reason x --as acc-local-policing", "changed by a chief executive or"),
        ("history foi-response", "not for an office to choose"),
    ],
)
def test_wrong_usage(
    words: str, why: str, kept: list[WindowEdition], capsys: pytest.CaptureFixture[str]
) -> None:
    """One sentence, and nothing is kept."""
    typed = ["windows", *[word for word in words.split(" ") if word]]
    typed = typed if "--as" in typed else [*typed, *OFFICER]
    assert run(typed, FakeOffice(receipt())) == 2
    assert why in " ".join(capsys.readouterr().err.split())
    assert kept == []


def test_an_extension_is_changed_and_somebody_else_was_faster(
    kept: list[WindowEdition], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One part of a limit is kept where only the other changes."""
    said(["windows", "set", "as-soon-as-practicable", "--most-times", "1", "--reason", "x"], capsys)
    assert kept[0].window.extension
    assert (kept[0].window.extension.most_days, kept[0].window.extension.most_times) == (20, 1)

    async def never(*_: Any) -> bool:
        return False

    monkeypatch.setattr(FakeKeeping, "keep_window", never)
    words = ["windows", "set", "panel-reply", "--days", "9", "--reason", "x", *OFFICER]
    assert run(words, FakeOffice(receipt())) == 2
    assert "Somebody has just changed panel-reply" in capsys.readouterr().err


def test_without_an_office_the_shipped_number_counts_and_that_is_said(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Not for a rule of law, which asks no office."""
    assert run(["explain", "panel-reply", "--start", "2026-11-23"], closed) == 0
    printed = capsys.readouterr()
    assert "as it came with the product" in printed.out
    assert "The office was not asked" in printed.err
    assert run(["explain", "foi-response", "--start", "2026-11-23"], closed) == 0
    assert capsys.readouterr().err == ""


def test_a_kind_of_cycle_can_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    """Each counts by its own standards."""
    usual = said(["explain", "returns-due", "--start", "2026-12-11"], capsys)
    rapid = said(["explain", "returns-due", "--start", "2026-12-11", "--kind", "rapid"], capsys)
    assert (usual["due_on"], rapid["due_on"]) == ("2026-12-04", "2026-12-09")
    assert rapid["window"]["standards"] == "Rapid, single issue"
    words = ["explain", "returns-due", "--start", "2026-12-11", "--kind", "slow"]
    assert said(words, capsys, 1)["code"] == "unknown_kind"


def test_a_preview_of_standards_lists_reminders(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Those of open requests, before and after, for programs and for people."""
    facts = {"edition": 2, "reminder_hour": "10:00"}
    newer = standards()["performance"].model_copy(update=facts)

    async def stored(*_: Any) -> dict[str, Standards]:
        return {"performance": newer}

    async def cycles(*_: Any) -> list[Any]:
        return [a_cycle().cycle]

    monkeypatch.setattr("cli.standing.now", lambda: MONDAY)
    monkeypatch.setattr(FakeReads, "standards", stored)
    monkeypatch.setattr(FakeReads, "following", cycles)
    found = said(["standards", "preview", "performance"], capsys)
    assert found["rows"] == []
    rows = [RungRow.model_validate(one) for one in found["reminders"]]
    assert rows
    assert all(one.before and one.after and one.after > one.before for one in rows)
    assert run(["standards", "preview", "performance"], FakeOffice(receipt())) == 0
    drawn = capsys.readouterr().out
    assert f"{len(rows)} reminders of open requests" in drawn
    newer = standards()["performance"].model_copy(update={"edition": 2})
    assert run(["standards", "preview", "performance"], FakeOffice(receipt())) == 0
    assert "No reminder would change" in capsys.readouterr().out


@pytest.mark.real
async def test_a_window_in_the_real_store(line: Line) -> None:
    """Set twice: both editions stay, with who, when and why; a date says which one it was counted with."""
    for days in ("15", "12"):
        await line(f"windows set pre-election-freeze --days {days} --reason", "The notice of election.")
    history = await line("windows history pre-election-freeze")
    assert [(one["window"].get("edition", 1), one["window"]["days"]) for one in history] == [
        (1, 25),
        (2, 15),
        (3, 12),
    ]
    assert history[2]["changed_at"]
    found = await line("explain pre-election-freeze --start 2028-05-04")
    assert found["window"]["edition"] == 3
    assert found["window"]["reason"] == "The notice of election."
