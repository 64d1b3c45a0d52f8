"""Meetings as the doors list them, and what the doorway asks before a session joins one."""

from datetime import timedelta
from typing import Any

from engine.meetings import check_meeting, listed
from rules.clocks import instant
from schemas.cycle import Cycle
from schemas.rows import CyclePage
from tests import scenario as s
from tests.rules import acts
from tests.rules import session_acts as do
from tests.rules.table import day, opened, refused

AT = instant(day("2026-07-10"), "11:00")
MEETING = "MTG-2026-01"


def page(reference: str, **facts: Any) -> CyclePage:
    """A cycle with a meeting of the panel."""
    table = opened(session=None, requests=0)
    table.do(do.fix(AT, **facts))
    cycle: Cycle = table.cycle.model_copy(update={"reference": reference})
    return CyclePage(cycle=cycle, stage="planned", words=s.WORDS.kept)


class Pages:
    """Cycles that can be read."""

    def __init__(self, *pages: CyclePage) -> None:
        self.pages = pages

    async def cycle(self, reference: str) -> CyclePage | None:
        """One of them."""
        return next((one for one in self.pages if one.cycle.reference == reference), None)

    async def meeting(self, reference: str) -> list[CyclePage]:
        """Those on a meeting."""
        return [one for one in self.pages if any(it.meeting == reference for it in one.cycle.sessions)]


def test_meetings_are_listed_soonest_first_with_their_sessions() -> None:
    """A session of its own is none."""
    pages = [page("HTA-2026-09", meeting=MEETING), page("HTA-2026-08", meeting=MEETING), page("HTA-2026-07")]
    [row] = listed(pages)
    assert (row.meeting, row.forum, row.starts_at, row.coming) == (MEETING, "panel", AT, True)
    assert [one.cycle for one in row.parts] == ["HTA-2026-08", "HTA-2026-09"]
    assert listed(pages, "MTG-2026-09") == []


async def test_a_session_joins_a_meeting_of_its_own_hour() -> None:
    """Any other act is not asked about."""
    knows = Pages(page(acts.REF), page("HTA-2026-08", meeting=MEETING))
    assert await check_meeting(acts.move_session(AT, meeting=MEETING), knows) is None
    assert await check_meeting(acts.move_session(AT), knows) is None
    wrong = acts.move_session(AT + timedelta(hours=1), meeting=MEETING)
    refused(await check_meeting(wrong, knows), "not_the_meetings_hour")
