"""Planning a year: cycles put in, changed, moved, dropped and adopted, all of an act or nothing of it."""

from datetime import date, timedelta
from typing import Any

import pytest

from rules.clocks import instant
from rules.programme.verdict import next_numbers
from schemas.inspections import InspectionReport
from schemas.programme import SlotDraft
from schemas.programme.commands import MOST_SLOTS, SlotMove
from tests import programme as p
from tests import scenario as s
from tests.rules.programme.paper import OPENS, YEAR, Paper, planned

LATER = date(2026, 11, 16)
"""A Monday after the first cycle was heard."""


def test_a_programme_is_begun_once() -> None:
    """A second beginning is refused with the day on which it began."""
    said = Paper().refused(p.begin(), "programme_exists")
    assert "7 September 2026" in said


def test_nothing_can_be_done_with_a_programme_that_was_not_begun() -> None:
    """The refusal says how to begin one."""
    paper = Paper()
    paper.programme = None
    said = paper.refused(p.propose(p.draft(OPENS), year=YEAR), "no_programme", "programme")
    assert "starter.py programme begin" in said


def test_cycles_are_numbered_by_year_and_a_number_is_never_given_twice() -> None:
    """A cycle that was taken out keeps its number; the next gets another."""
    paper = planned()
    paper.do(p.drop("2026/01"))
    made = paper.do(p.propose(p.draft(OPENS), p.draft(LATER), year=YEAR))
    assert made.slots == ("2026/02", "2026/03")
    assert paper.slot("2026/01").state == "dropped"
    assert next_numbers(paper.standing, YEAR + 1, 1) == ("2027/01",)


def test_more_cycles_than_a_year_can_take_are_refused() -> None:
    """The sentence says how many there would be; those taken out do not count."""
    paper = planned()
    over = p.propose(*[p.draft(OPENS)] * MOST_SLOTS, year=YEAR)
    assert f"{MOST_SLOTS + 1} cycles" in paper.refused(over, "too_many_slots", "slots")
    paper.do(p.drop("2026/01"))
    paper.refused(over, "programme_clash", "session_at")


def test_a_cycle_cannot_open_in_the_past() -> None:
    """Not even yesterday; today it can."""
    paper = Paper()
    paper.now = p.noon(OPENS)
    friday = date(2026, 10, 2)
    paper.refused(p.propose(p.draft(friday), year=YEAR), "opens_in_past", "opens_on")
    paper.do(p.propose(p.draft(OPENS), year=YEAR))


def test_a_report_that_is_answered_was_published() -> None:
    """The law counts from the day of publication, so a day to come is no such day; today is."""
    paper = Paper()
    paper.now = p.noon(OPENS)
    said = paper.refused(p.propose(answering(LATER), year=YEAR), "report_to_come", "report.published_on")
    assert "leave it out until it is" in said
    paper.do(p.propose(answering(OPENS), year=YEAR))
    paper.refused(p.change("2026/01", answering(LATER)), "report_to_come", "report.published_on")
    before = answering(OPENS - timedelta(days=3))
    paper.do(p.change("2026/01", before))
    assert paper.slot("2026/01").draft.report == before.report


def test_what_was_planned_before_there_were_reports_reads_and_writes_alike() -> None:
    """Left out where there is none, so that payloads of before have the digests that they had."""
    assert "report" not in p.draft(OPENS).model_dump()
    whole = answering(OPENS)
    assert SlotDraft.model_validate_json(whole.model_dump_json()) == whole


def answering(day: date) -> SlotDraft:
    """A cycle to come that answers an inspection report of a day."""
    return p.draft(OPENS, report=InspectionReport(published_on=day, title=s.say("Calls, 2026")))


def test_a_year_runs_from_1_april_to_31_march() -> None:
    """A session on 31 March belongs to the old year, on 1 April to the new one."""
    opens = date(2027, 2, 15)
    last = p.draft(opens, session_at=instant(date(2027, 3, 31), "14:00"))
    first = p.draft(opens, session_at=instant(date(2027, 4, 1), "00:30"))
    paper = Paper()
    said = paper.refused(p.propose(last, year=2027), "outside_year", "session_at")
    assert "31 March 2027, which is not in 2027-28" in said
    paper.refused(p.propose(first, year=2026), "outside_year", "session_at")
    assert paper.do(p.propose(last, year=2026)).slots == ("2026/01",)
    paper.do(p.drop("2026/01"))
    assert paper.do(p.propose(first, year=2027)).slots == ("2027/01",)


def test_a_cycle_without_a_session_belongs_to_the_year_in_which_it_opens() -> None:
    """Its opening day is what is looked at."""
    draft = p.draft(date(2027, 4, 1), session_at=None)
    Paper().refused(p.propose(draft, year=2026), "outside_year", "opens_on")
    Paper().do(p.propose(draft, year=2027))


def test_what_is_asked_otherwise_has_to_be_adopted_again_and_what_only_moves_stays_adopted() -> None:
    """Another question undoes the adoption, another title or officer does not, nor do other days."""
    paper = planned(adopted=True)
    draft = paper.slot().draft
    paper.do(p.change("2026/01", draft.model_copy(update={"officer": "second-policy-officer"})))
    paper.do(p.change("2026/01", draft.model_copy(update={"title": s.say("Another title")})))
    later = instant(p.working(LATER, 25), "14:00")
    paper.do(p.move(SlotMove(slot="2026/01", opens_on=LATER, session_at=later)))
    assert (paper.slot().state, paper.slot().moves, paper.slot().draft.opens_on) == ("adopted", 1, LATER)
    otherwise = paper.slot().draft.model_copy(update={"question": s.say("Is it undone?")})
    paper.do(p.change("2026/01", otherwise))
    assert (paper.slot().state, paper.slot().adopted_at, paper.slot().adopted_by) == ("proposed", None, None)
    paper.do(p.adopt(YEAR))
    assert paper.slot().adopted_by == s.COMMISSIONER


def test_a_change_that_changes_nothing_makes_no_entry() -> None:
    """Nor does a move to where it is."""
    paper = planned()
    draft = paper.slot().draft
    still = SlotMove(slot="2026/01", opens_on=draft.opens_on, session_at=draft.session_at)
    before = len(paper.entries)
    assert paper.do(p.change("2026/01", draft)).happened == ()
    assert paper.do(p.move(still)).happened == ()
    assert len(paper.entries) == before


def test_a_change_is_looked_at_like_what_was_put_in() -> None:
    """Another day must lie in the year, and ahead; a day that stays may have passed."""
    paper = planned()
    draft = paper.slot().draft
    away = p.draft(date(2027, 3, 15))
    paper.refused(p.change("2026/01", away), "outside_year", "session_at")
    paper.now = p.noon(date(2026, 10, 12))
    paper.refused(p.change("2026/01", p.draft(date(2026, 10, 9))), "opens_in_past", "opens_on")
    paper.do(p.change("2026/01", draft.model_copy(update={"officer": "second-policy-officer"})))


def test_cycles_can_change_places_in_one_move() -> None:
    """Each goes where the other was: what moves does not clash with where it was."""
    paper = planned()
    paper.do(p.propose(p.draft(LATER), year=YEAR))
    one, two = paper.slot("2026/01").draft, paper.slot("2026/02").draft
    paper.do(
        p.move(
            SlotMove(slot="2026/01", opens_on=two.opens_on, session_at=two.session_at),
            SlotMove(slot="2026/02", opens_on=one.opens_on, session_at=one.session_at),
        )
    )
    assert (paper.slot("2026/01").draft.opens_on, paper.slot("2026/02").draft.opens_on) == (LATER, OPENS)


def test_of_a_move_that_clashes_nothing_is_moved() -> None:
    """Onto each other, onto one that stays, past the year, into the past: all or none."""
    paper = planned()
    paper.do(p.propose(p.draft(LATER), year=YEAR))
    draft = paper.slot("2026/02").draft
    onto = SlotMove(slot="2026/01", opens_on=LATER, session_at=draft.session_at)
    said = paper.refused(p.move(onto), "programme_clash", "session_at")
    assert "2026/01 and 2026/02" in said
    third = date(2027, 1, 4)
    there = instant(p.working(third, 25), "14:00")
    both = [SlotMove(slot=one, opens_on=third, session_at=there) for one in ("2026/01", "2026/02")]
    paper.refused(p.move(*both), "programme_clash", "session_at")
    past = SlotMove(slot="2026/01", opens_on=date(2026, 9, 4), session_at=there)
    paper.refused(p.move(past), "opens_in_past", "opens_on")
    gone = SlotMove(slot="2026/01", opens_on=third, session_at=instant(date(2027, 4, 6), "14:00"))
    paper.refused(p.move(gone), "outside_year", "session_at")


@pytest.mark.parametrize(
    "act",
    [
        lambda number: p.change(number, p.draft(LATER)),
        p.drop,
        lambda number: p.move(SlotMove(slot=number, opens_on=LATER)),
    ],
    ids=["change", "drop", "move"],
)
def test_what_is_not_there_or_done_with_cannot_be_planned_any_more(act: Any) -> None:
    """No such number, opened already, taken out already: each is said."""
    paper = planned(adopted=True)
    paper.refused(act("2026/09"), "no_such_slot", "slot")
    paper.do(p.opened("2026/01", paper.now))
    assert "HTA-2026-07" in paper.refused(act("2026/01"), "slot_opened", "slot")
    paper.do(p.propose(p.draft(LATER), year=YEAR), p.drop("2026/02"))
    paper.refused(act("2026/02"), "slot_dropped", "slot")


def test_a_year_is_adopted_when_something_waits_in_it() -> None:
    """Nothing proposed, nothing to adopt; what was adopted before stays so."""
    paper = planned(adopted=True)
    assert paper.standing.adopted == (YEAR,)
    assert "2026-27" in paper.refused(p.adopt(YEAR), "nothing_to_adopt", "year")
    paper.do(p.propose(p.draft(LATER), year=YEAR))
    assert paper.do(p.adopt(YEAR)).slots == ("2026/02",)


def test_an_opening_is_noted_once_and_says_how_late_it_was() -> None:
    """Five minutes are in time; more is written down."""
    for late, noted in ((timedelta(minutes=5), None), (timedelta(minutes=6), timedelta(minutes=6))):
        paper = planned(adopted=True)
        paper.do(p.opened("2026/01", paper.now - late))
        assert (paper.slot().state, paper.slot().late_by) == ("opened", noted)
        assert paper.do(p.opened("2026/01", paper.now - late)).happened == ()
    paper.refused(p.opened("2026/09", paper.now), "no_such_slot", "slot")


def test_what_could_not_be_opened_says_so_until_it_is_changed() -> None:
    """The reason is noted once; other days or another officer take it away; what is dropped needs none."""
    paper = planned(adopted=True)
    no = p.not_opened("2026/01", paper.now)
    paper.do(no)
    assert paper.slot().refused == no.reason
    assert paper.do(no).happened == ()
    paper.do(p.change("2026/01", paper.slot().draft))
    assert paper.slot().refused is None
    paper.do(p.drop("2026/01"))
    assert paper.do(no).happened == ()
    paper.refused(no.model_copy(update={"slot": "2026/09"}), "no_such_slot", "slot")
