"""Reminders that released standards would change, and whether they are those that really change."""

from datetime import datetime
from typing import Any

from reference.catalogue import standards
from rules.counting.due import due
from rules.deciding.changes import rehoured
from rules.duties import duties, pending_rungs
from rules.law.register import RULES
from rules.rungs import changed_rungs
from rules.windows import choosable
from schemas.counting import Clock
from schemas.outcomes import Refused
from schemas.rows import RungRow
from schemas.standards import Rung
from tests import scenario as s
from tests.counting.known import code, days
from tests.rules import acts
from tests.rules.table import MONDAY, Table, opened

PERFORMANCE = standards()["performance"]


def looked(table: Table, **changes: object) -> tuple[RungRow, ...]:
    """What other standards would change of the reminders."""
    new = PERFORMANCE.model_copy(update={"edition": 2, **changes})
    moved = rehoured(table.cycle, new, table.moment)
    return changed_rungs(table.cycle, new, moved, table.moment)


def test_an_hour_moves_every_rung() -> None:
    """The same rungs at another hour, each before and after."""
    table = opened(s.draft())
    rows = looked(table, reminder_hour="10:00")
    pending = pending_rungs(table.cycle, table.request(1), table.calendar)
    assert [(one.offset, one.before) for one in rows] == [(rung.offset, at) for rung, at in pending]
    assert all(one.before and one.after and one.before < one.after for one in rows)


def test_a_rung_that_is_new_or_gone_or_tells_others() -> None:
    """Each as a row; what stays the same has none."""
    ladder = (Rung(offset=-4, to=("lead",)), *PERFORMANCE.ladder[1:3], Rung(offset=1, to=("coordination",)))
    rows = {one.offset: one for one in looked(opened(s.draft()), ladder=ladder)}
    assert set(rows) == {-7, -4, 1, 3}
    assert (rows[-7].after, rows[-4].before) == (None, None)
    assert (rows[3].told_before, rows[3].told_after) == (PERFORMANCE.ladder[-1].to, ())
    assert (rows[1].told_before, rows[1].told_after) == (("lead", "deputy"), ("coordination",))
    assert rows[1].before == rows[1].after


def test_the_preview_is_what_the_release_does() -> None:
    """The instants after it are those at which the engine then reminds."""
    table = opened(s.draft())
    ladder = (Rung(offset=-5, to=("lead",)), *PERFORMANCE.ladder[1:])
    changes: dict[str, Any] = {"ladder": ladder, "reminder_hour": "08:00"}
    rows = looked(table, **changes)
    table.do(acts.change_standards(**changes))
    reminders: list[datetime] = [
        one.at for one in duties(table.cycle, table.calendar) if one.kind == "remind"
    ]
    assert sorted(one.after for one in rows if one.after) == reminders


def test_a_paused_cycle_and_a_settled_request_are_reminded_of_nothing() -> None:
    """So nothing is listed."""
    table = opened(s.draft())
    table.do(acts.pause())
    assert looked(table, reminder_hour="10:00") == ()
    settled = opened(s.draft())
    settled.do(s.submit(acts.REF), s.accept(acts.REF))
    assert looked(settled, reminder_hour="10:00") == ()


def test_a_number_that_nobody_put_in_is_not_counted() -> None:
    """The rule as law and house word it, without an office's number."""
    assert code(due(Clock(RULES["panel-reply"], MONDAY.date()), days())) == "no_window"


def test_what_is_not_for_an_office_to_choose_is_refused() -> None:
    """With where its number stands instead."""

    def said(name: str) -> str:
        refused = choosable(name)
        assert isinstance(refused, Refused)
        return refused.code

    assert choosable("panel-reply") is None
    assert said("fact-check") == "window_of_kind"
    assert said("session") == "day_is_named"
    assert said("foi-response") == said("recommendation-six-months") == "not_an_offices_choice"
    assert said("none-such") == "unknown_rule"
