"""The measure of an edit: what became of a waiting cycle is read from its letters, and nothing is guessed."""

from pathlib import Path

import pytest

from bench.hta.edited import Letter, seen
from bench.hta.editing import BEGUN, BY_STANDARDS, EDITIONS, OPENED, PATCHED, cycle_of
from bench.hta.ground import SYSTEMS
from bench.hta.page import PLOTTED, TITLES
from bench.hta.plan import MEASURES
from bench.hta.results import Record, Results

DUE, IN_TIME = 1_000.0, "takes the new rung in its time"
FIRST, NEW, LATE = ("rung-a", True, DUE), ("rung-b", True, DUE - 5), ("rung-b", True, DUE + 0.1)
COPIES = [("HTA-1:copy-4", False, DUE + 9), ("HTA-1:copy-5", False, DUE + 9)]


@pytest.mark.parametrize(
    ("before", "rung"), [([FIRST], False), ([FIRST, NEW], True), ([FIRST, LATE], False), ([], False)]
)
def test_a_new_rung_counts_only_where_it_came_in_its_time(before: list[Letter], rung: bool) -> None:
    """One that came with the first one's timer was not taken by the waiting cycle."""
    found = seen(PATCHED, {"taken": 2, "to_come": 2}, DUE, before, [*before, *COPIES])
    assert found[IN_TIME] is rung
    assert found["goes on"] is True
    assert found["acts that did the new step, earlier ones included"] == 2


def test_a_cycle_that_stops_does_not_go_on() -> None:
    """One act of two was taken."""
    assert seen(PATCHED, {"taken": 1, "to_come": 2}, DUE, [], [])["goes on"] is False


def test_under_standards_there_is_no_first_rung_but_the_new_one() -> None:
    """The cycle was opened without it, and no step is new."""
    found = seen(BY_STANDARDS, {"taken": 1, "to_come": 1}, DUE, [FIRST], [FIRST])
    assert found[IN_TIME] is True
    assert not any("new step" in name for name in found)


def test_the_cycle_waits_behind_acts_that_an_edit_may_disturb() -> None:
    """It was extended before the edit; under standards it was only opened."""
    assert [one.name for one in cycle_of(1, BEGUN).acts[:BEGUN]][-1] == "extension_granted"
    assert cycle_of(1, OPENED).acts[OPENED].name == "returned"


def test_edits_are_of_systems_that_there_are() -> None:
    """And every measure has its place on the page."""
    assert EDITIONS.keys() <= {one.name for one in SYSTEMS}
    assert set(MEASURES) <= TITLES.keys() & PLOTTED.keys()


def test_yes_and_no_are_said_in_words(tmp_path: Path) -> None:
    """Runs that disagree are not averaged."""
    results = Results({}, ("edit",), tmp_path / "results.json")
    for run, value in enumerate((True, False)):
        results.add(Record("bare", "edit", 0, run, {"goes on": value, "sure": True, "acts": 3}))
    assert results.word("bare", "edit", 0, "goes on") == "yes and no"
    assert results.word("bare", "edit", 0, "sure") == "yes"
    assert results.word("bare", "edit", 0, "acts") is None
    assert results.ratio("bare", "edit", 0, "acts") is None
