"""A suggestion can always be put in as it is, whatever was asked, planned and fixed before."""

from collections.abc import Iterable
from datetime import date
from typing import Any, get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from reference.catalogue import standards
from rules.clocks import civil
from rules.programme.proposing import check_wish, room_in, suggest, taken_days
from rules.programme.years import last_day
from schemas.programme import SlotDraft
from schemas.programme.rows import ScrutinyRow, Suggestion
from schemas.sessions import Assurance
from tests import programme as p
from tests import scenario as s
from tests.rules.programme.paper import OPENS, PLAN, YEAR, Paper, asked_about, today
from tests.rules.programme.test_proposing import NEXT, REFS, covered, heard, wish


def as_drafts(suggestion: Suggestion, kind: str = "thematic") -> tuple[SlotDraft, ...]:
    """A suggestion as cycles to come."""
    return tuple(
        SlotDraft(
            title=s.say(one.title),
            theme=one.theme,
            commitments=one.commitments,
            question=s.say(one.question),
            cycle_kind=kind,
            officer="policy-officer",
            opens_on=one.opens_on,
            session_at=one.session_at,
            ground=one.ground,
            because=s.say(one.because),
            after=one.after,
        )
        for one in suggestion.cycles
    )


JUDGED: tuple[Assurance, ...] = get_args(Assurance)


@st.composite
def scrutinies(draw: st.DrawFn) -> list[ScrutinyRow]:
    """Cycles about anything, judged anyhow, some with an action past its day, oldest first."""
    days = sorted(draw(st.lists(st.dates(date(2023, 1, 1), today()), max_size=6)))
    return [
        asked_about(
            *draw(st.lists(st.sampled_from(REFS), min_size=1, max_size=8, unique=True)),
            number=place + 1,
            opened=day,
            judged=draw(st.sampled_from((None, *JUDGED))),
            stage=draw(st.sampled_from(("gathering", "scheduled", "drafting", "closed"))),
            open_actions=draw(st.sampled_from(((), (date(2026, 9, 1),), (date(2027, 1, 1),)))),
        )
        for place, day in enumerate(days)
    ]


def standing_already(refs: Iterable[str], places: list[int], *, opened: bool) -> Paper:
    """A programme with a cycle to come about each of some commitments, some of them open already."""
    paper = Paper()
    for ref, place in zip(refs, places, strict=False):
        draft = p.draft(p.working(OPENS, place), commitment=ref, held_after=30)
        year = YEAR if draft.session_at and civil(draft.session_at) <= last_day(YEAR) else NEXT
        paper.said(p.propose(draft, year=year))
    if paper.standing.in_year(YEAR):
        paper.do(p.adopt(YEAR))
    if opened and paper.standing.slot("2026/01"):
        paper.do(p.opened("2026/01", paper.now))
    return paper


CASES = st.fixed_dictionaries(
    {
        "rows": scrutinies(),
        "year": st.sampled_from((2026, 2027, 2028)),
        "count": st.integers(1, 55),
        "kind": st.sampled_from(sorted(standards())),
        "refs": st.lists(st.sampled_from(REFS), max_size=5, unique=True),
        "places": st.lists(st.integers(0, 300), min_size=5, max_size=5, unique=True),
        "coming": st.lists(st.dates(date(2026, 9, 8), date(2028, 12, 31)), max_size=20),
        "opened": st.booleans(),
    }
)


@settings(max_examples=40, deadline=None)
@given(case=CASES)
def test_a_suggestion_can_always_be_put_in_as_it_is(case: dict[str, Any]) -> None:
    """Whatever was asked, planned and fixed before: the door and the programme accept it, and it adopts."""
    paper = standing_already(case["refs"], case["places"], opened=case["opened"])
    year, kind = case["year"], case["kind"]
    taken = taken_days(paper.standing, [p.noon(one) for one in case["coming"]])
    facts = {"standards": standards()[kind], "taken": taken, "room": room_in(paper.standing, year)}
    asked = wish(year, case["count"], **facts)
    assert check_wish(asked) is None
    found = suggest(PLAN, covered(*case["rows"], programme=paper.standing), asked)
    assert len(found.cycles) <= asked.count
    assert bool(found.why) == (len(found.cycles) < asked.count)
    assert not taken.intersection(heard(found))
    if found.cycles:
        paper.do(p.propose(*as_drafts(found, kind), year=year), p.adopt(year))
