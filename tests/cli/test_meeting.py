"""Meetings that several cycles share, papers, and appointments, from the command line."""

import json
from pathlib import Path

import pytest

from cli.program import run
from reference.catalogue import demonstration_people
from rules.clocks import instant
from schemas.commands import (
    CancelSession,
    MoveSession,
    PublishAgenda,
    PublishPapers,
    RecordAttendance,
)
from schemas.outcomes import Refused
from schemas.people import Appointment, Person, Role
from schemas.rows import CyclePage
from tests import scenario as s
from tests.cli.fake import FakeOffice, FakeReads, receipt
from tests.rules import acts
from tests.rules import session_acts as do
from tests.rules.table import day, opened

MEETING, OTHER = "MTG-2026-01", "HTA-2026-08"
OFFICER = ["--as", "policy-officer"]
AT = instant(day("2026-07-10"), "11:00")


@pytest.fixture(autouse=True)
def shared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two cycles on one meeting of the panel."""
    table = opened(session=None, requests=1)
    table.do(do.fix(AT, meeting=MEETING))
    both = [table.cycle, table.cycle.model_copy(update={"reference": OTHER})]
    pages = [CyclePage(cycle=one, stage="gathering", words=s.WORDS.kept) for one in both]

    async def meeting(_reads: FakeReads, reference: str, most: int = 50) -> list[CyclePage]:
        del most
        return pages if reference == MEETING else []

    async def all_of(_reads: FakeReads, most: int = 200) -> list[CyclePage]:
        del most
        return pages

    async def cycle(_reads: FakeReads, reference: str) -> CyclePage | None:
        return next((one for one in pages if one.cycle.reference == reference), None)

    for name, made in (("meeting", meeting), ("meetings", all_of), ("under_way", all_of), ("cycle", cycle)):
        monkeypatch.setattr(FakeReads, name, made)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (["move", MEETING, "--at", "2026-07-17 11:00", "--reason", "The room is taken"], MoveSession),
        (["cancel", MEETING, "--reason", "The chair is ill"], CancelSession),
        (["agenda", MEETING, "--add", "Any other business"], PublishAgenda),
        (["attendance", MEETING, "--present", "commissioner", "--member", do.PANEL[0]], RecordAttendance),
    ],
)
def test_a_change_goes_to_every_cycle_under_its_own_key(words: list[str], kind: type) -> None:
    """One act of a person, one command in each cycle, repeatable."""
    office = FakeOffice(receipt())
    assert run(["meeting", *words, *OFFICER, "--key", "a-key-of-mine"], office) == 0
    assert [type(one) for one in office.sent] == [kind, kind]
    assert [one.key for one in office.sent] == [f"a-key-of-mine:{one}" for one in (acts.REF, OTHER)]
    if isinstance(office.sent[0], RecordAttendance):
        assert (office.sent[0].members, office.sent[0].members_present) == (do.PANEL, do.PANEL[:1])


def test_what_one_cycle_would_refuse_is_handed_to_none(capsys: pytest.CaptureFixture[str]) -> None:
    """The sentence names the cycle."""
    refused = Refused(code="session_held", message="It was held.", source="process.wrong-input")
    office = FakeOffice(receipt(), decision=refused)
    assert run(["meeting", "cancel", MEETING, "--reason", "Ill", *OFFICER], office) == 1
    assert office.sent == []
    assert f"{acts.REF}: It was held." in capsys.readouterr().err


def test_what_one_cycle_refuses_after_all_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    """And the whole ends with 1."""
    refused = Refused(code="session_held", message="It was held.", source="process.wrong-input")
    assert run(["meeting", "cancel", MEETING, "--reason", "Ill", *OFFICER], FakeOffice(refused)) == 1
    assert f"{OTHER}: It was held." in capsys.readouterr().out


def test_a_session_joins_at_the_meetings_hour() -> None:
    """Nobody types the hour."""
    office = FakeOffice(receipt())
    words = ["meeting", "join", MEETING, "HTA-2026-09", "--reason", "One panel for all", *OFFICER]
    assert run(words, office) == 0
    assert run([*words, "--urgency", "A vacancy"], office) == 0
    made, urgent = office.sent
    assert isinstance(made, MoveSession)
    assert isinstance(urgent, MoveSession)
    assert (made.cycle, made.meeting, made.starts_at) == ("HTA-2026-09", MEETING, AT)
    assert (made.urgency, bool(urgent.urgency)) == (None, True)


def test_meetings_are_listed_and_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """With the cycles on them; one that is not there ends with 2."""
    assert run(["meeting", "list"], FakeOffice(receipt())) == 0
    assert MEETING in capsys.readouterr().out
    assert run(["meeting", "show", MEETING, "--json"], FakeOffice(receipt())) == 0
    assert [one["cycle"] for one in json.loads(capsys.readouterr().out)["parts"]] == [acts.REF, OTHER]
    assert run(["meeting", "show", MEETING], FakeOffice(receipt())) == 0
    assert "to come" in capsys.readouterr().out
    assert run(["meeting", "show", "MTG-2026-77"], FakeOffice(receipt())) == 2


def test_papers_of_a_session_are_opened(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Written, linked, or stored as files; with nothing to open it says what to write."""
    office = FakeOffice(receipt())
    words = ["session", "papers", acts.REF, "--text", "The chair's note", "--link", "https://force.example/a"]
    assert run([*words, "--urgency", "A vacancy", *OFFICER], office) == 0
    [made] = office.sent
    assert isinstance(made, PublishPapers)
    assert [one.kind for one in made.papers] == ["written", "link"]
    assert made.urgency
    assert run(["session", "papers", acts.REF, *OFFICER], office) == 2
    missing = str(tmp_path / "none.pdf")
    assert run(["session", "papers", acts.REF, "--file", missing, *OFFICER], office) == 2
    assert "there is no file" in capsys.readouterr().err


def test_people_are_listed_with_their_appointments(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The role, its days, and for whom it is held."""
    everybody = demonstration_people()
    acting = Appointment.model_validate(
        {"role": Role.ACTING_COMMISSIONER, "from_on": "2026-06-01", "acting_for": "commissioner"}
    )
    one = everybody["chief-executive"].model_copy(update={"appointments": (acting,)})

    async def people(_reads: FakeReads) -> dict[str, Person]:
        return {"commissioner": everybody["commissioner"], "chief-executive": one}

    monkeypatch.setattr(FakeReads, "people", people)
    monkeypatch.setenv("COLUMNS", "220")
    assert run(["people", "list"], FakeOffice(receipt())) == 0
    assert "acting commissioner from 1 Jun 2026, for Commissioner" in capsys.readouterr().out
