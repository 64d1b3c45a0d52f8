"""The delivery of the plan: rated by rule, overridden with a reason, and frozen for ever."""

from datetime import date, timedelta

import pytest

from reference.measures import measures
from rules.clocks import civil
from rules.programme.rating import LONG_OVERDUE, Facts, rated
from rules.timing.spans import month_after, quarter_of
from schemas.programme import Rating
from schemas.sessions import Assurance
from tests import programme as p
from tests import scenario as s
from tests.rules.programme.paper import Paper, planned

TODAY = date(2026, 11, 23)


def overdue(working_days: int) -> date:
    """The day that is so many working days before today."""
    found = p.days().before(TODAY, working_days)
    assert isinstance(found, date)
    return found


@pytest.mark.parametrize(
    ("judgement", "rating"),
    [("not_assured", "red"), ("partly_assured", "amber"), ("assured", "green"), (None, "none")],
)
def test_a_judgement_alone_rates(judgement: Assurance | None, rating: Rating) -> None:
    """Red, amber and green follow the Commissioner's judgement; without one nothing is rated."""
    found = rated(Facts(judgement=judgement), TODAY, p.days())
    assert found.rating == rating
    assert found.because


@pytest.mark.parametrize(
    ("days", "rating"), [(0, "green"), (1, "amber"), (LONG_OVERDUE, "amber"), (LONG_OVERDUE + 1, "red")]
)
def test_an_action_is_amber_once_overdue_and_red_after_a_month(days: int, rating: Rating) -> None:
    """The edge is the working day after the twentieth."""
    due = overdue(days) if days else TODAY
    assert rated(Facts(open_actions=(due,)), TODAY, p.days()).rating == rating


@pytest.mark.parametrize(("value", "rating"), [(90, "green"), (89.9, "amber"), (85, "amber"), (84.9, "red")])
def test_a_figure_is_rated_against_its_target_and_margin(value: float, rating: Rating) -> None:
    """On the target is met; up to five below is just missed."""
    calls = measures()[0]
    found = rated(Facts(figures=((calls, value, "2026-Q3"),)), TODAY, p.days())
    assert found.rating == rating
    assert "2026-Q3" in found.because[0]


def test_a_measure_without_a_target_rates_nothing() -> None:
    """A figure that nobody set a target for says nothing about red or green."""
    without = next(one for one in measures() if one.target is None)
    assert rated(Facts(figures=((without, 5, "2026-Q3"),)), TODAY, p.days()).rating == "none"


def test_the_worst_holds_and_stands_first() -> None:
    """An assured Commissioner does not hide an action that is long overdue."""
    found = rated(Facts(judgement="assured", open_actions=(overdue(40),)), TODAY, p.days())
    assert found.rating == "red"
    assert "overdue" in found.because[0]
    assert "assured" in found.because[1]


def test_another_rating_needs_a_reason_and_both_stand() -> None:
    """Without a reason it is refused at that field; with one, the rule's rating stays beside it."""
    paper = planned()
    quarter = quarter_of(civil(paper.now))
    said = paper.refused(p.assess(quarter, rating="green"), "no_reason", "because")
    assert "The rule says amber" in said
    paper.do(p.assess(quarter, rating="green", because=s.say("The force has shown it since.")))
    found = paper.standing.assessed("SWM-REASSURE-04", quarter)
    assert found
    assert (found.rating, found.by_rule, found.overridden) == ("green", "amber", True)


def test_the_same_again_writes_nothing_and_a_new_narrative_replaces() -> None:
    """What holds is the newest; what was said before stays in the ledger."""
    paper = planned()
    quarter = quarter_of(civil(paper.now))
    paper.do(p.assess(quarter))
    entries = len(paper.entries)
    paper.do(p.assess(quarter))
    assert len(paper.entries) == entries
    paper.do(p.assess(quarter, narrative=s.say("Three quarters are done.")))
    assert len(paper.entries) == entries + 1
    assert len(paper.standing.delivery) == 1


@pytest.mark.parametrize("command", [p.assess, p.freeze])
def test_only_quarters_that_are_open_can_be_written(command: type) -> None:
    """Not a day within one, not one to come, not one of more than a year ago."""
    paper = planned()
    quarter = quarter_of(civil(paper.now))
    paper.refused(command(quarter + timedelta(days=1)), "no_quarter", "quarter_on")
    paper.refused(command(month_after(quarter, 3)), "quarter_closed", "quarter_on")
    paper.refused(command(month_after(quarter, -15)), "quarter_closed", "quarter_on")
    paper.do(command(month_after(quarter, -12)))


def test_a_commitment_that_the_plan_does_not_have_is_refused_at_the_door() -> None:
    """The sentence names the plan."""
    paper = planned()
    quarter = quarter_of(civil(paper.now))
    said = paper.refused(p.assess(quarter, commitment="SWM-VICTIMS-99"), "no_such_commitment", "commitment")
    assert "Safer West Mercia Plan" in said


def test_snapshots_are_numbered_and_never_change() -> None:
    """The same table twice is refused; a changed one gets the next number and the first stands as it was."""
    paper: Paper = planned()
    quarter = quarter_of(civil(paper.now))
    paper.do(p.freeze(quarter, "one"))
    first = paper.standing.snapshots[0]
    said = paper.refused(p.freeze(quarter, "one"), "same_snapshot")
    assert "snapshot 1" in said
    paper.do(p.freeze(quarter, "two"))
    assert [one.number for one in paper.standing.snapshots] == [1, 2]
    assert paper.standing.snapshots[0] == first
