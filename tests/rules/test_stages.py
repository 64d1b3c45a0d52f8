"""Stages describe where a cycle is."""

from rules.stages import open_actions, stage
from schemas.clocks import WorkingDays
from tests import scenario as s
from tests.rules import acts
from tests.rules.table import Table, held, opened, signed


def now_at(table: Table) -> str:
    """The stage of the cycle on the table."""
    return stage(table.cycle)


def test_a_cycle_is_planned_until_somebody_is_asked() -> None:
    """No request, or only withdrawn ones: planned."""
    table = opened(requests=0)
    assert now_at(table) == "planned"
    table.do(s.add_request(acts.REF))
    assert now_at(table) == "gathering"
    table.do(acts.withdraw())
    assert now_at(table) == "planned"


def test_evidence_is_gathered_then_reviewed_then_heard() -> None:
    """Gathering while anything is owed, reviewing while a return waits, scheduled when all is accepted."""
    table = opened(requests=2)
    table.do(s.submit(acts.REF, 1), s.accept(acts.REF, 1))
    assert now_at(table) == "gathering"
    table.do(s.submit(acts.REF, 2))
    assert now_at(table) == "reviewing"
    table.do(s.send_back(acts.REF, 2))
    assert now_at(table) == "gathering"
    table.do(s.submit(acts.REF, 2), s.accept(acts.REF, 2))
    assert now_at(table) == "scheduled"


def test_a_cycle_without_a_session_is_never_scheduled() -> None:
    """All returns accepted and no session fixed: still reviewing."""
    table = opened(s.draft(due=WorkingDays(days=3)), session=None)
    table.do(s.submit(acts.REF), s.accept(acts.REF))
    assert now_at(table) == "reviewing"


def test_after_the_session_the_account_is_written_checked_and_signed() -> None:
    """Held, drafting with the first judgement, checking with a draft, sign-off with a signature."""
    table = held()
    assert now_at(table) == "held"
    table.do(s.judge(acts.REF))
    assert now_at(table) == "drafting"
    table.do(s.findings(acts.REF))
    assert now_at(table) == "checking"
    table.do(s.approve(acts.REF, s.CHIEF_EXECUTIVE))
    assert now_at(table) == "sign_off"


def test_published_with_nothing_open_is_closed() -> None:
    """Nothing to follow up: publication closes the cycle."""
    table = signed()
    table.do(s.publish(acts.REF))
    assert now_at(table) == "closed"


def test_published_with_actions_is_followed_up_until_the_last_is_verified() -> None:
    """An action keeps the cycle open; verifying the last one closes it."""
    table = signed()
    table.do(acts.propose(s.date_after(table.now, 20)), acts.confirm(), s.publish(acts.REF))
    assert now_at(table) == "following_up"
    assert open_actions(table.cycle) == 1
    table.do(acts.claim(table.now.date()), acts.verify())
    assert open_actions(table.cycle) == 0
    assert now_at(table) == "closed"


def test_a_published_cycle_without_open_actions_that_has_not_closed_is_published() -> None:
    """An older ledger may hold a publication without a closure: the stage still has a name."""
    table = signed()
    table.do(s.publish(acts.REF))
    assert stage(table.cycle.model_copy(update={"closed_at": None})) == "published"


def test_cancelled_is_cancelled() -> None:
    """Whatever had happened before."""
    table = held()
    table.do(acts.cancel())
    assert now_at(table) == "cancelled"
