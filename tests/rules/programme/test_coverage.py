"""Coverage: what was asked about each commitment of the plan, and why to ask again."""

from datetime import date, timedelta

import pytest

from rules.programme.coverage import coverage
from schemas.programme import Ground, Programme
from schemas.programme.rows import AskedFor, Coverage, ScrutinyRow
from schemas.sessions import Assurance
from tests import programme as p
from tests.rules.programme.paper import PLAN, YEAR, asked_about, judgement, planned, today

ONE = "SWM-REASSURE-01"
TWO = "SWM-REASSURE-02"


def of(*rows: ScrutinyRow, ref: str = ONE, programme: Programme | None = None) -> Coverage:
    """What is known about one commitment after some cycles."""
    found = coverage(PLAN, rows, programme, today())
    return next(one for one in found if one.commitment == ref)


def test_every_commitment_of_the_plan_is_there_in_its_order() -> None:
    """Asked about or not, with its theme and its words."""
    found = coverage(PLAN, (), None, today())
    assert [one.commitment for one in found] == list(PLAN.commitments())
    assert {one.ground for one in found} == {"never_asked"}
    assert all(one.text and one.times == 0 and one.last is None for one in found)


@pytest.mark.parametrize(
    ("judged", "ground"),
    [("not_assured", "not_assured"), ("partly_assured", "partly_assured"), ("assured", None)],
)
def test_the_newest_judgement_says_whether_to_ask_again(judged: Assurance, ground: Ground | None) -> None:
    """Older ones do not count, better or worse; nor does a newer cycle that judged nothing."""
    older = asked_about(ONE, number=1, judged="assured" if ground else "not_assured")
    newer = asked_about(ONE, number=2, opened=date(2025, 6, 2), judged=judged)
    silent = asked_about(ONE, number=3, opened=date(2025, 9, 1))
    found = of(older, newer, silent)
    assert (found.ground, found.judgement, found.judged_in) == (ground, judged, newer.reference)
    assert (found.times, found.last, found.last_on) == (3, silent.reference, date(2025, 9, 1))


def test_the_worst_of_a_cycle_counts_and_only_for_what_its_request_served() -> None:
    """A request that names a commitment serves that one; one that names none serves all."""
    asked = (AskedFor(number=1, commitment=ONE), AskedFor(number=2, commitment=TWO), AskedFor(number=3))
    said = (judgement("assured", 1), judgement("not_assured", 2), judgement("partly_assured", 3))
    row = asked_about(ONE, TWO, requests=asked, judgements=said)
    assert of(row).judgement == "partly_assured"
    assert of(row, ref=TWO).judgement == "not_assured"


def test_an_overdue_action_is_a_ground_to_follow_up() -> None:
    """From the day after its day; worse than partly assured, less than not assured."""
    late = (today() - timedelta(days=1),)
    assert of(asked_about(ONE, judged="assured", open_actions=(today(),))).ground is None
    found = of(asked_about(ONE, judged="partly_assured", open_actions=late))
    assert (found.ground, found.overdue_in) == ("follow_up", "HTA-2025-01")
    assert of(asked_about(ONE, judged="not_assured", open_actions=late)).ground == "not_assured"


def test_what_was_answered_well_is_asked_again_after_two_years() -> None:
    """To the day: 7 September 2024 is long ago on 7 September 2026, the day after is not."""
    assert of(asked_about(ONE, opened=date(2024, 9, 7), judged="assured")).ground == "long_ago"
    assert of(asked_about(ONE, opened=date(2024, 9, 8), judged="assured")).ground is None
    assert of(asked_about(ONE, opened=date(2024, 9, 7))).ground == "long_ago"


def test_a_question_that_is_being_asked_is_no_ground() -> None:
    """While a cycle gathers, whatever an older one came to; once it is held, its judgement counts."""
    bad = asked_about(ONE, judged="not_assured")
    gathering = asked_about(ONE, number=2, opened=date(2026, 8, 3), stage="gathering")
    assert of(bad, gathering).ground is None
    drafting = asked_about(ONE, number=2, opened=date(2026, 8, 3), stage="drafting")
    assert of(bad, drafting).ground == "not_assured"


def test_what_is_planned_already_says_where() -> None:
    """The first cycle to come that asks about it; one taken out does not, an open one until it is heard."""
    paper = planned(adopted=True)
    ref = paper.slot().draft.commitments[0]
    assert of(ref=ref, programme=paper.standing).planned == "2026/01"
    paper.do(p.propose(p.draft(date(2027, 1, 4)), year=YEAR))
    assert of(ref=ref, programme=paper.standing).planned == "2026/01"
    paper.do(p.opened("2026/01", paper.now), p.drop("2026/02"))
    assert of(ref=ref, programme=paper.standing).planned == "2026/01"
    heard = paper.slot().draft.session_at
    assert heard
    after = coverage(PLAN, (), paper.standing, heard.date() + timedelta(days=1))
    assert {one.planned for one in after} == {None}
