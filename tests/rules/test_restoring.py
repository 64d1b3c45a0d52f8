"""After a restore: how runs stand to their ledgers, what fell due meanwhile, which mails may go twice."""

from datetime import timedelta

import pytest

from rules.restoring import compared, fallen_due, untold, verdict
from schemas.backups import Ahead, Last, LostAct
from schemas.records import Entry
from tests import scenario as s
from tests.rules import acts
from tests.rules.table import MONDAY, opened

A_WEEK = timedelta(weeks=1)


def last(version: int = 3, key: str = "key-0003") -> Last:
    """The last entry of a ledger."""
    return Last(
        version=version, kind="EvidenceRequested", at=MONDAY, by="policy-officer", key=key, content="c"
    )


def run(version: int | None, known: Last | None = None, *lost: LostAct) -> Ahead:
    """A run that is so far."""
    return Ahead(workflow=acts.REF, run="r", version=version, last=known, acts=lost)


def act(version: int) -> LostAct:
    """An act of which the engine knows."""
    return LostAct(version=version, kind="ReturnAccepted", at=MONDAY, by="policy-officer")


@pytest.mark.parametrize(
    ("known", "has", "over", "said"),
    [
        (last(), run(3, last()), False, "stands"),
        (last(), run(3), False, "stands"),
        (last(), run(3, last(key="another")), False, "another"),
        (last(), run(2), False, "behind"),
        (last(), run(4), False, "ahead"),
        (last(), run(None), False, "unreadable"),
        (last(), None, False, "no_run"),
        (last(), None, True, "stands"),
        (None, run(1), False, "not_on_record"),
    ],
)
def test_a_run_stands_to_its_ledger_in_one_of_these_ways(
    known: Last | None, has: Ahead | None, over: bool, said: str
) -> None:
    """The ledger is the authority: whatever does not stand where it stands is begun again."""
    assert verdict(known, has, over=over) == said


def test_what_the_ledger_lost_is_named_act_by_act() -> None:
    """Only what comes after its last entry; a closed cycle without a run is not listed at all."""
    ledger = {acts.REF: (last(), False), "HTA-2026-90": (last(), True)}
    [found] = compared(ledger, {acts.REF: run(5, last(5), act(3), act(4), act(5))})
    assert (found.verdict, found.run_version) == ("ahead", 5)
    assert [one.version for one in found.lost] == [4, 5]
    assert "done again" in found.does


def test_duties_that_fell_due_meanwhile_are_told_from_those_of_the_outage() -> None:
    """Those while the lost product still ran may have been done; later ones surely were not."""
    table = opened()
    due = table.request().due
    assert due is not None
    as_at, now = table.now, due.at + timedelta(days=1)
    found = fallen_due(table.cycle, table.calendar, as_at, now - A_WEEK, now)
    assert {one.duty for one, _ in found} >= {"remind/1", "miss/1"}
    assert {one.may_be_done for one, _ in found if one.duty == "remind/1"} == {True, False}
    assert not any(one.may_be_done for one, _ in found if one.duty == "miss/1")
    assert all((notice is not None) == one.tells for one, notice in found)
    assert fallen_due(table.cycle, table.calendar, as_at, as_at, as_at) == ()


def test_a_clock_that_is_set_back_is_told_by_the_true_one() -> None:
    """A demonstration's cycle of last year owes what its own clock says, at instants of today."""
    table, back = opened(), timedelta(days=365)
    cycle = table.cycle.model_copy(update={"set_back": back})
    due = table.request().due
    assert due is not None
    now = due.at + back
    found = fallen_due(cycle, table.calendar, table.now + back, now, now)
    assert found
    assert all(table.now + back <= one.due_at <= now for one, _ in found)


def test_letters_of_the_last_days_may_go_and_older_ones_do_not() -> None:
    """What was recorded a month before the backup and was not sent by then is not sent any more."""
    table = opened()
    table.do(s.submit(acts.REF), s.accept(acts.REF))
    templates = {one.template for one in untold(table.entries, table.now)}
    assert {"evidence_requested", "return_received", "return_accepted"} <= templates
    assert untold(table.entries, table.now + timedelta(days=30)) == ()
    none: list[Entry] = []
    assert untold(none, table.now) == ()
