"""A rehearsal on the real engine: the days and the people of a late lead, a silent one and a punctual one."""

from datetime import UTC, datetime

import pytest

from cli.program import run
from cli.rehearse import Rehearsal, rehearsal
from reference.catalogue import FOLDER, standards
from rehearsal.happenings import Happening
from rehearsal.script import read_script
from rehearsal.stage import RehearsalError
from rules.clocks import LONDON

pytestmark = pytest.mark.real

SCRIPT = """starts: 2027-01-11
cycle:
  kind: performance
  title: Rehearsed
  theme: reassuring
  commitments: [SWM-REASSURE-01]
  question: Is it so?
  session: {at: 2027-03-10 14:00}
  requests:
    - {title: Punctual, lead: acc-local-policing}
    - {title: Late, lead: acc-protecting-people}
    - {title: Silent, lead: superintendent-custody}
people:
  acc-local-policing: 1 working day early
  acc-protecting-people: 2 working days late
  superintendent-custody: silent
officer: {reviews_after: 1, sends_back: [1]}
findings: {drafted_after: 5}
actions:
  - {what: Do it, owner: acc-local-policing, due_after: 20, done: silent}
"""


async def rehearsed(text: str = SCRIPT) -> Rehearsal:
    """What the script comes to."""
    return await rehearsal(read_script(text, "script.yaml", standards()))


def days(found: Rehearsal, about: str, kind: str) -> list[str]:
    """The London days of what happened about something."""
    return [_day(one) for one in found.happenings if one.kind == kind and about in one.what]


def _day(one: Happening) -> str:
    return f"{one.at.astimezone(LONDON):%d %b %H:%M}"


async def test_a_late_a_silent_and_a_punctual_lead() -> None:
    """Every rung on its day with those it is for; what was missed; the rest of the cycle to its end."""
    found = await rehearsed()
    ladder = ["22 Feb 09:00", "01 Mar 09:00", "03 Mar 09:00", "04 Mar 09:00", "08 Mar 09:00"]
    assert days(found, "Silent", "ReminderDelivered") == ladder
    assert days(found, "Late", "ReminderDelivered") == ladder[:4]
    assert days(found, "Punctual", "ReminderDelivered")[:2] == ladder[:2]
    assert days(found, "Silent", "DutyMissed") == ["03 Mar 17:00"]
    assert days(found, "Late", "DutyMissed") == ["03 Mar 17:00"]
    assert days(found, "Punctual", "DutyMissed") == []
    assert days(found, "Late", "ReturnSubmitted") == ["05 Mar 15:00"]
    assert days(found, "Silent", "ReturnSubmitted") == []
    assert len(days(found, "Punctual", "ReturnSubmitted")) == 2
    assert "03 Mar 17:00" in days(found, "Silent", "Due")

    rungs = [one for one in found.happenings if one.kind == "ReminderDelivered" and "Silent" in one.what]
    coordination = "Force coordination unit"
    assert [len(one.told) for one in rungs] == [1, 1, 1, 2, 3]
    assert coordination in rungs[-1].told

    assert [_day(one)[:6] for one in found.happenings if one.kind == "SessionHeld"] == ["10 Mar"]
    assert days(found, "Findings", "FindingsPublished")
    assert days(found, "action 2027/001", "DutyMissed") == ["09 Apr 17:00"]
    assert found.stage == "following_up"
    assert found.missed == 3


async def test_the_same_script_comes_to_the_same() -> None:
    """To the second, whenever it is rehearsed."""

    def told(found: Rehearsal) -> list[tuple[datetime, str]]:
        return [(one.at.replace(second=0, microsecond=0), one.what) for one in found.happenings]

    first, second = await rehearsed(), await rehearsed()
    assert first.began_at.date() == datetime(2027, 1, 11, tzinfo=UTC).date()
    assert told(first) == told(second)


async def test_a_script_that_the_rules_refuse_says_why() -> None:
    """A session that is past when the cycle is opened."""
    with pytest.raises(RehearsalError, match="is past"):
        await rehearsed(SCRIPT.replace("2027-03-10", "2027-01-04"))


def test_the_command_prints_a_calendar(capsys: pytest.CaptureFixture[str]) -> None:
    """Month by month, with how long it took."""
    file = FOLDER / "rehearsals" / "nine-months.yaml"
    assert run(["rehearse", str(file)]) == 0
    said = capsys.readouterr().out
    for words in ("January 2027", "September 2027", "MISSED", "The session is held", "the cycle ends closed"):
        assert words in said
