"""What a ledger adds up to, after any lawful sequence of acts."""

from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from rules.apply import APPLIED, add_up, apply
from rules.applying.change import action_of, request_of, session_of, version_of
from rules.deadlines import deadlines
from rules.duties import duties
from rules.stages import stage
from rules.telling.notices import notices
from rules.writing import act_of, entries_of, writing_of
from schemas.cycle import Cycle, Stage
from schemas.events import AnyEvent
from schemas.outcomes import Allowed, Refused
from schemas.people import Actor, Role
from tests import scenario as s
from tests.rules import acts
from tests.rules.table import MONDAY, Table, opened, opening

KINDS = sorted(acts.one_of_each(MONDAY))
PEOPLE = (s.OFFICER, s.COMMISSIONER, s.CHIEF_EXECUTIVE, s.PUBLISHER, s.LEAD, s.COORDINATION, s.SECRETARIAT)


class AnyCycle(RuleBasedStateMachine):
    """Anybody asks for anything at any time; the rules answer, and the ledger stays whole."""

    def __init__(self) -> None:
        super().__init__()
        self.table = Table()
        self.cycle: Cycle | None = None

    @initialize(requests=st.integers(0, 3), session=st.booleans(), ask=st.sampled_from(["now", "planned"]))
    def open(self, requests: int, ask: str, *, session: bool) -> None:
        """A cycle is opened in one of its shapes."""
        changes: dict[str, Any] = {} if session else {"session": None}
        self.take(opening(requests=requests, ask=ask, **changes))

    @rule(kind=st.sampled_from(KINDS), role=st.sampled_from((None, *Role)), number=st.integers(1, 3))
    def command(self, kind: str, role: Role | None, number: int) -> None:
        """A command of any kind, mostly by somebody who may."""
        command = acts.one_of_each(self.table.now)[kind]
        changes: dict[str, Any] = (
            {"request": number} if isinstance(getattr(command, "request", 0), int) else {}
        )
        changes = {"session": 1} if kind == "MoveSession" else changes
        if "version" in type(command).model_fields:
            changes = {"version": number}
        if role:
            changes["actor"] = Actor(person=f"some-{role.value}", role=role)
        self.take(command.model_copy(update=changes))

    @rule(kind=st.sampled_from(["RecordAttendance", "DraftFindings", "SubmitReturn", "AcceptReturn"]))
    def usual(self, kind: str) -> None:
        """What happens most."""
        self.take(acts.one_of_each(self.table.now)[kind])

    @rule()
    def conclude(self) -> None:
        """Findings are signed and published as soon as they can be."""
        newest = len(self.table.cycle.findings) or 1
        for actor in (s.CHIEF_EXECUTIVE, s.COMMISSIONER):
            self.take(s.approve(acts.REF, actor, newest))
        self.take(s.publish(acts.REF, newest))

    @rule(days=st.integers(1, 40))
    def time_passes(self, days: int) -> None:
        """The engine does what falls due."""
        self.table.run_to(self.table.after(days))
        self.cycle = self.table.cycle

    def take(self, command: Any) -> None:
        """Decide, write, and check what this one act did."""
        decision = self.table.decide(command)
        if isinstance(decision, Refused):
            assert decision.message.endswith(".")
            return
        assert isinstance(decision, Allowed)
        made = entries_of(act_of(command), decision.events, self.table.now, self.cycle)
        for entry in made:
            self.cycle = apply(self.cycle, entry)
            notices(entry, self.cycle)
        self.table.entries += made

    @invariant()
    def the_ledger_is_whole(self) -> None:
        """Versions follow one another, and the ledger adds up to the cycle that was carried along."""
        if self.cycle is None:
            return
        assert [one.version for one in self.table.entries] == list(range(1, len(self.table.entries) + 1))
        assert self.table.cycle == self.cycle
        assert Cycle.model_validate_json(self.cycle.model_dump_json()) == self.cycle

    @invariant()
    def the_cycle_can_be_shown(self) -> None:
        """It has a stage, deadlines and duties, and nothing is owed by what is over."""
        if self.cycle is None:
            return
        assert stage(self.cycle) in get_args(Stage)
        owed = [one for one in deadlines(self.cycle, self.table.calendar) if not one.done]
        assert len({one.key for one in owed}) == len(owed)
        if self.cycle.over:
            assert owed == []
            assert duties(self.cycle, self.table.calendar) == ()

    @invariant()
    def signatures_are_of_different_people(self) -> None:
        """No published version was signed by its author or twice by one person."""
        published = self.cycle.published() if self.cycle else None
        if published:
            hands = [published.author.person, *(one.by.person for one in published.approvals)]
            assert len(hands) == len(set(hands)) == 3


AnyCycle.TestCase.settings = settings(
    max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
TestAnyCycle = AnyCycle.TestCase


def test_every_kind_of_event_is_applied() -> None:
    """Nothing can be written that the cycle would not know."""
    every = {one.model_fields["kind"].default for one in get_args(get_args(AnyEvent)[0])}
    assert every == {*APPLIED, "CycleOpened"}


def test_a_ledger_with_a_gap_is_not_added_up() -> None:
    """An entry that does not follow, or none at all, is an error and never a guess."""
    table = opened(requests=2)
    with pytest.raises(LookupError, match="does not follow"):
        add_up([table.entries[0], *table.entries[2:]])
    with pytest.raises(LookupError, match="does not follow"):
        add_up(table.entries[1:])
    with pytest.raises(LookupError, match="adds up to nothing"):
        add_up([])
    table.do(s.submit(acts.REF, 2))
    stranger = table.entries[-1].model_copy(update={"version": 2})
    with pytest.raises(LookupError, match="no request 2"):
        add_up([table.entries[0], stranger])


def test_a_part_that_is_not_there_is_an_error_and_never_a_guess() -> None:
    """The ledger is not whole, and the error says of what."""
    cycle = opened().cycle
    with pytest.raises(LookupError, match="has no request 9: its ledger is not whole"):
        request_of(cycle, 9)
    with pytest.raises(LookupError, match="has no session 9: its ledger is not whole"):
        session_of(cycle, 9)
    with pytest.raises(LookupError, match="has no action 2026/999: its ledger is not whole"):
        action_of(cycle, "2026/999")
    with pytest.raises(LookupError, match="has no version 9: its ledger is not whole"):
        version_of(cycle, 9)


def test_a_ledger_adds_up_from_any_point() -> None:
    """From the beginning, or on top of what was added up before: the same cycle."""
    table = opened(requests=2)
    table.do(s.submit(acts.REF), s.accept(acts.REF))
    halfway = add_up(table.entries[:3])
    assert add_up(table.entries[3:], halfway) == table.cycle


def test_writing_without_a_calendar_has_no_deadlines() -> None:
    """An edition that is missing leaves the boards empty, and the record whole."""
    table = opened()
    missing = Refused(code="unknown_calendar", message="There is none.", source="process.clocks")
    assert writing_of(tuple(table.entries), table.cycle, missing).deadlines == ()
    assert len(writing_of(tuple(table.entries), table.cycle, table.calendar).deadlines) == 2
