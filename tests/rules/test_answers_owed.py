"""An answer that was promised in writing is owed by the day that was named, and says why that day."""

from datetime import date

import pytest

from reference.explaining import table as calendar_table
from rules.deadlines import deadlines
from rules.explaining.reasons import RULE_OF, reason
from schemas.counting import Explanation
from schemas.records import Deadline
from tests import scenario as s
from tests.rules import acts
from tests.rules import session_acts as do
from tests.rules.table import Table, held


@pytest.fixture
def promised() -> tuple[Table, date]:
    """A question whose answer the Chief Constable will give in writing in three working days."""
    table = held()
    on = s.date_after(table.now, 3)
    table.do(do.ask(), do.ask(), do.answer(by="chief-constable", in_writing_by=on))
    return table, on


def owed(table: Table) -> list[Deadline]:
    """The answers that are, or were, promised in writing."""
    return [one for one in deadlines(table.cycle, table.calendar) if one.what == "answer"]


def test_it_is_owed_by_who_promised_it_until_it_is_given(promised: tuple[Table, date]) -> None:
    """Promised again it is owed by the later day; given, it is done."""
    table, on = promised
    [one] = owed(table)
    assert (one.key, one.number, one.owner) == ("answer/1/1", "1/1", "chief-constable")
    assert (one.due_at.date(), one.due_at.hour, one.missed, one.done) == (on, 16, False, False)
    later = s.date_after(table.now, 5)
    table.do(do.answer(in_writing_by=later))
    assert [(it.due_at.date(), it.done) for it in owed(table)] == [(later, False)]
    table.do(do.answer())
    assert [(it.due_at.date(), it.done) for it in owed(table)] == [(later, True)]


def test_nobody_owes_it_once_the_cycle_is_over(promised: tuple[Table, date]) -> None:
    """As with everything else."""
    table, _ = promised
    table.do(acts.cancel())
    assert all(one.done for one in owed(table))


def test_why_that_day(promised: tuple[Table, date]) -> None:
    """It was named; a question that is not there, or that was answered at once, has none."""
    table, on = promised
    found = reason(table.cycle, "answer/1/1", calendar_table)
    assert isinstance(found, Explanation)
    assert found.due.due_on == on
    assert found.rule.id == RULE_OF["answer"]
    for key in ("answer/1/2", "answer/1/9", "answer/9/1", "answer/1", "answer/x/y", "answer"):
        assert reason(table.cycle, key, calendar_table) is None
