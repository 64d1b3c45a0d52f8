"""Clarification: the clock waits for the office's answer, whatever else it waits for."""

from datetime import datetime

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from rules.clocks import civil, instant, suspended
from rules.duties import duties, reminder
from schemas.clocks import BeforeSession, Due, Resumed, Suspended, WorkingDays
from schemas.events import ClockResumed
from tests import scenario as s
from tests.rules import acts
from tests.rules import request_acts as r
from tests.rules.table import Table, opened


def due_of(table: Table) -> Due:
    """When the request is due; it has a day."""
    found = table.request().due
    assert found is not None
    return found


def asked() -> Table:
    """A request due in ten working days, and the lead has asked what is meant."""
    table = opened(s.draft(due=WorkingDays(days=10)))
    table.do(r.ask_what())
    return table


def test_a_question_stops_the_clock_and_the_answer_gives_the_time_back() -> None:
    """Three working days of waiting move the day by three."""
    table = asked()
    before = due_of(table)
    assert suspended(table.request().clock)
    table.now = table.after(3)
    happened = table.do(r.say_what())
    assert [one.kind for one in happened] == ["ClarificationAnswered", "ClockResumed"]
    assert due_of(table).on == table.calendar.after(before.on, 3)
    assert not suspended(table.request().clock)
    assert table.request().clarifications[0].answered_by == s.OFFICER


def test_while_the_office_owes_its_answer_nobody_is_chased_and_nothing_is_missed() -> None:
    """The engine has nothing to do for it."""
    table = asked()
    table.now = table.after(15)
    assert duties(table.cycle, table.calendar) == ()
    assert reminder(table.cycle, 1, table.calendar, table.now) is None


def test_one_question_at_a_time_and_only_while_something_is_owed() -> None:
    """The second waits for the first answer; an answer needs a question."""
    table = asked()
    table.refuse(r.ask_what(), "clarification_open")
    table.do(r.say_what())
    table.refuse(r.say_what(), "request_state")
    table.do(r.ask_what(), r.say_what(), s.submit(acts.REF))
    table.refuse(r.ask_what(), "request_state")
    table.do(s.accept(acts.REF))
    table.refuse(r.say_what(), "request_state")


def test_another_lead_does_not_ask() -> None:
    """The question is the lead's own."""
    opened().refuse(r.ask_what(actor=s.OTHER_LEAD), "not_your_request")


def test_a_clock_that_has_run_out_is_not_stopped_by_a_question() -> None:
    """The lead stays late and is answered all the same; nothing is missed twice."""
    table = opened(s.draft(due=WorkingDays(days=5)))
    table.run_to(table.after(7))
    was = due_of(table)
    assert [one.kind for one in table.do(r.ask_what())] == ["ClarificationAsked"]
    assert not suspended(table.request().clock)
    assert [one.kind for one in table.do(r.say_what())] == ["ClarificationAnswered"]
    assert due_of(table) == was
    assert table.request().missed == (was.on,)


def test_an_answer_after_the_due_hour_gives_the_next_working_day() -> None:
    """Asked in the last hour and answered after it: the office's delay is not the lead's miss."""
    table = opened(s.draft(due=WorkingDays(days=5)))
    on = due_of(table).on
    table.now = instant(on, "16:00")
    table.do(r.ask_what())
    table.now = instant(on, "18:00")
    happened = table.do(r.say_what())
    assert isinstance(happened[-1], ClockResumed)
    assert due_of(table).on == happened[-1].extended_to == table.calendar.after(on, 1)
    assert due_of(table).at > table.now


def test_a_return_that_came_meanwhile_keeps_its_day() -> None:
    """An answer to what was returned already moves nothing."""
    table = asked()
    was = due_of(table)
    table.do(s.submit(acts.REF))
    table.now = table.after(3)
    table.do(r.say_what())
    assert due_of(table) == was
    assert not suspended(table.request().clock)


def test_a_pause_within_a_question_gives_its_time_back_once() -> None:
    """Asked, paused, resumed, answered: one span, from the question to the answer."""
    table = asked()
    before = due_of(table)
    start = table.now
    for command in (acts.pause(), acts.resume(), r.say_what()):
        table.now = table.after(2)
        table.do(command)
    lost = table.calendar.between(civil(start), table.moment.today)
    assert due_of(table).on == table.calendar.after(before.on, lost)
    assert [type(one) for one in table.request().clock.entries] == [Suspended, Resumed]


def test_the_clock_does_not_run_in_a_paused_cycle_though_the_office_has_answered() -> None:
    """Asked, paused, answered, resumed: it runs when nothing holds it any more."""
    table = asked()
    before = due_of(table)
    start = table.now
    table.now = table.after(1)
    table.do(acts.pause())
    table.now = table.after(2)
    assert [one.kind for one in table.do(r.say_what())] == ["ClarificationAnswered"]
    assert suspended(table.request().clock)
    table.now = table.after(2)
    table.do(acts.resume())
    lost = table.calendar.between(civil(start), table.moment.today)
    assert due_of(table).on == table.calendar.after(before.on, lost)


def test_a_question_in_a_paused_cycle_holds_the_clock_after_it() -> None:
    """Paused, asked, resumed, answered: the resumption leaves this one still."""
    table = opened(s.draft(due=WorkingDays(days=10)), s.draft(due=WorkingDays(days=10)))
    before = due_of(table)
    start = table.now
    table.do(acts.pause())
    assert [one.kind for one in table.do(r.ask_what())] == ["ClarificationAsked"]
    table.now = table.after(2)
    table.do(acts.resume())
    assert suspended(table.request(1).clock)
    assert not suspended(table.request(2).clock)
    assert due_of(table) == before
    table.now = table.after(2)
    table.do(r.say_what())
    assert due_of(table).on == table.calendar.after(
        before.on, table.calendar.between(civil(start), table.moment.today)
    )


def test_a_question_about_a_request_without_a_day_waits_too() -> None:
    """It has no day to move, and is answered as any other."""
    table = opened(s.draft(due=BeforeSession(days=5)), session=None)
    table.do(r.ask_what(), r.say_what())
    assert table.request().due is None
    assert not suspended(table.request().clock)


class TwoReasons(RuleBasedStateMachine):
    """Pauses and questions in any order: while either holds the clock it stands still, each day once."""

    def __init__(self) -> None:
        super().__init__()
        self.table = Table()
        self.stopped: datetime | None = None
        self.lost = 0

    @initialize(days=st.integers(30, 60))
    def open(self, days: int) -> None:
        """A request that is not due for long."""
        self.table = opened(s.draft(due=WorkingDays(days=days)), session=None)
        self.first = due_of(self.table)

    def _then(self) -> None:
        """What a plain reading of the two reasons says."""
        cycle, table = self.table.cycle, self.table
        held = cycle.paused_at is not None or table.request().unanswered is not None
        if held and self.stopped is None:
            self.stopped = table.now
        elif not held and self.stopped is not None:
            self.lost += table.calendar.between(civil(self.stopped), table.moment.today)
            self.stopped = None

    @precondition(lambda self: not self.table.cycle.paused_at)
    @rule()
    def pause(self) -> None:
        """The cycle waits."""
        self.table.do(acts.pause())
        self._then()

    @precondition(lambda self: self.table.cycle.paused_at)
    @rule()
    def resume(self) -> None:
        """The cycle goes on."""
        self.table.do(acts.resume())
        self._then()

    @precondition(lambda self: not self.table.request().unanswered)
    @rule()
    def ask(self) -> None:
        """The lead asks."""
        self.table.do(r.ask_what())
        self._then()

    @precondition(lambda self: self.table.request().unanswered)
    @rule()
    def answer(self) -> None:
        """The office answers."""
        self.table.do(r.say_what())
        self._then()

    @rule(hours=st.integers(1, 60))
    def time_passes(self, hours: int) -> None:
        """Some hours, over weekends too."""
        self.table.wait(hours=hours)

    @invariant()
    def it_stands_still_while_anything_holds_it(self) -> None:
        """And not otherwise; its ledger alternates, and each lost day is given back once."""
        if not self.table.entries:
            return
        request = self.table.request()
        held = self.table.cycle.paused_at is not None or request.held
        assert suspended(request.clock) == held == (self.stopped is not None)
        kinds = [type(one) for one in request.clock.entries]
        assert kinds == [Suspended, Resumed] * (len(kinds) // 2) + [Suspended] * (len(kinds) % 2)
        assert due_of(self.table).on == self.table.calendar.after(self.first.on, self.lost)
        if held:
            assert reminder(self.table.cycle, 1, self.table.calendar, self.table.now) is None
            assert duties(self.table.cycle, self.table.calendar) == ()


TwoReasons.TestCase.settings = settings(
    max_examples=40, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
TestTwoReasons = TwoReasons.TestCase
