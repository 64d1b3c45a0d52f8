"""A year of the programme rehearsed: what falls together, who is asked too much at once, what is missed."""

from datetime import date
from typing import Any

import pytest

from cli.caller import WrongUsageError
from cli.rehearse_year import Known, Manner, rehearsed
from reference.catalogue import standards
from rehearsal.conduct import Answering
from rehearsal.stage import fresh_memory
from rules.clocks import civil, instant
from rules.programme.years import year_of
from schemas.clocks import BeforeSession
from schemas.programme import SlotDraft
from schemas.programme.rows import ProgrammePage
from tests import programme as p
from tests import scenario as s
from tests.rules.programme.paper import YEAR, Paper

LEAD, OTHER = "acc-local-policing", "acc-protecting-people"
OPENS = date(2026, 11, 2)
HELD = p.working(OPENS, 25)


def slot(number: int, lead: str, **facts: Any) -> SlotDraft:
    """A cycle to come that asks one lead, heard at an hour of its own."""
    asked = s.draft(lead, BeforeSession(days=5), f"Paper {number}")
    more: dict[str, Any] = {
        "commitment": f"SWM-REASSURE-0{number}",
        "session_at": instant(HELD, f"{9 + number}:00"),
        "requests": (asked,),
        "title": s.say(f"Cycle {number}"),
    }
    return p.draft(OPENS, **{**more, **facts})


def known(*drafts: SlotDraft) -> Known:
    """A programme on paper with these in it, and the people of the demonstration."""
    paper = Paper()
    paper.do(p.propose(*drafts, year=YEAR))
    page = ProgrammePage(programme=paper.standing, words=s.WORDS.kept)
    return Known(page, standards(), fresh_memory())


@pytest.mark.real
def test_a_year_says_what_falls_together_and_what_is_missed() -> None:
    """Three sessions on one day, two of one lead's returns on another, and a lead who says nothing."""
    year = known(slot(1, LEAD), slot(2, LEAD), slot(3, OTHER), slot(4, OTHER, session_at=None, requests=()))
    found = rehearsed(YEAR, year, Manner({OTHER: Answering("silent")}))
    assert (found.cycles, found.without_session) == (("2026/01", "2026/02", "2026/03"), ("2026/04",))
    due = p.days().before(HELD, 5)
    said = [(one.on, one.lead, one.slots) for one in found.together.crowded]
    assert said == [(HELD, None, found.cycles), (due, LEAD, ("2026/01", "2026/02"))]
    by_month = {one.begins_on: one for one in found.together.months}
    heard = by_month[HELD.replace(day=1)]
    assert [(one.slot, civil(one.at)) for one in heard.sessions] == [(one, HELD) for one in found.cycles]
    assert heard.sessions[0].at < heard.sessions[1].at < heard.sessions[2].at
    assert sum((one.due.get(LEAD, 0) for one in found.together.months), 0) == 2
    assert sum(one.letters.get(OTHER, 0) for one in found.together.months) > 4
    assert found.together.missed >= 1
    assert found.together.missed == sum(one.missed for one in found.together.months)
    assert found.together.letters == sum(sum(one.letters.values()) for one in found.together.months)
    assert year_of(HELD) == YEAR


@pytest.mark.real
def test_cycles_that_ask_nobody_yet_can_be_rehearsed_as_if_they_asked_a_lead() -> None:
    """Without one they are only held; with one each asks that lead."""
    year = known(slot(1, LEAD, requests=()))
    alone = rehearsed(YEAR, year, Manner({}))
    assert (alone.asking_nobody, [one.due for one in alone.together.months if one.due]) == (("2026/01",), [])
    year = known(slot(1, LEAD, requests=()))
    asked = rehearsed(YEAR, year, Manner({}, LEAD))
    assert asked.asking_nobody == ()
    assert sum(one.due.get(LEAD, 0) for one in asked.together.months) == 1


def test_a_year_without_sessions_cannot_be_rehearsed() -> None:
    """The sentence says how to get some."""
    with pytest.raises(WrongUsageError, match="programme suggest"):
        rehearsed(YEAR + 1, known(slot(1, LEAD)), Manner({}))
